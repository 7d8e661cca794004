import Glibc
import Sessions

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
