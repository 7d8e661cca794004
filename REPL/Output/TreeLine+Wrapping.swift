import Exploring
import Terms

extension TreeLine {
  /// As it is written, on several lines where it is wider than `width`.
  func texts(drawsBoxes: Bool, width: Int?) -> [String] {
    guard let width else { return [text(drawsBoxes: drawsBoxes)] }
    let below = startBelow(drawsBoxes)
    let room = max(Self.leastRoom, width - below.count)
    return Wrapping.lines(Text.escapedForTerminal(content), width: room).enumerated().map { number, part in
      (number == 0 ? start(drawsBoxes) : below) + part
    }
  }

  private static let leastRoom = 20
}
