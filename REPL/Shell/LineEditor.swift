import Diagnostics
import Glibc
import Sessions
import Terms

/// What came of asking for a line.
enum LineReading {
  case line(String)
  /// Ctrl-C.
  case interrupted
  /// Ctrl-D, or the terminal has gone.
  case end
}

extension LineReading {
  /// A line as it came; one that is not UTF-8 is dropped, for a name in it would become another.
  static func typed(_ bytes: some Collection<UInt8>) -> LineReading {
    if Text.firstInvalidUTF8(Array(bytes)) == nil { return .line(String(decoding: bytes, as: UTF8.self)) }
    Output.writeError("error[\(Code.notUTF8.rawValue)]: what was typed is not UTF-8\n")
    return .interrupted
  }
}

/// Asks for lines at a prompt.
protocol LineEditor {
  func read(prompt: String) -> LineReading
  /// Keeps an entry for recall.
  func remember(_ entry: String)
  /// What can be recalled, the latest last.
  var history: [String] { get }
}

/// Lines from a terminal that can do nothing but print.
struct PlainEditor: LineEditor {
  private let lines = Lines(descriptor: STDIN_FILENO)

  func read(prompt: String) -> LineReading {
    Output.writeError(prompt)
    do {
      guard let bytes = try lines.next() else {
        Output.writeError("\n")
        return .end
      }
      return .typed(bytes)
    } catch {
      Output.writeError("\n")
      return Signals.endingSignal == nil && Signals.wasInterrupted ? .interrupted : .end
    }
  }

  func remember(_ entry: String) {}

  var history: [String] { [] }
}
