import Foundation
import TestSupport
import Testing

/// Queries and files of someone who means harm: each is an answer or one clear error, soon and in little memory.
@Suite struct HostileTests {
  /// Runs a program under limits that end the test where it would not end by itself.
  private func run(_ program: String, _ files: [String: String] = [:], arguments: [String] = []) throws
    -> Program.Result
  {
    let folder = try TemporaryFolder(files.merging(["q.dl": program]) { $1 })
    return try Program.run(
      ["run", "--no-graph", "--timeout", "60", "--memory", "2000", "q.dl"] + arguments, in: folder)
  }

  private func expectError(_ program: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let result = try run(program)
    #expect(result.status == 1, sourceLocation: sourceLocation)
    #expect(
      result.errors.dropFirst("error[T000]".count).hasPrefix(": " + message), "\(result.errors.prefix(200))",
      sourceLocation: sourceLocation)
    #expect(result.errors.utf8.count < 4000, sourceLocation: sourceLocation)
  }

  private static func list(_ count: Int, _ element: (Int) -> String) -> String {
    (0..<count).map(element).joined(separator: ", ")
  }

  @Test("a fact, a rule and a declaration of a thousand arguments are errors")
  func manyArguments() throws {
    let message = "`p` has 1000 arguments; a relation has at most 256"
    try expectError("p(\(Self.list(1000) { _ in "a" })).", message)
    try expectError("q(a). p(\(Self.list(1000) { _ in "X" })) :- q(X).", message)
    try expectError("relation p(\(Self.list(1000) { _ in "any" })).", message)
  }

  @Test(
    "a message quotes of a name of 60 KB the beginning alone",
    arguments: [
      ":describe NAMEq", ":source NAME", ":schema NAME", ":NAME", ":set NAME 1", ":run NAME", ":load NAME",
      ":format NAME",
      ":help NAME", "?- $NAME = X.", "NAME", "?- X ~ \"NAME\".", "?- e(a, NAMEq).", "?why not e(a, NAMEq).",
      "?- NAME(X).",
      "+e(NAMEp, \"NAME\").", "?- e(X, \"NAME a\").", "?- 'NAME 2'(X).",
    ])
  func longNames(entry: String) throws {
    for name in ["ab_", "👨\u{200D}"].map({ String(repeating: $0, count: 60_000 / $0.utf8.count) }) {
      let folder = try TemporaryFolder(["g.dl": "type thing. relation e(thing, thing). e(a, '\(name)')."])
      let written = entry.replacing("NAME", with: name) + "\n"
      let result = try Program.run(["--graph", "g.dl"], in: folder, input: written)
      #expect(result.errors.utf8.count < 4_000, "\(entry) \(result.errors.prefix(400))")
    }
  }

  @Test("256 arguments are asked for")
  func allowedArguments() throws {
    let variables = Self.list(256) { "X\($0)" }
    let result = try run("p(\(Self.list(256) { "\($0)" })).\n?- p(\(variables)) | select X1, X255.")
    #expect(result == Program.Result(status: 0, output: "X1\tX255\n1\t255\n", errors: ""))
  }

  @Test("a body of more variables than can be bound is an error")
  func manyVariables() throws {
    let relation = "p(\(Self.list(200) { _ in "a" })). "
    let body = Self.list(3) { atom in "p(\(Self.list(200) { "X\(atom)_\($0)" }))" }
    try expectError(relation + "?- \(body).", "this has 600 variables, with those of parts without a name; at most 512")
  }

  @Test("a body of thousands of conditions is an error")
  func manyConditions() throws {
    try expectError("p(a). ?- \(Self.list(20_000) { "p(X\($0))" }).", "this body has more than 256 conditions")
  }

  @Test("thousands of rules of one relation are read and answered")
  func manyRules() throws {
    let rules = (0..<5_000).map { "h(X) :- p(X), X != \($0 + 2).\n" }.joined()
    #expect(try run("p(1).\n\(rules)?- h(X).") == Program.Result(status: 0, output: "X\n1\n", errors: ""))
  }

  @Test("thousands of types in a chain are read, in either order, and a circle of them is an error that shows it")
  func longChainsOfTypes() throws {
    let chain = (1..<4_000).map { "type t\($0) : t\($0 - 1).\n" }
    for text in [chain.joined(), chain.reversed().joined()] {
      let result = try run("type t0.\n\(text)t3999(a). relation p(t2000). p(a).\n?- t0(X), p(X).")
      #expect(result == Program.Result(status: 0, output: "X\na\n", errors: ""))
    }
    let circle = (0..<4_000).map { "type t\($0) : t\(($0 + 1) % 4_000).\n" }.joined()
    let result = try run(circle)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("error[T307]: a cycle of types: `t3999` is beneath `t0`, `t0` is beneath `t1`, "))
    #expect(result.errors.contains("… 3991 more …, `t3998` is beneath `t3999`\n"))
    #expect(result.errors.utf8.count < 4_000)
  }

  @Test("an explanation, a plan and a description go through thousands of rules")
  func longChainsOfRules() throws {
    let chain = (1..<2_000).map { "r\($0)(X) :- r\($0 - 1)(X).\n" }.joined()
    let why = try run("r0(a).\n\(chain)?why r1999(a).")
    #expect(why.status == 0)
    #expect(why.output.hasPrefix("r1999(a)  [by q.dl:2000]\n└─ r1998(a)  [by q.dl:1999]\n"))
    #expect(why.output.hasSuffix("r0(a)  [stated]\n"))
    let folder = try TemporaryFolder(["r.dl": "r0(a).\n\(chain)"])
    let plan = try Program.run(["plan", "r1999(X)", "--graph", "r.dl", "--timeout", "60"], in: folder)
    #expect(plan.status == 0, "\(plan.errors)")
    let all = try Program.run(["describe", "a", "--graph", "r.dl", "--timeout", "300"], in: folder)
    #expect(all.status == 0, "\(all.errors)")
  }

  @Test(
    "a body of more alternatives than can be planned is an error, however they are written",
    arguments: [
      "?- \((0..<1_025).map { "p(X), X = \($0)" }.joined(separator: " ; ")).",
      "?- p(X), (\((0..<1_025).map { "X = \($0)" }.joined(separator: " ; "))).",
      "?- N = count{ X : \((0..<1_025).map { "p(X), X = \($0)" }.joined(separator: " ; ")) }.",
      "?- p(X), not (\((0..<1_025).map { "X = \($0)" }.joined(separator: " ; "))).",
      "?- (\((0..<1_025).map { _ in "e" }.joined(separator: " | ")))+(1, X).",
      "?- D = distance{ \((0..<1_025).map { _ in "e" }.joined(separator: " | ")) : 1 -> 2 }.",
      "?- (\((0..<40_000).map { _ in "e" }.joined(separator: " | ")))(1, X).",
    ])
  func manyAlternatives(_ query: String) throws {
    try expectError("p(1). e(1, 2).\n\(query)", "this body has more than 1024 combinations of alternatives")
  }

  @Test("a body of as many alternatives as are allowed is answered")
  func allowedAlternatives() throws {
    let values = (0..<1_024).map { "X = \($0)" }.joined(separator: " ; ")
    #expect(try run("p(1).\n?- p(X), (\(values)).").output == "X\n1\n")
    let steps = (0..<1_024).map { _ in "e" }.joined(separator: " | ")
    #expect(try run("e(1, 2).\n?- (\(steps))+(1, X).").output == "X\n2\n")
  }

  @Test("what comes on standard input counts for --memory, also before anything is done with it")
  func endlessInput() throws {
    let folder = try TemporaryFolder([:])
    for verb in ["", "run -", "query 'p(X)' --graph -"] {
      let line =
        "head -c 200000000 /dev/zero | tr '\\0' 'x' | tiltas \(verb) --no-graph --memory 60; echo ${PIPESTATUS[2]}"
      let arguments = verb.hasPrefix("query") ? line.replacingOccurrences(of: " --no-graph", with: "") : line
      let result = try Program.shell(arguments, in: folder)
      #expect(result.output == "4\n", "\(verb): \(result.errors.prefix(200))")
      #expect(result.errors.hasPrefix("error[T082]: reading was ended: it needs more than 60 MiB"))
    }
  }

  @Test("a recursion through thousands of relations is answered soon, before a change and after it")
  func longRecursion() throws {
    let count = 2_000
    let rules = (0..<count).map { "r\($0)(X) :- r\(($0 + count - 1) % count)(X).\n" }.joined()
    let folder = try TemporaryFolder(["r.dl": "r0(a).\n\(rules)"])
    let query = "?- r\(count - 1)(X).\n"
    let result = try Program.run(
      ["--graph", "r.dl", "--no-header", "--quiet", "--timeout", "60"], in: folder,
      input: "\(query)+r0(b).\n\(query)-r0(a).\n\(query)")
    #expect(result.output == "a\na\nb\nb\n", "\(result.errors)")
  }

  @Test("a table of two hundred thousand columns is an error")
  func wideTable() throws {
    let line = (0..<200_000).map { "c\($0)" }.joined(separator: "\t")
    let folder = try TemporaryFolder(["wide.tsv": line + "\n"])
    let result = try Program.run(["query", "wide(X)", "--graph", "wide.tsv"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("error[T313]: the table has 200000 columns; a relation has at most 256"))
  }

  @Test("a regular expression that tries the same over and over is an error")
  func catastrophe() throws {
    try expectError(
      "p(\"\(String(repeating: "a", count: 60))!\"). ?- p(X), matches(X, \"(a+)+$\").",
      "the regular expression \"(a+)+$\" takes too long")
  }

  @Test("a text that doubles with each step is an error, of which the message is short")
  func doubling() throws {
    try expectError(
      "s(1, \"x\"). s(N + 1, S ++ S) :- s(N, S), N < 90. ?- s(N, S), L = length(S) | select N, L.",
      "the result of")
    try expectError(
      "s(1, \"xxxxxxxx\"). s(N + 1, replace(S, \"x\", S)) :- s(N, S), N < 90. ?- s(N, S) | select N.",
      "the result of")
  }

  @Test(
    "what is no file is not read by a statement",
    arguments: ["include \"/dev/zero\".", "include \"pipe\".", "include \"/dev/tty\".", "import p \"pipe.tsv\"."])
  func devices(_ statement: String) throws {
    let folder = try TemporaryFolder(["q.dl": statement])
    let line = "mkfifo pipe pipe.tsv; tiltas run --no-graph q.dl < /dev/null; echo $?"
    let result = try Program.shell(line, in: folder)
    #expect(result.output == "1\n")
    #expect(result.errors.contains("cannot read"))
  }

  @Test("a device that does not end is no graph, and a pipe is one")
  func graphs() throws {
    let folder = try TemporaryFolder([:])
    let zero = try Program.run(["query", "p(X)", "--graph", "/dev/zero"], in: folder)
    #expect(zero.status == 1)
    #expect(zero.errors.hasPrefix("error[T802]: cannot read `/dev/zero`: it is a device or a pipe, and not a file"))
    let pipe = try Program.shell("tiltas query 'p(X)' --no-header --graph <(echo 'p(a).')", in: folder)
    #expect(pipe.output == "a\n", "\(pipe.errors)")
  }

  @Test("files that include one another, and themselves, are read once; a chain without end is an error")
  func inclusion() throws {
    let circle = ["a.dl": "include \"b.dl\". p(a).", "b.dl": "include \"a.dl\". include \"b.dl\". p(b)."]
    #expect(try run("include \"a.dl\".\n?- p(X).", circle).output == "X\na\nb\n")
    let chain = Dictionary(uniqueKeysWithValues: (0..<100).map { ("c\($0).dl", "include \"c\($0 + 1).dl\".") })
    let result = try run("include \"c0.dl\".", chain)
    #expect(result.errors.hasPrefix("error[T806]: files include one another more than 64 deep"))
  }

  @Test("with --safe a path out of the folder is not read either")
  func safe() throws {
    for path in ["../secret.dl", "/etc/passwd", "/dev/zero", "/proc/self/environ"] {
      let result = try run("include \"\(path)\".", arguments: ["--safe"])
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("error[T084]: files are out of reach with --safe"), "\(result.errors)")
    }
  }

  @Test("the greatest numbers overflow with an error and are never wrong")
  func numbers() throws {
    let entries = [
      "9223372036854775807 + 1", "-9223372036854775808 / -1", "abs(-9223372036854775808)", "-9223372036854775808 * -1",
    ]
    for entry in entries {
      let result = try run("?- X = \(entry).")
      #expect(result.status == 1, "\(entry) gives \(result.output)")
      #expect(result.errors.hasPrefix("error[T702]: "), "\(entry): \(result.errors)")
    }
    #expect(try run("?- X = -9223372036854775808 mod -1.").output == "X\n0\n")
  }

  @Test("a text of many megabytes is a field of a table, and too long for a name")
  func longText() throws {
    // The program of the tests is not optimised: the long form asks for what hostile files may hold.
    let length = Long.isOn ? 100_000_000 : 6_000_000
    let text = String(repeating: "x", count: length)
    let folder = try TemporaryFolder([
      "long.tsv": "a\tb\n\(text)\ty\n", "name.dl": "p(\(String(repeating: "x", count: 68_000_000))).",
    ])
    let field = try Program.run(
      ["query", "long(X, Y), N = length(X) | select N", "--no-header", "--graph", "long.tsv"], in: folder)
    #expect(field.output == "\(length)\n")
    let name = try Program.run(["query", "p(X)", "--graph", "name.dl"], in: folder)
    #expect(name.status == 1)
    #expect(name.errors.utf8.count < 4000)
  }
}
