import Diagnostics
import Language
import Terms

/// A query as a relation of its own, with what is to be done to its rows.
struct LoweredQuery {
  /// The relation whose columns are `columns` and then those that are only ordered by.
  let relation: RelationKey
  let columns: [String]
  /// The column to order by, and whether descending.
  let order: [(column: Int, descending: Bool)]
  let limit: Int?
  let offset: Int

  /// Lowers a query; `nil` where it has a mistake, which is reported to the base.
  init?(_ query: Query, in base: ClauseBase) {
    let lowering = Lowering(base)
    let scope = Lowering.Scope(outer: [:])
    lowering.register(namesIn: query.body, scope)
    let visible = Self.visibleVariables(query.body)
    var chosen = visible.filter { !$0.hasPrefix("_") }
    if let selection = query.selection {
      chosen = []
      for identifier in selection {
        Self.check(identifier, visible, "select", lowering)
        if !chosen.contains(identifier.name) { chosen.append(identifier.name) }
      }
    }
    columns = chosen
    for item in query.order {
      Self.check(item.variable, visible, "order by", lowering)
      if !chosen.contains(item.variable.name) { chosen.append(item.variable.name) }
    }
    order = query.order.map { item in (chosen.firstIndex(of: item.variable.name) ?? 0, item.descending) }
    limit = query.limit.map { Self.count($0, "limit", lowering, scope) } ?? nil
    offset = query.offset.flatMap { Self.count($0, "offset", lowering, scope) } ?? 0
    let alternatives = lowering.conjunctions(query.body, scope)
    if lowering.hasFailed { return nil }
    relation = base.makeAuxiliary(arity: chosen.count, name: "answer")
    let head = ClauseAtom(
      relation: relation, arguments: chosen.map { .variable(scope.numbers[$0] ?? 0) }, span: query.span)
    let clauses = lowering.finish(
      alternatives.flatMap { lowering.completed($0, given: []) }.map {
        var clause = lowering.clause(head, $0, query.span)
        clause.origin = .query
        return clause
      })
    if lowering.hasFailed { return nil }
    for clause in clauses { base.add(clause) }
  }

  /// The variables that stand outside of braces and negations, in order of first appearance.
  private static func visibleVariables(_ body: Formula) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    VariableNames.collectVisible(body) { if seen.insert($0.name).inserted { names.append($0.name) } }
    return names
  }

  private static func check(_ identifier: Identifier, _ known: [String], _ clause: String, _ lowering: Lowering) {
    if known.contains(identifier.name) { return }
    let nearest = Suggestion.nearest(to: identifier.name, among: known)
    lowering.fail(
      .selectUnbound, "`\(clause)` names `\(identifier.name)`, which the query does not bind", at: identifier.span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty ? nil : "its variables are \(known.joined(separator: ", "))"))
  }

  private static func count(
    _ expression: Expression, _ clause: String, _ lowering: Lowering, _ scope: Lowering.Scope
  ) -> Int? {
    var literals: [Literal] = []
    // An unknown parameter was reported, and there the argument is a variable.
    guard case .constant(let term) = lowering.argument(expression, types: [.any], scope, &literals, known: false) else {
      return nil
    }
    if let number = lowering.base.graph.terms.integer(term), number >= 0 { return Int(number) }
    let given = lowering.base.graph.terms.value(term)
    lowering.fail(
      .noWholeNumber, "`\(clause)` takes a whole number from 0, not \(given.inMessage)", at: expression.span)
    return nil
  }
}
