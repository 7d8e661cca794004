import Sessions

/// The formats for people: tables, Markdown and lists.
extension AnswerPrinter {
  func printTable(_ rows: some Tabular, with parameters: String? = nil) throws {
    var table = TextTable(columns: rows.columns)
    table.rightAligned = Set(rows.columns.indices.filter { isNumeric(rows, $0) })
    for row in 0..<rows.rowCount {
      try pace.step(16)
      table.rows.append(rows.columns.indices.map { safeText(rows.cell(row: row, column: $0)) })
    }
    // One row that is too wide is read line by line.
    if rows.rowCount == 1, let width = style.width, table.naturalWidth(style, pace) > width {
      try printList(rows)
      if style.countsRows, let parameters { try output.write("(\(parameters))\n") }
      return
    }
    table.uncut = rows.uncut.union(rows.columns.indices.filter { isShort(rows, table, $0) })
    if style.numbersRows && rows.rowCount > 1 { table.numberRows(pace) }
    if let lines = table.lines(style: style, pace) {
      for line in lines { try output.write(line + "\n") }
    } else {
      try printRecords(rows)
    }
    try pace.check()
    let footer = [Decimals.count(rows.rowCount, "row", "rows"), parameters].compactMap(\.self).joined(separator: " ")
    let rest = (rows as? Answers)?.hasMore == true ? "; `limit` leaves out more" : ""
    if style.countsRows { try output.write("(\(footer)\(rest))\n") }
  }

  func printMarkdown(_ rows: some Tabular) throws {
    try output.write("| " + rows.columns.joined(separator: " | ") + " |\n")
    let rules = rows.columns.indices.map { isNumeric(rows, $0) ? "---:" : "---" }
    try output.write("| " + rules.joined(separator: " | ") + " |\n")
    for row in 0..<rows.rowCount {
      try pace.step(16)
      let cells = rows.columns.indices.map { Self.markdown(safeText(rows.cell(row: row, column: $0))) }
      try output.write("| " + cells.joined(separator: " | ") + " |\n")
    }
  }

  /// Row by row, a line for each column.
  func printList(_ rows: some Tabular) throws {
    for row in 0..<rows.rowCount {
      try pace.step(16)
      if row > 0 { try output.write("\n") }
      for (column, name) in rows.columns.enumerated() {
        try output.write("\(name): \(safeText(rows.cell(row: row, column: column)))\n")
      }
    }
  }

  /// Row by row, each beneath its number.
  private func printRecords(_ rows: some Tabular) throws {
    let rule = style.drawsBoxes ? "─" : "-"
    for row in 0..<rows.rowCount {
      try pace.step(32)
      try output.write("\(rule) \(row + 1) " + String(repeating: rule, count: Self.recordRule) + "\n")
      for (column, name) in rows.columns.enumerated() {
        let text = safeText(rows.cell(row: row, column: column))
        for line in Wrapping.hanging("\(name): ", text, width: style.width) { try output.write(line + "\n") }
      }
    }
  }

  private static let recordRule = 8

  /// Whether a column, with its name, is of dates, or of words and numbers that are short, of which a part says nothing.
  private func isShort(_ rows: some Tabular, _ table: TextTable, _ column: Int) -> Bool {
    rows.rowCount > 0 && Text.displayWidth(rows.columns[column]) <= Self.shortWidth
      && (0..<rows.rowCount).allSatisfy { row in
        guard pace.goesOn(after: 4) else { return false }
        switch rows.cell(row: row, column: column) {
        case .empty, .value(.integer), .value(.decimal), .value(.boolean), .value(.date): return true
        default:
          let text = table.rows[row][column]
          return Text.displayWidth(text) <= Self.shortWidth && !text.contains(where: \.isWhitespace)
        }
      }
  }

  private static let shortWidth = 16

  private func isNumeric(_ rows: some Tabular, _ column: Int) -> Bool {
    rows.rowCount > 0
      && (0..<rows.rowCount).allSatisfy { row in
        guard pace.goesOn() else { return false }
        switch rows.cell(row: row, column: column) {
        case .value(.integer), .value(.decimal): return true
        default: return false
        }
      }
  }

  private static func markdown(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "\\", "*", "_", "`", "[", "]": result += "\\\(character)"
      case "<": result += "&lt;"
      case "&": result += "&amp;"
      default: result.append(character)
      }
    }
    return result
  }
}
