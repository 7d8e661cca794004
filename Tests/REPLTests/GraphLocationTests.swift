import TestSupport
import Testing

@Suite("Which graph is opened")
struct GraphLocationTests {
  private let projects = ["query", "project(P)", "--no-header"]

  @Test("without a graph the message says how to name one")
  func missing() throws {
    let result = try Program.run(projects, in: TemporaryFolder())
    #expect(result.status == 1)
    #expect(result.errors.contains("found no graph: there is no folder `Graph` here or above"))
    #expect(result.errors.contains("`--no-graph`"))
  }

  @Test("the folder Graph here is opened")
  func here() throws {
    let result = try Program.run(projects, in: .withGraph())
    #expect(result == .init(status: 0, output: "school\nwater\n", errors: ""))
  }

  @Test("the folder Graph above is opened")
  func above() throws {
    let folder = try TemporaryFolder.withGraph(["a/b/note.txt": ""])
    #expect(try Program.run(projects, in: folder, at: "a/b").output == "school\nwater\n")
  }

  @Test("TILTAS_GRAPH prevails over the folders")
  func variable() throws {
    let folder = try TemporaryFolder.withGraph(["other.dl": "type project. project(other)."])
    let result = try Program.run(projects, in: folder, environment: ["TILTAS_GRAPH": folder.path("other.dl")])
    #expect(result.output == "other\n")
  }

  @Test("--graph prevails over TILTAS_GRAPH, and adds up")
  func option() throws {
    let folder = try TemporaryFolder([
      "one.dl": "type project. project(one).", "two.dl": "type project. project(two).", "three.dl": "project(three).",
    ])
    let result = try Program.run(
      projects + ["--graph", "one.dl", "--graph=two.dl"], in: folder, environment: ["TILTAS_GRAPH": "three.dl"])
    #expect(result.output == "one\ntwo\n")
  }

  @Test("--graph - reads statements from standard input")
  func standardInput() throws {
    let result = try Program.run(
      ["--graph", "-"] + projects, in: TemporaryFolder(), input: "type project. project(given).\n")
    #expect(result.output == "given\n")
  }

  @Test("--no-graph starts from nothing though a graph is near")
  func noGraph() throws {
    let folder = try TemporaryFolder.withGraph(["own.dl": "p(a).\n?- p(X)."])
    #expect(try Program.run(["run", "own.dl", "--no-graph", "--no-header"], in: folder).output == "a\n")
    let result = try Program.run(projects + ["--no-graph"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("project"))
  }

  @Test("a saved query finds the graph beside its folder from anywhere")
  func besideFile() throws {
    let folder = try TemporaryFolder.withGraph(["Queries/projects.dl": "?- project(P).\n"])
    let elsewhere = try TemporaryFolder()
    let result = try Program.run(["run", folder.path("Queries/projects.dl")], in: elsewhere)
    #expect(result == .init(status: 0, output: "P\nschool\nwater\n", errors: ""))
  }

  @Test("a saved query runs by its first line")
  func executable() throws {
    let query = "#!/usr/bin/env -S tiltas run\n% Which projects are there?\n?- project(P) | limit $n.\nparam n = 2.\n"
    let folder = try TemporaryFolder.withGraph(["Queries/projects.dl": query])
    let result = try Program.shell(
      "chmod +x Queries/projects.dl; cd /; \(folder.path)/Queries/projects.dl --no-header", in: folder)
    #expect(result == .init(status: 0, output: "school\nwater\n", errors: "note: with n = 2\n"))
  }
}
