import Terms

/// A table of text, drawn with lines around its cells and made to fit a width.
struct TextTable {
  var columns: [String]
  /// The columns whose cells stand at the right, as numbers do.
  var rightAligned: Set<Int> = []
  /// The columns of which no cell is ever cut, besides those of numbers.
  var uncut: Set<Int> = []
  /// Whether cells that are too wide go on in the next line rather than be cut.
  var wraps = false
  var rows: [[String]] = []

  init(columns: [String]) { self.columns = columns }

  /// Puts the number of each row before it.
  mutating func numberRows() {
    columns.insert("", at: 0)
    rightAligned = Set(rightAligned.map { $0 + 1 }).union([0])
    uncut = Set(uncut.map { $0 + 1 })
    for row in rows.indices { rows[row].insert(String(row + 1), at: 0) }
  }

  /// The lines of the table, fewer where the pace is told to end, in which the widest columns are cut until it fits; `nil` where it does not fit so either.
  func lines(style: Style, _ pace: Pace = Pace()) -> [String]? {
    let borders = style.drawsBoxes ? Borders.box : Borders.ascii
    guard let widths = fittedWidths(style) else { return nil }
    var lines = [borders.top(widths)]
    if style.header {
      lines.append(line(columns, widths, style, bold: style.color))
      lines.append(borders.middle(widths))
    }
    for row in rows where pace.goesOn(after: 32) {
      lines += wrapped(row, widths).map { line($0, widths, style, bold: false) }
    }
    lines.append(borders.bottom(widths))
    return lines
  }

  /// The lines of a row.
  private func wrapped(_ cells: [String], _ widths: [Int]) -> [[String]] {
    guard wraps else { return [cells] }
    let parts = cells.enumerated().map { Wrapping.lines($1, width: widths[$0]) }
    return (0..<(parts.map(\.count).max() ?? 1)).map { number in
      parts.map { $0.indices.contains(number) ? $0[number] : "" }
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ style: Style, bold: Bool) -> String {
    let bar = style.drawsBoxes ? "│" : "|"
    var line = bar
    for (index, cell) in cells.enumerated() {
      let shown = Self.shortened(cell, to: widths[index], style.drawsBoxes)
      let padding = String(repeating: " ", count: max(0, widths[index] - Text.displayWidth(shown)))
      let text = bold ? "\u{1B}[1m\(shown)\u{1B}[0m" : shown
      line += rightAligned.contains(index) ? " \(padding)\(text) \(bar)" : " \(text)\(padding) \(bar)"
    }
    return line
  }

  /// The width that it has where nothing is shortened.
  func naturalWidth(_ style: Style) -> Int { Self.total(naturalWidths(style)) }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(1) { $0 + $1 + 3 } }

  private func naturalWidths(_ style: Style) -> [Int] {
    var widths = columns.map { style.header ? Text.displayWidth($0) : 0 }
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], Text.displayWidth(cell)) }
    }
    return widths
  }

  /// The widths where the table is to fit: of the columns that may be cut, that one is made narrower of which the fewest cells
  /// lose something by it, and among such the widest. `nil` where they would be too narrow to say anything.
  private func fittedWidths(_ style: Style) -> [Int]? {
    var widths = naturalWidths(style)
    guard let limit = style.width else { return widths }
    var surplus = Self.total(widths) - limit
    guard surplus > 0 else { return widths }
    let cells = cellWidths(style)
    /// For each column how many cells are as wide as it is, or wider.
    var losers = widths.map { _ in 0 }
    let mayBeCut = widths.indices.filter { !uncut.contains($0) && !rightAligned.contains($0) }
    while surplus > 0 {
      let flexible = mayBeCut.filter { widths[$0] > Self.leastWidth }
      for column in flexible { losers[column] = cells[column].prefix { $0 >= widths[column] }.count }
      guard let cut = flexible.min(by: { (losers[$0], widths[$1]) < (losers[$1], widths[$0]) }) else { return nil }
      let like = flexible.filter { $0 != cut && losers[$0] == losers[cut] }.map { widths[$0] }.max() ?? 0
      let next = losers[cut] < cells[cut].count ? cells[cut][losers[cut]] : 0
      let step = max(1, min(widths[cut] - max(next, like, Self.leastWidth), surplus))
      widths[cut] -= step
      surplus -= step
    }
    return widths
  }

  /// The widths of each column's cells, its name among them, the greatest first.
  private func cellWidths(_ style: Style) -> [[Int]] {
    columns.indices.map { column in
      let names = style.header ? [Text.displayWidth(columns[column])] : []
      return (names + rows.map { Text.displayWidth($0[column]) }).sorted(by: >)
    }
  }

  /// Below this a shortened cell says nothing.
  private static let leastWidth = 8

  /// A text that is cut where it is wider than so many columns.
  static func shortened(_ cell: String, to width: Int, _ drawsBoxes: Bool) -> String {
    if Text.displayWidth(cell) <= width { return cell }
    let ellipsis = drawsBoxes ? "…" : "..."
    var room = width - Text.displayWidth(ellipsis)
    var shown = ""
    for character in cell {
      room -= Text.displayWidth(String(character))
      if room < 0 { break }
      shown.append(character)
    }
    return shown + ellipsis
  }

  private struct Borders {
    var line: String
    var corners: (top: [String], middle: [String], bottom: [String])

    static let box = Borders(line: "─", corners: (["┌", "┬", "┐"], ["├", "┼", "┤"], ["└", "┴", "┘"]))
    static let ascii = Borders(line: "-", corners: (["+", "+", "+"], ["+", "+", "+"], ["+", "+", "+"]))

    func top(_ widths: [Int]) -> String { rule(widths, corners.top) }
    func middle(_ widths: [Int]) -> String { rule(widths, corners.middle) }
    func bottom(_ widths: [Int]) -> String { rule(widths, corners.bottom) }

    private func rule(_ widths: [Int], _ joints: [String]) -> String {
      joints[0] + widths.map { String(repeating: line, count: $0 + 2) }.joined(separator: joints[1]) + joints[2]
    }
  }
}
