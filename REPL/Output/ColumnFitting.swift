import Terms

/// How wide the columns of a table are that is to fit a terminal: so that its rows take few lines, and few words are cut.
struct ColumnFitting {
  private var widths: [Int]
  private let isWhole: (Int) -> Bool
  /// For each column that may be narrower, and each row that is looked at, the cell's words.
  private let words: [[[Word]]]
  private let pace: Pace

  private struct Word {
    var width: Int
    /// Whether it is of wide characters, such as those of Chinese, between any two of which a line may end.
    var isWide: Bool
  }

  /// - Parameter isWhole: whether a column keeps its width.
  init(columns: [String], rows: [[String]], natural: [Int], _ pace: Pace, isWhole: @escaping (Int) -> Bool) {
    widths = natural
    self.isWhole = isWhole
    self.pace = pace
    let step = max(1, rows.count / Self.mostRows)
    let sample = [columns] + stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    words = natural.indices.map { column in
      isWhole(column) || !pace.goesOn(after: 100 * sample.count) ? [] : sample.map { Self.words(of: $0[column]) }
    }
  }

  private static let mostRows = 100
  private static let mostWords = 60

  private static func words(of cell: String) -> [Word] {
    cell.split(separator: " ").prefix(mostWords).map { word in
      let width = Text.displayWidth(String(word))
      return Word(width: width, isWide: width * 2 > word.count * 3)
    }
  }

  /// The widths with which the columns take no more than so much; `nil` if they would be too narrow to be read, or the pace is told
  /// to end.
  ///
  /// Column by column what makes the fewest lines more is taken away. What a column would cost is computed anew only where its width
  /// has changed, so that a step takes as long as there are columns and rows that are looked at.
  mutating func fit(into room: Int) -> [Int]? {
    let flexible = widths.indices.filter { !isWhole($0) }
    let least = widths.indices.reduce(0) { $0 + (isWhole($1) ? widths[$1] : min(widths[$1], Self.leastWidth)) }
    if least > room { return nil }
    for column in flexible { widths[column] = min(widths[column], max(room, Self.leastWidth)) }
    var costs = flexible.map { cost($0, widths[$0]) }
    var narrow = flexible.map { cost($0, widths[$0] - 1) }
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      guard pace.goesOn(after: flexible.count * (words.first { !$0.isEmpty }?.count ?? 1)) else { return nil }
      let tallest = Tallest(costs)
      let ways = flexible.indices.filter { width($0) > Self.leastWidth }.map { place in
        (place: place, total: tallest.total(with: narrow[place], at: place, costs))
      }
      guard let best = ways.min(by: { ($0.total, -width($0.place)) < ($1.total, -width($1.place)) }) else { return nil }
      widths[flexible[best.place]] -= 1
      costs[best.place] = narrow[best.place]
      narrow[best.place] = cost(flexible[best.place], width(best.place) - 1)
      excess -= 1
    }
    // Where words are cut in every other row, rows are easier to read one column below the other.
    let cuts = costs.reduce(0) { $0 + $1.cuts }
    return flexible.count > 1 && cuts * 2 > costs[0].lines.count ? nil : widths
    func width(_ place: Int) -> Int { widths[flexible[place]] }
  }

  /// Below this a cell that goes on in further lines is hard to read.
  private static let leastWidth = 8

  /// What a column costs at some width: the lines that each row takes for it, and how many words are cut.
  private struct Cost {
    var lines: [Int] = []
    var cuts = 0
  }

  /// What each row takes, as many lines as its tallest cell, and without that cell.
  private struct Tallest {
    private var first: [Int]
    private var second: [Int]
    private var place: [Int]
    private var cuts = 0

    init(_ costs: [Cost]) {
      let rows = costs.first?.lines.count ?? 0
      first = Array(repeating: 0, count: rows)
      (second, place) = (first, first)
      for (number, cost) in costs.enumerated() {
        cuts += cost.cuts
        for row in 0..<rows {
          let lines = cost.lines[row]
          if lines > first[row] {
            (second[row], first[row], place[row]) = (first[row], lines, number)
          } else {
            second[row] = max(second[row], lines)
          }
        }
      }
    }

    /// The lines that all rows take if one column is narrower, and more for each word that is cut.
    func total(with narrow: Cost, at number: Int, _ costs: [Cost]) -> Int {
      var lines = 0
      for row in first.indices {
        lines += max(narrow.lines[row], place[row] == number ? second[row] : first[row])
      }
      return lines + (cuts - costs[number].cuts + narrow.cuts) * ColumnFitting.costOfCut
    }
  }

  private static let costOfCut = 4

  private func cost(_ column: Int, _ width: Int) -> Cost {
    words[column].reduce(into: Cost()) { cost, words in
      let (lines, cuts) = Self.cost(words, width)
      cost.lines.append(lines)
      cost.cuts += cuts
    }
  }

  private static func cost(_ words: [Word], _ width: Int) -> (lines: Int, cuts: Int) {
    var (lines, cuts, used) = (1, 0, 0)
    for word in words {
      if used > 0, used + 1 + word.width <= (lines == 1 ? width : width - Wrapping.cellIndentation) {
        used += 1 + word.width
        continue
      }
      if used > 0 { lines += 1 }
      let room = max(1, lines == 1 ? width : width - Wrapping.cellIndentation)
      if word.width > room {
        if !word.isWide { cuts += 1 }
        lines += (word.width - 1) / room
      }
      used = min(word.width, room)
    }
    return (lines, cuts)
  }
}
