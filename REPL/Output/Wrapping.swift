import Exploring
import Sessions
import Terms

/// Text that is made to fit the width of a terminal.
enum Wrapping {
  /// The text in parts of at most so many columns, parted at spaces where there are any.
  /// - Parameter indentation: how far to the right all parts begin but the first.
  static func lines(_ text: String, width: Int, indentation: Int = 0) -> [String] {
    if Text.displayWidth(text) <= width { return [text] }
    let start = String(repeating: " ", count: indentation)
    let most = max(1, width - indentation)
    var parts: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let room = parts.isEmpty && used == 0 ? width : most
      for (number, piece) in pieces(of: word, first: room, most).enumerated() {
        let columns = Text.displayWidth(piece)
        if used > 0, number > 0 || used + 1 + columns > (parts.isEmpty ? width : most) {
          parts.append((parts.isEmpty ? "" : start) + line.withoutSpacesAtEnd)
          (line, used) = ("", 0)
        }
        line += (line.isEmpty ? "" : " ") + piece
        used = Text.displayWidth(line)
      }
    }
    return parts + [(parts.isEmpty ? "" : start) + line]
  }

  /// How far to the right a cell of a table goes on, so that it does not look like the next one.
  static let cellIndentation = 2

  /// A word that is wider than a line, cut behind a sign such as that of `a_long_name` if one stands in the line's second half.
  private static func pieces(of word: Substring, first: Int, _ most: Int) -> [String] {
    if Text.displayWidth(String(word)) <= first { return [String(word)] }
    var pieces: [String] = []
    var piece: [(character: Character, columns: Int)] = []
    var used = 0
    for character in word {
      let columns = Text.displayWidth(String(character))
      if used + columns > (pieces.isEmpty ? first : most), !piece.isEmpty {
        let sign = piece.lastIndex { signs.contains($0.character) } ?? -1
        let end = sign >= piece.count / 2 ? sign + 1 : piece.count
        pieces.append(String(piece[..<end].map(\.character)))
        piece.removeFirst(end)
        used = piece.reduce(0) { $0 + $1.columns }
      }
      piece.append((character, columns))
      used += columns
    }
    return pieces + [String(piece.map(\.character))]
  }

  private static let signs: Set<Character> = ["_", "-", "/", ".", ",", ";", ":", "–"]

  /// A line that begins with `start`, and below it whatever does not fit, as far to the right.
  static func hanging(_ start: String, _ text: String, width: Int?) -> [String] {
    let indentation = Text.displayWidth(start)
    return lines(text, after: indentation, width: width).enumerated().map {
      ($0 == 0 ? start : String(repeating: " ", count: indentation)) + $1
    }
  }

  /// The text in parts that stand so far to the right of a page of some width, which has no end if it is `nil`.
  static func lines(_ text: String, after indentation: Int, width: Int?) -> [String] {
    width.map { lines(text, width: max(leastRoom, $0 - indentation)) } ?? [text]
  }

  private static let leastRoom = 20
}

extension String {
  fileprivate var withoutSpacesAtEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}

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
