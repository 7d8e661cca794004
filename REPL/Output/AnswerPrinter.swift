import Tiltas

/// Writes the answers of one query after another in one style.
final class AnswerPrinter {
  var style: Style
  let output: Output
  private let graph: Graph
  private var printed = 0

  init(style: Style, output: Output, graph: Graph) {
    self.style = style
    self.output = output
    self.graph = graph
  }

  func print(_ answers: Answers) throws {
    if printed > 0 && style.format.isForPeople { try output.write("\n") }
    printed += 1
    guard !answers.columns.isEmpty else { return try printTruth(answers.holds) }
    switch style.format {
    case .table: try printTable(answers)
    case .tsv: try printTSV(answers)
    case .csv: try printCSV(answers)
    case .json: try printJSON(answers)
    case .jsonl: try printJSONLines(answers)
    case .markdown: try printMarkdown(answers)
    case .list: try printList(answers)
    }
  }

  /// The next answers come first: nothing sets them off from others.
  func startOver() { printed = 0 }

  /// A cell as text: a name where names are shown and the entity has one, else the value as it is, without quotes.
  func text(_ answers: Answers, _ row: Int, _ column: Int) -> String {
    let value = answers.value(row: row, column: column)
    if case .name(let id) = value {
      let named = style.format.isForPeople || style.labels
      return named ? graph.label(of: answers.term(row: row, column: column)) ?? id : id
    }
    return value.plainText
  }

  /// As ``text(_:_:_:)``, without anything that would steer a terminal.
  func safeText(_ answers: Answers, _ row: Int, _ column: Int) -> String {
    Text.escapedForTerminal(text(answers, row, column))
  }

  private func printTruth(_ holds: Bool) throws {
    switch style.format {
    case .json, .jsonl: try output.write(holds ? "true\n" : "false\n")
    case .csv: try output.write(holds ? "yes\r\n" : "no\r\n")
    default: try output.write(holds ? "yes\n" : "no\n")
    }
  }
}
