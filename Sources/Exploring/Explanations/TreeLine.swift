import Terms

/// A line of a tree: for each level above whether it goes on below, and what stands there.
public struct TreeLine {
  /// For each level whether more follows on it; the last is the line's own.
  public var levels: [Bool]
  public var content: String
  /// Whether something stands beneath it.
  public var hasBranches: Bool

  public init(levels: [Bool] = [], content: String, hasBranches: Bool = false) {
    self.levels = levels
    self.content = content
    self.hasBranches = hasBranches
  }

  /// As it is written, on one line without control characters.
  public func text(drawsBoxes: Bool) -> String { start(drawsBoxes) + Text.escapedForTerminal(content) }

  /// What stands before the content.
  public func start(_ drawsBoxes: Bool) -> String { above(drawsBoxes) + Self.joint(levels.last, drawsBoxes) }

  /// What stands before the rest of a content that takes several lines.
  public func startBelow(_ drawsBoxes: Bool) -> String {
    above(drawsBoxes) + (levels.last.map { Self.bar($0, drawsBoxes) } ?? "") + Self.bar(hasBranches, drawsBoxes)
  }

  private func above(_ drawsBoxes: Bool) -> String { levels.dropLast().map { Self.bar($0, drawsBoxes) }.joined() }

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
