.PHONY: run test install deb test-long coverage test-sanitized test-limits test-large soak build repl format lint clean setup documentation bench bench-quick fuzz \
  test-differential test-random test-shapes test-growth bench-growth test-interrupts setup-peers setup-bench setup-bench-packages \
  setup-growth

SWIFT ?= swift
PACKAGES = libreadline-dev libicu-dev libxxhash-dev zlib1g-dev graphviz
PEERS = swi-prolog-nox gringo
BENCH = .build/bench/bin/python

run: build
	@.build/release/tiltas run Queries/partners-on-several-projects.dl

# Runs the tests with some options, and says once more at the end what failed.
TESTED = mkdir -p .build && { $(SWIFT) test $(1) 2>&1; echo $$? > .build/tests.status; } | tee .build/tests.log; \
  status=$$(cat .build/tests.status); \
  [ $$status = 0 ] || { echo; echo "what failed:"; grep -aE '✘|error:|recorded an issue' .build/tests.log | head -40; exit $$status; }

test: setup
	@$(SWIFT) build --build-tests
	@Tests/run
	@Examples/test

# The tests of crashes, damage, full disks, random and several sessions, hostile files, memory and interruption in their long form; about
# half an hour of two processors.
test-long: setup
	@$(SWIFT) build --build-tests
	@TILTAS_LONG=1 Tests/run '^StorageTests\.|\.(JournalSession|KilledShells|UnfinishedFile|Hostile|OutOfMemory|Pace|RandomMerge)Tests$$'

# Which regions of each module the tests reach.
coverage: setup
	@Tests/coverage

# The tests with the address and the thread sanitizer, in build folders of their own; optimised, with assertions, and with fewer random
# programs, for they take several times as long, and half of it for noting where memory was asked for. A graph is not freed when the
# program ends, so leaks are not looked for.
SANITIZED = -Xswiftc -O -Xswiftc -assert-config -Xswiftc Debug
test-sanitized: export TILTAS_RANDOM_PROGRAMS = 100
test-sanitized: export TILTAS_CHANGED_PROGRAMS = 20
test-sanitized: setup
	@export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=1; $(call TESTED,--sanitize=address --scratch-path .build/address $(SANITIZED))
	@export TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.suppressions; \
	  $(call TESTED,--sanitize=thread --scratch-path .build/thread $(SANITIZED))

# Each kind of work with --memory and --timeout at ten levels, in about ten minutes.
test-limits: build
	@Benchmarks/limits

# How each part of the language and each verb grows with its input, from a thousand to a million, in some ten minutes.
bench-growth: build
	@Benchmarks/growth

# The same at small sizes, by the instructions that are carried out: so it says the same on a machine that others use.
test-growth: build setup-growth
	@Benchmarks/growth --count

# Ctrl-C in a terminal, at random moments of some fifty works; needs 1 GB of disk.
test-interrupts: build
	@Benchmarks/interrupts

# A graph of 20 million facts saved, opened, changed and verified, and bits of its file flipped; needs 2 GB of disk.
test-large: build
	@Benchmarks/large

# A shell fed with TILTAS_SOAK statements, for an hour at most.
soak: build
	@Benchmarks/soak $${TILTAS_SOAK:-1000000}

# The archives of libraries that are linked into the program: see Package.swift.
ARCHIVES = icui18n icuuc readline tinfo xxhash z stdc++

# Types such as dictionaries are made by calls with what they need, and not looked up by their names when the program starts, for which
# the runtime goes through all conformances that there are.
RELEASED = --static-swift-stdlib -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors

build: setup
	@mkdir -p .build/archives; Packaging/icu-data .build/archives/libicudata.a; for library in $(ARCHIVES); do \
	  if archive=$$(clang -print-file-name=lib$$library.a); then ln -sf $$archive .build/archives/; fi; \
	done
	@[ .build/archives/libicudata.a -ot .build/release/tiltas ] || rm -f .build/release/tiltas
	@$(SWIFT) build -c release $(RELEASED)
	@if nm .build/release/tiltas | grep -E -q 'swift_task_create|_RegexParser'; then \
	  echo "error: a module that starts slowly is in the program; see 'Nor Swift' in Documentation/Decisions.md" >&2; exit 1; \
	fi
	@if [ "$$(.build/release/tiltas query --no-graph --no-header 'X = "z" ; X = "č"' | head -n 1)" != č ]; then \
	  echo "error: the program does not find the collations of ICU's data; see Packaging/icu-data" >&2; exit 1; \
	fi

# Puts the program with its manual, completions, documentation and the record as an example graph beneath PREFIX; with DESTDIR beneath
# another root, as packages are made.
PREFIX ?= /usr/local
install: build
	@Packaging/install "$(DESTDIR)$(PREFIX)"

# A package for Debian in .build, which needs no Swift where it is installed.
deb: build
	@Packaging/deb

repl: build
	@.build/release/tiltas

format:
	@$(SWIFT) format --in-place --recursive Package.swift Sources REPL Tests Examples Benchmarks/sets Fuzzing/Package.swift Fuzzing/Sources

lint:
	@$(SWIFT) format lint --strict --recursive Package.swift Sources REPL Tests Examples Benchmarks/sets Fuzzing/Package.swift Fuzzing/Sources

# What is made from the program: the catalogue of errors, the screens, the manual page and the completions.
documentation: build
	@TILTAS_WRITE_DOCUMENTATION=1 $(SWIFT) test --filter ErrorCatalogueTests >/dev/null
	@Documentation/make-screens
	@.build/release/tiltas help man > Documentation/tiltas.1
	@mkdir -p Documentation/completions
	@.build/release/tiltas help bash > Documentation/completions/tiltas.bash
	@.build/release/tiltas help zsh > Documentation/completions/_tiltas
	@.build/release/tiltas help fish > Documentation/completions/tiltas.fish

# The engine against SWI-Prolog and clingo, on TILTAS_DIFFERENTIAL random programs each.
test-differential: setup setup-peers
	@export TILTAS_DIFFERENTIAL=$${TILTAS_DIFFERENTIAL:-2000}; $(call TESTED,--filter DifferentialTests)

# The engine against the plain evaluator of the tests, its explanations and what it keeps when facts change, on many more programs
# than `make test` tries.
test-random: setup
	@export TILTAS_RANDOM_PROGRAMS=$${TILTAS_RANDOM_PROGRAMS:-10000}; export TILTAS_CHANGED_PROGRAMS=$${TILTAS_CHANGED_PROGRAMS:-1000}; \
	  $(call TESTED,--filter "RandomProgramTests|ChangedProgramTests|RandomExplanationTests")

# The tests of sets, joins and answers with each shape of sets forced.
test-shapes: setup
	@$(SWIFT) build --build-tests
	@for shape in arrays bitmaps; do \
	  echo "all sets as $$shape"; \
	  TILTAS_SETS=$$shape Tests/run '^(RelationsTests|ConformanceTests|EvaluationTests|SessionsTests)\.' || exit 1; \
	done

# Many more inputs than `make test` tries; TILTAS_FUZZ is how many of each sort: with libFuzzer, led by what the inputs reach, and by
# the mutator of the tests.
fuzz: setup
	@Fuzzing/run $${TILTAS_FUZZ:-100000}
	@TILTAS_FUZZ=$${TILTAS_FUZZ:-100000} $(SWIFT) test --filter FuzzTests

# Against the other systems, in less than 40 minutes; writes Benchmarks/RESULTS.md.
bench: build setup-bench
	@$(BENCH) Benchmarks/run

# The small sizes, one run each, in three minutes; writes nothing.
bench-quick: build setup-bench
	@$(BENCH) Benchmarks/run --quick

clean:
	@rm -rf .build

# Installs what is missing, and says nothing where nothing is.
setup-peers: PACKAGES = $(PEERS)
setup-bench-packages: PACKAGES = python3-venv swi-prolog-nox
setup-growth: PACKAGES = valgrind
setup setup-peers setup-bench-packages setup-growth:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing >/dev/null; \
	fi

# What the benchmarks need: a Python of their own in .build/bench, and the systems to compare with, as far as they can be had.
setup-bench: setup-bench-packages
	@[ -x $(BENCH) ] || python3 -m venv .build/bench
	@pip="$(BENCH) -m pip install --quiet --disable-pip-version-check"; $$pip numpy; \
	for peer in duckdb clingo mnestic; do $$pip $$peer || echo "$$peer is not to be had here: the benchmarks go on without it"; done
	@command -v souffle >/dev/null || { sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get install -y -qq souffle >/dev/null 2>&1; } || \
	  echo "souffle is not to be had here: the benchmarks go on without it"
