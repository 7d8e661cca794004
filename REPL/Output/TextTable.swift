import Terms

/// A table of text, drawn with lines around its cells and made to fit a width.
struct TextTable {
  var columns: [String]
  /// The columns whose cells stand at the right, as numbers do.
  var rightAligned: Set<Int> = []
  /// The columns of which each cell stands in one line, besides those of numbers.
  var uncut: Set<Int> = []
  var rows: [[String]] = []

  init(columns: [String]) { self.columns = columns }

  /// Puts the number of each row before it.
  mutating func numberRows(_ pace: Pace) {
    columns.insert("", at: 0)
    rightAligned = Set(rightAligned.map { $0 + 1 }).union([0])
    uncut = Set(uncut.map { $0 + 1 })
    for row in rows.indices where pace.goesOn(after: 2) { rows[row].insert(String(row + 1), at: 0) }
  }

  /// The lines of the table, fewer if the pace is told to end, in which cells go on in further lines if it does not fit else; `nil` if
  /// it does not fit so either.
  func lines(style: Style, _ pace: Pace) -> [String]? {
    let borders = style.drawsBoxes ? Borders.box : Borders.ascii
    guard let widths = fittedWidths(style, pace), pace.goesOn() else { return nil }
    var lines = [borders.top(widths)]
    if style.header {
      lines += wrapped(columns, widths).map { line($0, widths, style, bold: style.color) }
      lines.append(borders.middle(widths))
    }
    for row in rows where pace.goesOn(after: 32) {
      lines += wrapped(row, widths).map { line($0, widths, style, bold: false) }
    }
    lines.append(borders.bottom(widths))
    return lines
  }

  /// The lines of a row: nothing is left out, so that different cells never look alike.
  private func wrapped(_ cells: [String], _ widths: [Int]) -> [[String]] {
    let parts = cells.enumerated().map {
      Wrapping.lines($1, width: widths[$0], indentation: Wrapping.cellIndentation)
    }
    return (0..<(parts.map(\.count).max() ?? 1)).map { number in
      parts.map { $0.indices.contains(number) ? $0[number] : "" }
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ style: Style, bold: Bool) -> String {
    let bar = style.drawsBoxes ? "│" : "|"
    var line = bar
    for (index, shown) in cells.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[index] - Text.displayWidth(shown)))
      let text = bold ? "\u{1B}[1m\(shown)\u{1B}[0m" : shown
      line += rightAligned.contains(index) ? " \(padding)\(text) \(bar)" : " \(text)\(padding) \(bar)"
    }
    return line
  }

  /// The width that it has where nothing is shortened.
  func naturalWidth(_ style: Style, _ pace: Pace) -> Int { Self.total(naturalWidths(style, pace)) }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(1) { $0 + $1 + 3 } }

  private func naturalWidths(_ style: Style, _ pace: Pace) -> [Int] {
    var widths = columns.map { style.header ? Text.displayWidth($0) : 0 }
    for row in rows where pace.goesOn(after: 4 * columns.count) {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], Text.displayWidth(cell)) }
    }
    return widths
  }

  private func fittedWidths(_ style: Style, _ pace: Pace) -> [Int]? {
    let widths = naturalWidths(style, pace)
    guard let limit = style.width, Self.total(widths) > limit else { return widths }
    let header = style.header ? columns : columns.map { _ in "" }
    var fitting = ColumnFitting(columns: header, rows: rows, natural: widths, pace) {
      uncut.contains($0) || rightAligned.contains($0)
    }
    return fitting.fit(into: limit - Self.total(widths.map { _ in 0 }))
  }

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
