extension ClosureShape {
  /// The relation whose rows are a closure's steps as they are.
  struct Edges {
    var relation: RelationKey
    var isBackward: Bool
  }

  /// The relation whose transitive closure this is; `nil` where the steps are more than the rows of one, or where the
  /// closure has other rows besides.
  func edges(_ evaluator: Evaluator) throws -> Edges? {
    guard canCompute, starts.count == 1, let start = Self.edges(of: starts[0]),
      try Primitive(evaluator).relation(key) == nil
    else { return nil }
    if form == .both { return start }
    guard steps.count == 1, let step = Self.edges(of: steps[0]), step.relation == start.relation,
      step.isBackward == start.isBackward
    else { return nil }
    return start
  }

  private static func edges(of clause: Clause) -> Edges? {
    guard clause.body.count == 1, let atom = atom(clause.body[0]), atom.arguments.count == 2,
      atom.arguments.allSatisfy({ $0.variable != nil }), atom.arguments[0] != atom.arguments[1]
    else { return nil }
    if clause.head.arguments == atom.arguments { return Edges(relation: atom.relation, isBackward: false) }
    if clause.head.arguments == atom.arguments.reversed() { return Edges(relation: atom.relation, isBackward: true) }
    return nil
  }
}
