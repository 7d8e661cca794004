import Graphs
import Terms

/// A fact as exploring shows it: its arguments, and what its statements say of it.
public struct Fact {
  public var relation: String
  public var arguments: [Term]
  /// Those of its statements that have annotations.
  public var statements: [Statement] = []
  /// The first date among its arguments.
  var argumentDate: DateSpan?
  /// Whether rules derive it and nobody states it.
  public var isInferred = false

  /// What one statement of a fact says besides it.
  public struct Statement {
    /// Where it is from, as far as it is told.
    public var source: Value?
    public var line: Value?
    /// When it holds: `at`, else what `from` and `until` span, of which one may be missing, else `date`.
    public var date: DateSpan?
    /// All other annotations in the order in which they were written.
    public var remarks: [(key: String, value: Value)]

    /// As in `report 19`.
    public var place: String {
      [source?.plainText, line?.plainText].compactMap { $0 }.joined(separator: " ")
    }

    /// As in `role: guest; note: late`.
    public var remark: String { remarks.map { "\($0.key): \($0.value.plainText)" }.joined(separator: "; ") }
  }

  init(_ statement: Graph.Statement, in graph: Graph) {
    self.init(statement.relation, statement.arguments, in: graph)
    statements = statement.annotations.map { Statement($0) }
  }

  /// A fact of which nothing is asked but what it is.
  init(_ relation: String, _ arguments: [Term], isInferred: Bool = false, in graph: Graph) {
    self.relation = relation
    self.arguments = arguments
    self.isInferred = isInferred
    argumentDate = arguments.lazy.compactMap { graph.date($0) }.first
  }

  /// The places of its statements, each once: `report 6, 24; letters 3`.
  public var places: String { Self.places(statements) }

  /// The places of some statements, as ``places-(property)``.
  public static func places(_ statements: [Statement]) -> String {
    var sources: [(source: String, lines: [String])] = []
    for statement in statements {
      let source = statement.source?.plainText ?? ""
      let line = statement.line?.plainText
      if source.isEmpty && line == nil { continue }
      let index = sources.firstIndex { $0.source == source } ?? sources.count
      if index == sources.count { sources.append((source, [])) }
      if let line, !sources[index].lines.contains(line) { sources[index].lines.append(line) }
    }
    return sources.map { entry in
      let lines = entry.lines.joined(separator: ", ")
      return entry.source.isEmpty ? "line \(lines)" : lines.isEmpty ? entry.source : "\(entry.source) \(lines)"
    }.joined(separator: "; ")
  }
}

extension Graph {
  /// The date that a term is, where it is one.
  func date(_ term: Term) -> DateSpan? {
    guard terms.kind(of: term) == .date, case .date(let date) = terms.value(term) else { return nil }
    return date
  }
}

extension Fact.Statement {
  init(_ annotations: [(key: String, value: Value)]) {
    func value(_ key: String) -> Value? { annotations.first { $0.key == key }?.value }
    func date(_ key: String) -> DateSpan? { if case .date(let date)? = value(key) { date } else { nil } }
    source = value("source")
    line = value("line")
    let from = date("from")
    let until = date("until")
    let span = from.flatMap { from in until.flatMap { DateSpan(from: from, to: $0) } }
    self.date = date("at") ?? span ?? from ?? until ?? date("date")
    remarks = annotations.filter { $0.key != "source" && $0.key != "line" }
  }
}
