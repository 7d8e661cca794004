import Terms

/// How wide the columns of a table are that is to fit a terminal: so that its rows take few lines, and few words are cut.
struct ColumnFitting {
  private var widths: [Int]
  private let isWhole: (Int) -> Bool
  /// For each column that may be narrower, and each row that is looked at, the cell's words.
  private let words: [[[Word]]]

  private struct Word {
    var width: Int
    /// Whether it is of wide characters, such as those of Chinese, between any two of which a line may end.
    var isWide: Bool
  }

  /// - Parameter isWhole: whether a column keeps its width.
  init(columns: [String], rows: [[String]], natural: [Int], isWhole: @escaping (Int) -> Bool) {
    widths = natural
    self.isWhole = isWhole
    let step = max(1, rows.count / Self.mostRows)
    let sample = [columns] + stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    words = natural.indices.map { column in
      isWhole(column) ? [] : sample.map { Self.words(of: $0[column]) }
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

  /// The widths with which the columns take no more than so much; `nil` if they would be too narrow to be read.
  mutating func fit(into room: Int) -> [Int]? {
    let flexible = widths.indices.filter { !isWhole($0) }
    for column in flexible { widths[column] = min(widths[column], max(room, Self.leastWidth)) }
    var costs = flexible.map { cost($0, widths[$0]) }
    while widths.reduce(0, +) > room {
      let narrower = flexible.indices.filter { widths[flexible[$0]] > Self.leastWidth }
      let ways = narrower.map { place in
        let narrow = cost(flexible[place], widths[flexible[place]] - 1)
        return (place: place, cost: narrow, total: total(costs, with: narrow, at: place))
      }
      guard let best = ways.min(by: { ($0.total, -width($0.place)) < ($1.total, -width($1.place)) }) else { return nil }
      widths[flexible[best.place]] -= 1
      costs[best.place] = best.cost
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

  /// The lines that all rows take, a row as many as its tallest cell, and more for each word that is cut.
  private func total(_ costs: [Cost], with narrow: Cost, at place: Int) -> Int {
    var costs = costs
    costs[place] = narrow
    let lines = narrow.lines.indices.reduce(0) { sum, row in sum + costs.reduce(0) { max($0, $1.lines[row]) } }
    return lines + costs.reduce(0) { $0 + $1.cuts * Self.costOfCut }
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
