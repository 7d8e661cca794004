import CReadline
import Glibc

/// Lines by GNU readline, driven through its callbacks so that signals are the program's own.
///
/// Signals are let through only while it waits for a key: none comes between looking for one and waiting.
final class Readline: LineEditor {
  /// What completes a word, and how that is shown.
  struct Completer {
    /// What parts the words of a line that goes as far as the cursor.
    var wordBreaks: (_ line: String) -> WordBreaks
    /// What a word may become, with the line before it.
    var candidates: (_ before: String, _ word: String) -> Candidates
    /// The lines of a list.
    var list: ([Candidate]) -> [String]
  }

  /// What is done at each prompt once no key has come for a moment; whether it is done. It is to leave off when a key comes.
  var whenIdle: (_ isIdle: () -> Bool) -> Bool = { _ in true }
  /// That moment, in milliseconds.
  private static let pause: Int32 = 250

  /// The terminal, to read from without waiting.
  private let terminal = tiltas_open_without_waiting(STDIN_FILENO)
  private let kept = History()
  private let completer: Completer
  /// What was found for the word at the cursor.
  private var found = Candidates()
  private var received: LineReading?

  /// Readline calls back without a context; only the thread that reads lines touches this.
  nonisolated(unsafe) private static var current: Readline?

  init(completer: Completer) {
    self.completer = completer
    tiltas_readline_set_up(strdup("tiltas"), Environment.isTerminal(STDOUT_FILENO) ? 0 : 1)
    tiltas_readline_set_up_completion(
      { text, start, _ in Readline.current?.matches(text, Int(start)) ?? nil },
      { Readline.current?.wordBreaks() ?? nil },
      { _, _, _ in Readline.current?.showList() })
    if Gate.isClosed { tiltas_readline_close_files() }
    kept.load()
    Self.current = self
  }

  func read(prompt: String) -> LineReading {
    received = nil
    let signals = Self.blockSignals()
    defer { pthread_sigmask(SIG_SETMASK, [signals], nil) }
    rl_callback_handler_install(prompt) { Readline.current?.receive($0) }
    defer { rl_callback_handler_remove() }
    var patience: Int32 = Self.pause
    while received == nil {
      switch tiltas_wait_for_input(STDIN_FILENO, [signals], patience) {
      case 0:
        patience = whenIdle { tiltas_has_input(STDIN_FILENO) == 0 } ? -1 : Self.pause
      case 1: if tiltas_readline_take_byte(terminal) != 0 { rl_callback_read_char() }
      default: answerSignals()
      }
    }
    return received ?? .end
  }

  func remember(_ entry: String) { kept.add(entry) }

  var history: [String] { kept.entries }

  private func receive(_ line: UnsafeMutablePointer<CChar>?) {
    if let line {
      received = .typed(UnsafeRawBufferPointer(start: line, count: strlen(line)))
      free(line)
    } else {
      received = .end
      if tiltas_readline_take_end() == 0 { Output.writeError("\n") }
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

  // MARK: Completion

  private static let breaks = Dictionary(
    uniqueKeysWithValues: WordBreaks.allCases.map { ($0, UInt(bitPattern: strdup($0.characters))) })

  private func wordBreaks() -> UnsafeMutablePointer<CChar>? {
    let breaks = completer.wordBreaks(Self.line(to: Int(tiltas_readline_cursor())))
    return Self.breaks[breaks].flatMap { UnsafeMutablePointer(bitPattern: $0) }
  }

  /// The matches as readline wants them: first what the word becomes, then each of several, in memory that it frees.
  private func matches(
    _ text: UnsafePointer<CChar>?, _ start: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let word = text.map { String(cString: $0) } ?? ""
    found = completer.candidates(Self.line(to: start), word)
    tiltas_readline_completion_found(Int32(found.suffix?.asciiValue ?? 0))
    guard let first = found.all.first?.text else { return nil }
    let all = found.all.count == 1 ? [first] : [found.common(typed: word)] + found.all.map(\.text)
    let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: all.count + 1)
    for (index, match) in all.enumerated() { array[index] = strdup(match) }
    array[all.count] = nil
    return array
  }

  private func showList() {
    tiltas_readline_show(completer.list(found.all).joined(separator: "\n") + "\n")
  }

  private static func line(to end: Int) -> String {
    String(decoding: Array(String(cString: tiltas_readline_line()).utf8.prefix(end)), as: UTF8.self)
  }
}
