import Foundation
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
      result.errors.hasPrefix("error: " + message), "\(result.errors.prefix(200))", sourceLocation: sourceLocation)
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
    #expect(result.errors.hasPrefix("error: the table has 200000 columns; a relation has at most 256"))
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
    #expect(zero.errors.hasPrefix("error: cannot read `/dev/zero`: it is a device or a pipe, and not a file"))
    let pipe = try Program.shell("tiltas query 'p(X)' --no-header --graph <(echo 'p(a).')", in: folder)
    #expect(pipe.output == "a\n", "\(pipe.errors)")
  }

  @Test("files that include one another, and themselves, are read once; a chain without end is an error")
  func inclusion() throws {
    let circle = ["a.dl": "include \"b.dl\". p(a).", "b.dl": "include \"a.dl\". include \"b.dl\". p(b)."]
    #expect(try run("include \"a.dl\".\n?- p(X).", circle).output == "X\na\nb\n")
    let chain = Dictionary(uniqueKeysWithValues: (0..<100).map { ("c\($0).dl", "include \"c\($0 + 1).dl\".") })
    let result = try run("include \"c0.dl\".", chain)
    #expect(result.errors.hasPrefix("error: files include one another more than 64 deep"))
  }

  @Test("with --safe a path out of the folder is not read either")
  func safe() throws {
    for path in ["../secret.dl", "/etc/passwd", "/dev/zero", "/proc/self/environ"] {
      let result = try run("include \"\(path)\".", arguments: ["--safe"])
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("error: files are out of reach with --safe"), "\(result.errors)")
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
      #expect(result.errors.hasPrefix("error: "), "\(entry): \(result.errors)")
    }
    #expect(try run("?- X = -9223372036854775808 mod -1.").output == "X\n0\n")
  }

  @Test("a text of many megabytes is a field of a table, and too long for a name")
  func longText() throws {
    // The program of the tests is not optimised: the long form asks for what hostile files may hold.
    let length = ProcessInfo.processInfo.environment["TILTAS_LONG"] == nil ? 6_000_000 : 100_000_000
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
