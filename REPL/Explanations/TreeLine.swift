import Tiltas

/// A line of a tree: for each level above whether it goes on below, and what stands there.
struct TreeLine {
  /// For each level whether more follows on it; the last is the line's own.
  var levels: [Bool] = []
  var content: String
  /// Whether something stands beneath it.
  var hasBranches = false

  /// As it is written, on several lines where it is wider than `width`.
  func texts(drawsBoxes: Bool, width: Int?) -> [String] {
    let content = Text.escapedForTerminal(content)
    let above = levels.dropLast().map { Self.bar($0, drawsBoxes) }.joined()
    guard let width else { return [above + Self.joint(levels.last, drawsBoxes) + content] }
    let below = above + (levels.last.map { Self.bar($0, drawsBoxes) } ?? "") + Self.bar(hasBranches, drawsBoxes)
    let room = max(Self.leastRoom, width - below.count)
    return Self.wrapped(content, to: room).enumerated().map { number, part in
      (number == 0 ? above + Self.joint(levels.last, drawsBoxes) : below) + part
    }
  }

  private static let leastRoom = 20

  private static func bar(_ goesOn: Bool, _ drawsBoxes: Bool) -> String {
    goesOn ? (drawsBoxes ? "│  " : "|  ") : "   "
  }

  private static func joint(_ goesOn: Bool?, _ drawsBoxes: Bool) -> String {
    switch goesOn {
    case nil: ""
    case true?: drawsBoxes ? "├─ " : "|- "
    case false?: drawsBoxes ? "└─ " : "`- "
    }
  }

  /// The text in parts of at most so many columns, parted at spaces where there are any.
  private static func wrapped(_ text: String, to width: Int) -> [String] {
    if Text.displayWidth(text) <= width { return [text] }
    var parts: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      for (number, piece) in pieces(of: word, width).enumerated() {
        let columns = Text.displayWidth(piece)
        if used > 0, number > 0 || used + 1 + columns > width {
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
}
