import Foundation
import TestSupport
import Testing

/// The sessions that the documentation shows are those of the program: blocks that are marked as `console`, in which a
/// line after the prompt is an entry and the lines below it what the shell prints.
@Suite("Documented sessions")
struct DocumentedSessionTests {
  struct Session: Sendable, CustomTestStringConvertible {
    var place: String
    var entries: [String] = []
    var output: [String] = []
    var testDescription: String { place }
  }

  private static let root = #filePath.components(separatedBy: "/Tests/")[0]
  private static let prompt = "?- "

  static let sessions: [Session] = ["Tutorial.md", "Explanations.md"].flatMap { page -> [Session] in
    let text = (try? String(contentsOfFile: "\(root)/Documentation/\(page)", encoding: .utf8)) ?? ""
    var sessions: [Session] = []
    var session: Session?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if line == "```console" {
        session = Session(place: "\(page):\(number + 2)")
      } else if line == "```" {
        if let session { sessions.append(session) }
        session = nil
      } else if line.hasPrefix(prompt) {
        session?.entries.append(String(line.dropFirst(prompt.count)))
      } else {
        session?.output.append(line)
      }
    }
    return sessions
  }

  @Test("a session prints what is shown", arguments: sessions)
  func session(_ session: Session) throws {
    let folder = try TemporaryFolder(["script": session.entries.joined(separator: "\n") + "\n"])
    let script = folder.path("script")
    let result = try Program.shell("cd '\(Self.root)' && tiltas --format table < '\(script)'", in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == session.output.map { $0 + "\n" }.joined())
  }

  @Test("there are sessions")
  func number() { #expect(Self.sessions.count >= 4) }
}
