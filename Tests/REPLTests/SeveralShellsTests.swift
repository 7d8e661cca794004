import Foundation
import TestSupport
import Testing

/// Several shells and other programs on one snapshot at the same time.
@Suite struct SeveralShellsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["g.dl": "b(0).\n"])
    #expect(try Program.run(["--graph", "g.dl", "save", "g.tiltas"], in: folder).status == 0)
  }

  /// Shells that are open beside one another. `say NAME LINE…` returns when the shell has carried out the lines.
  private static let shells = #"""
    count=0
    open() {
      mkfifo $1.in; : > $1.out; tiltas --graph g.tiltas < $1.in > $1.out 2> $1.err & eval "$1_id=$!"
      exec {end}> $1.in; eval "$1_end=$end"; say $1
    }
    say() {
      local name=$1 id=$1_id end=$1_end; shift; count=$((count + 1))
      printf '%s\n' "$@" "?- X = \"mark $count\"." >&${!end}
      until grep -q "mark $count" $name.out || ! kill -0 ${!id} 2> /dev/null; do sleep 0.02; done
    }
    leave() { local id=$1_id end=$1_end; echo ':quit' >&${!end}; wait ${!id}; echo "$1 $?"; }

    """#

  private func run(_ script: String) throws -> Program.Result { try Program.shell(Self.shells + script, in: folder) }

  private func query(_ query: String) throws -> [String] {
    let result = try Program.run(["--graph", "g.tiltas", "query", query, "--no-header"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  private func errors(_ name: String) -> String { folder.read(name + ".err") ?? "" }

  private static let note =
    "note: another process has g.tiltas open: changes stay in memory until it leaves, or until `:save FILE`\n"

  private static let changed = "note: g.tiltas has changed since it was read; `:reload` reads what is new\n"

  @Test("a shell that was opened beside a writer saves what both have changed, also with a third writer in between")
  func lostUpdate() throws {
    let result = try run(
      """
      open first; open second
      say first '+b(1).' '+b(2).'; say second '+a(1).'; leave first
      open third; say third '+b(3).' ':save' '+b(4).'; leave third
      say second ':save'; leave second
      """)
    #expect(result.output == "first 0\nthird 0\nsecond 0\n")
    #expect(
      errors("second") == Self.note + Self.changed
        + "g.tiltas is yours now: 4 changes of the other were read; your 1 is kept\nsaved g.tiltas\n")
    #expect(try query("b(X)") == ["0", "1", "2", "3", "4"] && query("a(X)") == ["1"])
    #expect(try !folder.entries().contains("g.tiltas.journal"))
  }

  @Test("its next change is kept as soon as the other has left, and so is the last one when it leaves")
  func waiting() throws {
    let result = try run(
      """
      open first; open second; open third
      say first '+b(1).'; say second '+a(1).' '+a(2).'; say third '+c(1).'
      leave first; say second '+a(3).'; leave second; leave third
      """)
    #expect(result.output == "first 0\nsecond 0\nthird 0\n")
    #expect(
      errors("second") == Self.note + Self.changed
        + "g.tiltas is yours now: 1 change of the other was read; your 3 are kept\n")
    #expect(errors("third").hasSuffix("g.tiltas is yours now: 4 changes of the other were read; your 1 is kept\n"))
    #expect(try query("a(X)") == ["1", "2", "3"] && query("b(X)") == ["0", "1"] && query("c(X)") == ["1"])
  }

  @Test(
    "a script whose changes wait until its end, while another has the snapshot, fails and says that they are not kept")
  func lostScript() throws {
    let result = try run(
      "open first; echo '+a(1).' | tiltas --graph g.tiltas; echo \"status $?\"; leave first")
    #expect(result.output == "status 1\nfirst 0\n")
    #expect(
      result.errors == Self.note
        + """
        error[T906]: what this script has changed is not kept: another process has `g.tiltas` open for changes
         = help: run it again when that has left, or end it with `:save FILE`

        """)
  }

  @Test(
    "a script that ends with a mistake says the same of what it has changed before, or keeps it if the other has left")
  func mistakenScript() throws {
    let result = try run(
      #"""
      open first; printf '+a(1).\n?- nobody(X).\n+a(2).\n' | tiltas --graph g.tiltas; echo "status $?"
      open second; say second '+a(3).'; leave first; echo '?- nobody(X).' >&$second_end; wait $second_id; echo "second $?"
      """#)
    #expect(result.output == "status 1\nfirst 0\nsecond 1\n")
    #expect(
      result.errors.hasPrefix(
        Self.note
          + """
          error[T906]: what this script has changed is not kept: another process has `g.tiltas` open for changes
           = help: run it again when that has left, or end it with `:save FILE`
          error[T301]: unknown relation `nobody`
           --> <standard input>:2:4

          """))
    #expect(errors("second").contains("g.tiltas is yours now: your 1 is kept\nerror[T301]: unknown relation `nobody`"))
    #expect(try query("a(X)") == ["3"])
  }

  @Test("a script that ends with a command that there is not, within a transaction, says that nothing of that is kept")
  func mistakeInTransaction() throws {
    let result = try run(
      #"""
      printf '+a(1).\nbegin.\n+a(2).\n:nosuch\n' | tiltas --graph g.tiltas; echo "status $?"
      """#)
    #expect(result.output == "status 1\n")
    #expect(result.errors.hasPrefix("error[T038]: the transaction was not ended, and nothing of it is kept\n"))
    #expect(result.errors.contains("`:nosuch`") && result.errors.contains("<standard input>:4:1"))
    #expect(try query("a(X)") == ["1"])
  }

  @Test("what both have changed is refused with its name, and is settled by :reload")
  func contradiction() throws {
    let result = try run(
      """
      open first; open second
      say first '+b(1) @ {line: 1}.'; say second '+b(1) @ {line: 2}.' '+a(1).'; leave first
      say second ':reload' '+a(2).'; leave second
      """)
    #expect(result.output == "first 0\nsecond 0\n")
    #expect(errors("second").contains("1 change was read; given up: `b(1)` (with other annotations)"))
    #expect(try query("b(X) @ {line: L}") == ["1\t1"] && query("a(X)") == ["1", "2"])
    let refused = try run(
      """
      rm *.in; open first; open second
      say first '-b(1).'; say second '+b(1) @ {line: 3}.'; leave first
      say second ':save'; wait $second_id; echo "second $?"
      """)
    #expect(refused.output == "first 0\nsecond 1\n")
    #expect(
      errors("second").contains(
        "cannot write `g.tiltas`: another process has changed in `g.tiltas` what you have changed too: "
          + "`b(1)` (taken back there)"))
    #expect(try query("b(X)") == ["0"])
  }

  @Test(
    "`save` onto a part of its graph keeps what others have added while it read, and refuses while they have it open")
  func saveVerb() throws {
    let script = """
      mkfifo more; open first
      tiltas --graph g.tiltas --graph - save g.tiltas < more 2> save.err & save=$!
      exec 9> more; echo 'b(7). n(1).' >&9
      while ! ls -l /proc/$save/fd 2> /dev/null | grep -qF /g.tiltas; do sleep 0.02; done
      say first '+b(1).' \(String(repeating: "'+b(2).' ", count: 3)); leave first
      exec 9>&-; wait $save; echo "save $?"
      """
    #expect(try run(script).output == "first 0\nsave 0\n")
    #expect(
      folder.read("save.err")
        == "g.tiltas was changed meanwhile: 2 changes of the other were read; your 2 are kept\nsaved g.tiltas\n")
    #expect(try query("b(X)") == ["0", "1", "2", "7"] && query("n(X)") == ["1"])
    let busy = try run(
      "rm *.in; open first; echo 'b(8).' | tiltas --graph g.tiltas --graph - save g.tiltas; echo \"save $?\"; leave first"
    )
    #expect(busy.output == "save 1\nfirst 0\n")
    #expect(busy.errors.contains("cannot write `g.tiltas`: another process has it open for changes"))
  }

  @Test(
    "while a snapshot is replaced by another, a shell that opens it loses nothing that it acknowledges, and all can be opened"
  )
  func replacedMeanwhile() throws {
    var lines = "relation n(integer, integer).\n"
    for number in 0..<60_000 { lines += "n(\(number), \(number * 7 % 60_000)).\n" }
    try folder.write("big.dl", lines)
    let result = try run(
      """
      tiltas --graph big.dl save g.tiltas 2> save.err & save=$!
      while kill -0 $save 2> /dev/null && ! ls -A | grep -q tmp; do :; done
      echo '+b(7).' | tiltas --graph g.tiltas; echo "shell $?"
      wait $save; echo "save $?"
      """)
    let isKept = result.output.contains("shell 0")
    // Who opened it before that was to be replaced may have been the first.
    #expect(result.output.contains("save 0") || errors("save").contains("another process has it open for changes"))
    #expect(try Program.run(["verify", "g.tiltas"], in: folder).status == 0)
    if isKept { #expect(try query("b(7)") == ["yes"], "\(result.errors)") }
  }

  @Test("a snapshot with another name, by a hard link, says so when it is opened for changes")
  func hardLink() throws {
    link(folder.path("g.tiltas"), folder.path("other.tiltas"))
    let result = try Program.run(["--graph", "g.tiltas"], in: folder, input: "+b(1).\n")
    #expect(
      result.errors
        == "note: g.tiltas has 2 names (hard links): what is changed under one is not seen under another\n")
    #expect(try query("b(X)") == ["0", "1"])
  }

  @Test("a journal with another name, as of a copy made by links, is not written to")
  func linkedJournal() throws {
    #expect(try Program.run(["--graph", "g.tiltas"], in: folder, input: "+b(1).\n").status == 0)
    link(folder.path("g.tiltas.journal"), folder.path("copy.journal"))
    let before = folder.read("copy.journal")
    let result = try Program.run(["--graph", "g.tiltas"], in: folder, input: "+b(2).\n:save other.tiltas\n")
    #expect(result.status == 0)
    #expect(result.errors.contains("they can't be kept beside g.tiltas: `"))
    #expect(result.errors.contains("g.tiltas.journal` has several names (hard links)"))
    #expect(folder.read("copy.journal") == before)
    #expect(try query("b(X)") == ["0", "1"])
  }
}
