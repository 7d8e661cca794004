import Sessions

/// TSV and CSV.
extension AnswerPrinter {
  func printTSV(_ rows: some Tabular) throws {
    if style.header { try output.write(rows.columns.joined(separator: "\t") + "\n") }
    for row in 0..<rows.rowCount {
      try pace.step(16)
      for column in rows.columns.indices {
        if column > 0 { try output.write(0x09) }
        try output.write(forReader(Self.tsv(field(rows.cell(row: row, column: column)))))
      }
      try output.write(0x0A)
    }
  }

  /// As RFC 4180 has it: lines end with CR LF, and a field with a comma, a quote or a line break stands in quotes.
  func printCSV(_ rows: some Tabular) throws {
    if style.header { try output.write(rows.columns.joined(separator: ",") + "\r\n") }
    for row in 0..<rows.rowCount {
      try pace.step(16)
      for column in rows.columns.indices {
        if column > 0 { try output.write(0x2C) }
        try output.write(Self.csv(forReader(field(rows.cell(row: row, column: column)))))
      }
      try output.write("\r\n")
    }
  }

  /// A cell as text; for spreadsheets an apostrophe stands before what they would compute. Numbers are what they are.
  private func field(_ cell: Cell) -> String {
    let text = text(cell)
    guard style.isForSpreadsheets else { return text }
    switch cell {
    case .value(.integer), .value(.decimal), .empty: return text
    case .value, .entity, .list: return Self.beginsFormula(text) ? "'" + text : text
    }
  }

  /// Whether a spreadsheet would take a text for a formula: by its first sign that is no space, be it a wide one, or as it begins
  /// with a tab or a line break.
  private static func beginsFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if "\t\r\n".unicodeScalars.contains(first) { return true }
    let sign = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return sign.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
  }

  /// Text for a file as it is; for a terminal without what would steer it.
  private func forReader(_ text: String) -> String {
    style.isTerminal ? Text.escapedForTerminal(text) : text
  }

  private static func tsv(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func csv(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
