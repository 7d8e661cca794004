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
    return Wrapping.lines(content, width: room).enumerated().map { number, part in
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
}
