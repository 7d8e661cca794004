import Foundation
import Testing

@Suite("tiltas format")
struct FormatVerbTests {
  @Test("a file is rewritten, and what is in form is left alone")
  func rewrites() throws {
    let folder = try TemporaryFolder.withGraph(["a.dl": "p( a ).%one\n", "b.dl": "p(b).\n"])
    let result = try Program.run(["format", "a.dl", "b.dl"], in: folder)
    #expect(result == .init(status: 0, output: "", errors: "rewrote a.dl\n"))
    #expect(try String(contentsOfFile: folder.path + "/a.dl", encoding: .utf8) == "p(a).  %one\n")
  }

  @Test("--check changes nothing and tells by its status")
  func checks() throws {
    let folder = try TemporaryFolder.withGraph(["a.dl": "p( a ).\n", "b.dl": "p(b).\n"])
    #expect(
      try Program.run(["format", "--check", "a.dl", "b.dl"], in: folder)
        == .init(status: 1, output: "", errors: "a.dl would change\n"))
    #expect(try String(contentsOfFile: folder.path + "/a.dl", encoding: .utf8) == "p( a ).\n")
    #expect(try Program.run(["format", "--check", "b.dl"], in: folder).status == 0)
  }

  @Test("standard input goes to standard output, and a mistake is told")
  func standardInput() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["format", "-"], in: folder, input: "?-p(X).").output == "?- p(X).\n")
    let result = try Program.run(["format", "-"], in: folder, input: "p(.")
    #expect(result.status == 1)
    #expect(result.output == "")
  }
}
