import Testing

@Suite("Parameters and tables of facts")
struct ParameterTests {
  private static let query = "param min = 1 \"at least\".\n?- n(N), N >= $min.\n"

  @Test("a parameter has its default")
  func byDefault() throws {
    let folder = try TemporaryFolder(["q.dl": "n(0). n(1). n(2).\n" + Self.query])
    #expect(try Program.run(["run", "q.dl", "--no-graph", "--no-header"], in: folder).output == "1\n2\n")
  }

  @Test("--param sets it")
  func set() throws {
    let folder = try TemporaryFolder(["q.dl": "n(0). n(1). n(2).\n" + Self.query])
    let arguments = ["run", "q.dl", "--no-graph", "--no-header", "--param", "min=2"]
    #expect(try Program.run(arguments, in: folder).output == "2\n")
  }

  @Test("--facts reads TSV and CSV with their headers and .facts without")
  func facts() throws {
    let folder = try TemporaryFolder([
      "data/edge.facts": "1\t2\n2\t3\n",
      "closure.dl": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), edge(Y, Z).\n?- path(X, Y).\n",
    ])
    let result = try Program.run(["run", "--no-graph", "--facts", "data", "closure.dl"], in: folder)
    #expect(result == .init(status: 0, output: "X\tY\n1\t2\n1\t3\n2\t3\n", errors: ""))
  }
}
