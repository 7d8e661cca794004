import Tiltas

/// The formats for people: tables, Markdown and lists.
extension AnswerPrinter {
  func printTable(_ answers: Answers) throws {
    var table = TextTable(columns: answers.columns)
    table.rightAligned = Set(answers.columns.indices.filter { isNumeric(answers, $0) })
    for row in 0..<answers.rowCount {
      table.rows.append(answers.columns.indices.map { safeText(answers, row, $0) })
    }
    for line in table.lines(style: style) { try output.write(line + "\n") }
    if style.countsRows { try output.write("(\(Decimals.count(answers.rowCount, "row", "rows")))\n") }
  }

  func printMarkdown(_ answers: Answers) throws {
    try output.write("| " + answers.columns.joined(separator: " | ") + " |\n")
    let rules = answers.columns.indices.map { isNumeric(answers, $0) ? "---:" : "---" }
    try output.write("| " + rules.joined(separator: " | ") + " |\n")
    for row in 0..<answers.rowCount {
      let cells = answers.columns.indices.map { Self.markdown(safeText(answers, row, $0)) }
      try output.write("| " + cells.joined(separator: " | ") + " |\n")
    }
  }

  /// Row by row, a line for each column.
  func printList(_ answers: Answers) throws {
    for row in 0..<answers.rowCount {
      if row > 0 { try output.write("\n") }
      for (column, name) in answers.columns.enumerated() {
        try output.write("\(name): \(safeText(answers, row, column))\n")
      }
    }
  }

  private func isNumeric(_ answers: Answers, _ column: Int) -> Bool {
    answers.rowCount > 0
      && (0..<answers.rowCount).allSatisfy { row in
        switch answers.value(row: row, column: column) {
        case .integer, .decimal: true
        default: false
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
