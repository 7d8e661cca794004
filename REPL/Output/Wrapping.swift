import Tiltas

/// Text that is made to fit the width of a terminal.
enum Wrapping {
  /// The text in parts of at most so many columns, parted at spaces where there are any.
  static func lines(_ text: String, width: Int) -> [String] {
    if Text.displayWidth(text) <= width { return [text] }
    var parts: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      for (number, piece) in pieces(of: word, width).enumerated() {
        let columns = Text.displayWidth(piece)
        if used > 0, number > 0 || used + 1 + columns > width {
          while line.hasSuffix(" ") { line.removeLast() }
          parts.append(line)
          (line, used) = ("", 0)
        }
        line += (line.isEmpty ? "" : " ") + piece
        used = Text.displayWidth(line)
      }
    }
    return parts + [line]
  }

  /// A word that is wider than a line, cut.
  private static func pieces(of word: Substring, _ width: Int) -> [String] {
    if Text.displayWidth(String(word)) <= width { return [String(word)] }
    var pieces = [""]
    var used = 0
    for character in word {
      let columns = Text.displayWidth(String(character))
      if used + columns > width {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += columns
    }
    return pieces
  }

  /// A line that begins with `start`, and below it whatever does not fit, as far to the right.
  static func hanging(_ start: String, _ text: String, width: Int?) -> [String] {
    let indentation = Text.displayWidth(start)
    let parts = width.map { lines(text, width: max(leastRoom, $0 - indentation)) } ?? [text]
    return parts.enumerated().map { ($0 == 0 ? start : String(repeating: " ", count: indentation)) + $1 }
  }

  private static let leastRoom = 20
}
