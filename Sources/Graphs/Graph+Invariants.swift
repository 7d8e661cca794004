import Relations
import Terms

extension Graph {
  /// What is wrong with the graph; `nil` where all is well. Looks at everything that it holds, and reads what has not come
  /// from its stores yet.
  public func checkInvariants() -> String? {
    if let problem = terms.checkInvariants() { return "terms: \(problem)" }
    if let problem = annotationSets.checkInvariants(terms: terms.count) { return "annotations: \(problem)" }
    if let problem = checkTypes() { return "types: \(problem)" }
    if let name = doubtfulNames.first(where: { !isKnown($0) }) { return "the doubtful name \(name) is no term" }
    for (name, relation) in relations.sorted(by: { $0.key < $1.key }) {
      if relation.name != name { return "the relation `\(relation.name)` is found as `\(name)`" }
      if let problem = check(relation) { return "the relation `\(name)`: \(problem)" }
    }
    return nil
  }

  private func isKnown(_ number: UInt32) -> Bool { Int(number) < terms.count }

  private func checkTypes() -> String? {
    if Set(typeNames).count != typeNames.count { return "one is listed twice" }
    if let name = typeNames.first(where: { !isType($0) }) { return "`\(name)` is in the list and not declared" }
    for (name, relation) in relations where relation.isType != isType(name) {
      return "`\(name)` is \(relation.isType ? "" : "not ")a type by its relation alone"
    }
    return typeNames.first { relations[$0] == nil }.map { "`\($0)` has no relation" }
  }

  private func check(_ relation: StoredRelation) -> String? {
    if relation.facts.arity != relation.arity { return "its facts have \(relation.facts.arity) columns" }
    if let count = relation.declaration?.positions.count, count != relation.arity {
      return "it is declared with \(count) columns"
    }
    if let problem = relation.facts.checkInvariants() { return problem }
    var unknown: UInt32?
    relation.facts.forEachTuple { tuple in
      unknown = tuple.first { !isKnown($0) }
      return unknown == nil
    }
    return unknown.map { "a fact speaks of \($0), which is no term" } ?? checkStatements(of: relation)
  }

  private func checkStatements(of relation: StoredRelation) -> String? {
    let statements = relation.statements
    if statements.arity != relation.arity { return "its statements have \(statements.arity) columns" }
    if statements.arguments.count != statements.count * relation.arity { return "a statement is cut off" }
    for index in 0..<statements.count {
      if statements.annotations[index].number >= UInt32(annotationSets.count) {
        return "statement \(index) has annotations that there are not"
      }
      if !relation.facts.contains(Array(statements.tuple(index))) { return "statement \(index) is of no fact" }
    }
    return nil
  }
}
