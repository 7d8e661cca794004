import Foundation
import TestSupport
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

  @Test("a file in form is not written again")
  func untouched() throws {
    let folder = try TemporaryFolder(["a.dl": "p(a).\n"])
    let before = try FileManager.default.attributesOfItem(atPath: folder.path("a.dl"))[.systemFileNumber] as? Int
    #expect(try Program.run(["format", "a.dl"], in: folder) == .init(status: 0, output: "", errors: ""))
    let after = try FileManager.default.attributesOfItem(atPath: folder.path("a.dl"))[.systemFileNumber] as? Int
    #expect(before == after)
  }

  @Test("a file with a mistake stays as it is, and the others are rewritten")
  func mistakes() throws {
    let folder = try TemporaryFolder(["a.dl": "p( a ). p(.\n", "b.dl": "p( b ).\n"])
    let result = try Program.run(["format", "a.dl", "b.dl"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("rewrote b.dl\nerror[T"))
    #expect(result.errors.contains("a.dl:1:11"))
    #expect(folder.read("a.dl") == "p( a ). p(.\n")
    #expect(folder.read("b.dl") == "p(b).\n")
    #expect(try folder.entries() == ["a.dl", "b.dl"])
  }

  @Test("--check of standard input writes nothing to standard output")
  func checksStandardInput() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(["format", "--check", "-"], in: folder, input: "p( a ).")
        == .init(status: 1, output: "", errors: "<standard input> would change\n"))
    #expect(try Program.run(["format", "--check", "-"], in: folder, input: "p(a).\n").status == 0)
  }
}
