/// What came of asking for a line.
enum LineReading {
  case line(String)
  /// Ctrl-C.
  case interrupted
  /// Ctrl-D, or the terminal has gone.
  case end
}

/// Asks for lines at a prompt.
protocol LineEditor {
  func read(prompt: String) -> LineReading
  /// Keeps an entry for recall.
  func remember(_ entry: String)
  /// What can be recalled, the latest last.
  var history: [String] { get }
}
