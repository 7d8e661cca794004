import Sessions

/// Writes the answers of one query after another in one style.
final class AnswerPrinter {
  var style: Style
  var output: Output
  private let graph: Graph
  /// What loops over rows pass through.
  var pace: Pace { graph.pace }
  private var printed = 0
  /// The numbers of the queries that are asked: JSON lines say which one they answer if there are several.
  var queryNumbers = QueryNumbers()
  private(set) var queryNumber: Int?
  /// The rows that were written last.
  private(set) var last: (any Tabular)?
  /// The entities of the rows that are written now which share their label with another one there.
  private var homonyms: Set<Term> = []

  init(style: Style, output: Output, graph: Graph) {
    self.style = style
    self.output = output
    self.graph = graph
  }

  func print(_ answers: Answers) throws {
    queryNumber = queryNumbers.count > 1 ? queryNumbers[answers.query] : nil
    let parameters = Self.text(answers.parameters)
    defer { if style.format != .table, style.countsRows, let parameters { Output.writeError("note: \(parameters)\n") } }
    guard answers.columns.isEmpty else { return try print(rows: answers, with: parameters) }
    try setOff()
    last = answers
    try output.write(style.format.truth(answers.holds, query: queryNumber))
    if style.format == .table, style.countsRows, let parameters { try output.write("(\(parameters))\n") }
  }

  /// What a query rests on besides the graph: `with min = 2`.
  private static func text(_ parameters: [(name: String, value: Value)]) -> String? {
    if parameters.isEmpty { return nil }
    let values = parameters.map { "\($0.name) = \(Text.escapedForTerminal($0.value.description))" }
    return "with " + values.joined(separator: ", ")
  }

  /// Writes rows, which are then those that numbers refer to.
  /// - Parameter parameters: what is said of them below a table.
  func print(rows: some Tabular, with parameters: String? = nil) throws {
    try setOff()
    last = rows
    homonyms = showsNames ? graph.homonyms(among: try entities(rows)) : []
    try style.format.write(rows, with: parameters, self)
  }

  /// Whether entities are shown by their names.
  private var showsNames: Bool { style.format.isForPeople || style.labels }

  private func entities(_ rows: some Tabular) throws -> [Term] {
    var entities: [Term] = []
    for row in 0..<rows.rowCount {
      for column in rows.columns.indices {
        try graph.pace.step(8)
        if case .entity(_, let term) = rows.cell(row: row, column: column) { entities.append(term) }
      }
    }
    return entities
  }

  /// Parts answers from those before them, where people read them.
  func setOff() throws {
    if printed > 0 && style.format.isForPeople { try output.write("\n") }
    printed += 1
  }

  /// The next answers come first: nothing sets them off from others.
  func startOver() { printed = 0 }

  /// A cell as text: a name where names are shown and the entity has one, with its id where another entity of the answer is
  /// named so too; else the value as it is, without quotes.
  func text(_ cell: Cell) -> String {
    switch cell {
    case .empty: return ""
    case .value(let value): return value.plainText
    case .entity(let id, let term):
      guard showsNames, let label = graph.label(of: term) else { return id }
      return homonyms.contains(term) ? "\(label) (\(id))" : label
    case .list(let text, let parts): return showsNames ? parts.map(name).joined(separator: ", ") : text
    }
  }

  /// The name of an entity that has one, and any other value as it is.
  private func name(_ term: Term) -> String {
    let name = graph.terms.isName(term) ? graph.label(of: term) : nil
    return name ?? graph.terms.value(term).plainText
  }

  /// As ``text(_:)``, without anything that would steer a terminal.
  func safeText(_ cell: Cell) -> String { Text.escapedForTerminal(text(cell)) }
}
