import Diagnostics
import Glibc
import Sessions

/// Tells on standard error what went wrong and, unless quiet, what happened.
struct Reporter {
  var color: Bool
  var quiet = false
  /// Whether limits can be set where it is told.
  var isForShell = false
  /// Gets what is told as well, without colours.
  var copy: ((String) -> Void)?

  /// Tells of an error, and how the program has to end for it.
  func report(_ error: any Error) -> ExitStatus {
    switch error {
    case let status as ExitStatus: return status
    case let problem as Diagnostic: return report(problem.all)
    case let usage as UsageError: return report(usage)
    case let failure as QueryFailure: return report(failure)
    case OutputError.closed: return .answered
    case let failure as OutputError: return report([failure.diagnostic])
    default: return report([Diagnostic(.internalError, "\(error)")])
    }
  }

  @discardableResult
  func report(_ problems: [Diagnostic]) -> ExitStatus {
    copy?(Self.text(problems, color: false, width: nil))
    Output.writeError(Self.text(problems, color: color, width: Self.width))
    return MemoryReserve.wasDeclined ? .limit : .failed
  }

  /// The columns of the terminal that reads what is told; `nil` where none does.
  private static var width: Int? { Environment.terminalWidth(STDERR_FILENO) }

  private static func text(_ problems: [Diagnostic], color: Bool, width: Int?) -> String {
    problems.reduce(into: "") { text, problem in
      text += problem.rendered(color: color) { Wrapping.lines($0, after: $1, width: width) }
      if !text.hasSuffix("\n") { text += "\n" }
    }
  }

  /// Says something that is neither an answer nor an error. A file's name in it is shown as safely as data is, and a long name is cut.
  func note(_ text: String) {
    let text = Text.escapedLines(Text.abridged(text))
    copy?(text + "\n")
    if quiet { return }
    let width = Self.width
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let start = line.hasPrefix(Self.noteStart) ? Self.noteStart : String(line.prefix { $0 == " " })
      return Wrapping.hanging(start, String(line.dropFirst(start.count)), width: width)
    }
    Output.writeError(lines.joined(separator: "\n") + "\n")
  }

  private static let noteStart = "note: "

  private func report(_ usage: UsageError) -> ExitStatus {
    report([Diagnostic(usage.code, usage.message, help: usage.help)])
    let page = usage.verb.map { "tiltas help \($0)" } ?? "tiltas help"
    Output.writeError("`\(page)` tells more\n")
    return .usage
  }

  private static let refusal = Diagnostic(
    .outOfMemory, "what was done was ended: the system refuses more memory",
    help: "allow more (`ulimit -v`), or give less to do")

  private func report(_ failure: QueryFailure) -> ExitStatus {
    switch failure {
    case .refused: report([Self.refusal])
    case .interrupted where MemoryReserve.wasNeeded: report([Self.refusal])
    case .interrupted:
      Output.writeError("interrupted\n")
      return .interrupted
    case .time(let seconds):
      report([
        Diagnostic(
          .timeLimit, "the query was ended after \(Decimals.short(seconds)) s",
          help: "allow more with \(isForShell ? "`:set timeout SECONDS`" : "--timeout")")
      ])
    case .memory(let bytes):
      report([
        Diagnostic(
          .memoryLimit, "the query was ended: it needs more than \(bytes >> 20) MiB",
          help: Watchdog.help(beyond: bytes, inShell: isForShell))
      ])
    }
    return .limit
  }
}
