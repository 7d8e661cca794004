import Relations
import Terms

/// Rows of the relation that stands for a query, as many as are asked for, without it being computed as a whole.
final class GoalRows {
  /// The terms that a column may have.
  typealias Choice = (column: Int, terms: [UInt32])

  private let evaluator: Evaluator
  private let clauses: [Clause]
  let arity: Int
  /// What stands for the choices of each column.
  private var keys: [Int: RelationKey] = [:]

  /// Computes what the query rests on.
  init(of goal: RelationKey, _ evaluator: Evaluator) throws {
    self.evaluator = evaluator
    arity = evaluator.base.arity(of: goal) ?? 0
    try evaluator.computeAll(below: goal)
    clauses = evaluator.base.clauses(for: goal)
  }

  /// The rows of some columns, or of all.
  /// - Parameters:
  ///   - choices: what some columns may have.
  ///   - most: the search ends once so many were found; repeated ones count.
  func rows(
    ofColumns columns: [Int]? = nil, among choices: [Choice] = [], most: Int = .max
  ) throws -> (relation: Relation, isFull: Bool) {
    let columns = columns ?? Array(0..<arity)
    let keys = choices.map { choice in key(choice) }
    defer { evaluator.forget(keys) }
    let relation = Relation(arity: columns.count)
    var parts: [Relation] = []
    var found = 0
    for clause in clauses {
      if found >= most { break }
      var part = clause
      part.head.arguments = columns.map { clause.head.arguments[$0] }
      part.body += zip(choices, keys).map { choice, key in
        .atom(ClauseAtom(relation: key, arguments: [clause.head.arguments[choice.column]], span: clause.span))
      }
      let compiled = evaluator.compile(part)
      compiled.mostRows = most == .max ? .max : most - found
      parts += try compiled.run(known: nil)
      found = compiled.isFull ? most : parts.reduce(0) { $0 + $1.count }
    }
    relation.add(parts)
    return (relation, found >= most)
  }

  private func key(_ choice: Choice) -> RelationKey {
    let key = keys[choice.column] ?? evaluator.base.makeAuxiliary(arity: 1, name: "first")
    keys[choice.column] = key
    let relation = Relation(arity: 1)
    relation.append(tuples: choice.terms)
    evaluator.slot(key).relation = relation
    return key
  }
}
