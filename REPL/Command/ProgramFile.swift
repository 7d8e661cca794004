import Diagnostics
import Evaluation
import Sessions

/// A program that the command line names: a file, or `-` for standard input, which can be read once only.
final class ProgramFile {
  /// `nil` for standard input.
  private let path: String?
  private var input: SourceFile?

  init(_ operand: String) { path = operand == "-" ? nil : operand }

  private func standardInput() throws -> SourceFile {
    let source = try input ?? Watchdog.pausing { try Files.standardInput() }
    input = source
    return source
  }

  /// What it says; `nil` where it can't be read, which is told when it is run.
  var source: SourceFile? { path.map { try? Session.source($0) } ?? (try? standardInput()) }

  /// Declares what the program does. A file that can't be read is told of when it is run.
  func declare(in session: Session) {
    if let path { try? session.declare(path: path) } else if let input = try? standardInput() { session.declare(input) }
  }

  /// Carries its statements out and answers its queries.
  func run(in session: Session, answer: (Answers) throws -> Void, explain: (Engine.Reply) throws -> Void) throws {
    if let path {
      try session.run(path: path, answer: answer, explain: explain)
    } else {
      try session.run(standardInput(), answer: answer, explain: explain)
    }
  }

  /// Reads its statements.
  func load(into session: Session) throws {
    if let path { try session.load(path: path) } else { try session.load(standardInput()) }
  }
}
