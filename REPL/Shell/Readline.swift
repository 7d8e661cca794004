import CReadline
import Glibc

/// Lines by GNU readline, driven through its callbacks so that signals are the program's own.
///
/// Signals are let through only while it waits for a key: none comes between looking for one and waiting.
final class Readline: LineEditor {
  /// What completes a word: the line before it, and the word.
  typealias Completer = (_ before: String, _ word: String) -> Completion.Candidates

  private let kept = History()
  private let complete: Completer
  private var received: LineReading?

  /// Readline calls back without a context; only the thread that reads lines touches this.
  nonisolated(unsafe) private static var current: Readline?

  init(complete: @escaping Completer) {
    self.complete = complete
    tiltas_readline_set_up(
      strdup("tiltas"), { text, start, _ in Readline.current?.matches(text, Int(start)) ?? nil },
      Completion.wordBreaks, Environment.isTerminal(STDOUT_FILENO) ? 0 : 1)
    kept.load()
    Self.current = self
  }

  func read(prompt: String) -> LineReading {
    received = nil
    let signals = Self.blockSignals()
    defer { pthread_sigmask(SIG_SETMASK, [signals], nil) }
    rl_callback_handler_install(prompt) { Readline.current?.receive($0) }
    defer { rl_callback_handler_remove() }
    while received == nil {
      if tiltas_wait_for_input(STDIN_FILENO, [signals]) > 0 { rl_callback_read_char() } else { answerSignals() }
    }
    return received ?? .end
  }

  func remember(_ entry: String) { kept.add(entry) }

  var history: [String] { kept.entries }

  private func receive(_ line: UnsafeMutablePointer<CChar>?) {
    if let line {
      received = .line(String(cString: line))
      free(line)
    } else {
      received = .end
      Output.writeError("\n")
    }
    // Else readline would show the prompt again before the line is answered.
    rl_callback_handler_remove()
  }

  private func answerSignals() {
    if Signals.endingSignal != nil {
      received = .end
    } else if Signals.wasInterrupted {
      tiltas_readline_drop_line()
      received = .interrupted
    }
    if Signals.takeResized() { rl_resize_terminal() }
    if Signals.takeContinued() { tiltas_readline_go_on() }
  }

  private static func blockSignals() -> sigset_t {
    var blocked = sigset_t()
    var before = sigset_t()
    sigemptyset(&blocked)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT] { sigaddset(&blocked, signal) }
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    return before
  }

  /// The matches as readline wants them: first what the word becomes, then each of several, in memory that it frees.
  private func matches(
    _ text: UnsafePointer<CChar>?, _ start: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let line = String(cString: tiltas_readline_line())
    let before = String(decoding: Array(line.utf8.prefix(start)), as: UTF8.self)
    let word = text.map { String(cString: $0) } ?? ""
    let found = complete(before, word)
    if found.areFiles {
      return rl_completion_matches(text) { rl_filename_completion_function($0, $1) }
    }
    tiltas_readline_completion_found(Int32(found.suffix))
    guard let first = found.words.first else { return nil }
    let all = found.words.count == 1 ? [first] : [Completion.common(found.words, typed: word)] + found.words
    let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: all.count + 1)
    for (index, match) in all.enumerated() { array[index] = strdup(match) }
    array[all.count] = nil
    return array
  }
}
