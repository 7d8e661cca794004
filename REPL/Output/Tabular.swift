import Sessions

/// What a printer writes as rows: the answers of a query, or what exploring and the commands of the shell list.
protocol Tabular {
  var columns: [String] { get }
  var rowCount: Int { get }
  func cell(row: Int, column: Int) -> Cell
  /// The entity that a row is about, by which the number of the row refers to it.
  func subject(ofRow row: Int) -> Term?
  /// The fact that a row tells, as source, for `?why` and the row's number; answers of a query have their own ways.
  func fact(ofRow row: Int) -> String?
  /// The columns of which each cell stands in one line however wide it is, as those of what is to be typed.
  var uncut: Set<Int> { get }
}

extension Tabular {
  var uncut: Set<Int> { [] }
}

/// One cell of rows.
enum Cell {
  /// Nothing is known here.
  case empty
  case value(Value)
  /// An entity by its id, which people see by its name.
  case entity(String, Term)
  /// A text that lists values, of which people see the entities by their names.
  case list(String, [Term])
}

extension Answers: Tabular {
  func cell(row: Int, column: Int) -> Cell {
    let value = value(row: row, column: column)
    if case .name(let id) = value { return .entity(id, term(row: row, column: column)) }
    if let parts = parts(row: row, column: column) { return .list(value.plainText, parts) }
    return .value(value)
  }

  func fact(ofRow row: Int) -> String? { nil }

  /// The first entity of the row.
  func subject(ofRow row: Int) -> Term? {
    for column in columns.indices {
      if case .entity(_, let term) = cell(row: row, column: column) { return term }
    }
    return nil
  }
}

/// Rows of which each cell is at hand.
struct Listing: Tabular {
  var columns: [String]
  var rows: [[Cell]] = []
  var uncut: Set<Int> = []
  /// For each row the entity that it is about, and the fact that it tells; empty where there are none.
  private var subjects: [Term?] = []
  private var facts: [String?] = []

  init(_ columns: [String]) { self.columns = columns }

  /// Rows of text alone.
  init(_ columns: [String], _ rows: [[String]]) {
    self.columns = columns
    self.rows = rows.map { $0.map { .value(.string($0)) } }
  }

  /// - Parameter fact: what the row tells, as source.
  mutating func append(_ cells: [Cell], about subject: Term? = nil, fact: String? = nil) {
    rows.append(cells)
    subjects.append(subject)
    facts.append(fact)
  }

  var rowCount: Int { rows.count }
  func cell(row: Int, column: Int) -> Cell { rows[row][column] }
  func subject(ofRow row: Int) -> Term? { subjects.indices.contains(row) ? subjects[row] : nil }
  func fact(ofRow row: Int) -> String? { facts.indices.contains(row) ? facts[row] : nil }
}

extension Cell {
  /// Text as a cell, which is empty where there is none.
  static func text(_ text: String?) -> Cell { text.map { $0.isEmpty ? .empty : .value(.string($0)) } ?? .empty }
  static func integer(_ number: Int) -> Cell { .value(.integer(Int64(number))) }
  static func optional(_ value: Value?) -> Cell { value.map { .value($0) } ?? .empty }
  static func date(_ date: DateSpan?) -> Cell { date.map { .value(.date($0)) } ?? .empty }
}
