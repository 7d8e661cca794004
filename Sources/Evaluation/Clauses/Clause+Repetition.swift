/// A relation whose rows a clause repeats, with its columns in an order.
struct Repetition: Equatable {
  var relation: RelationKey
  /// For each column of the head that of the relation.
  var order: [Int]
}

extension Clause {
  /// What the clause repeats where it does nothing else; `nil` where it has conditions or leaves columns out.
  var repetition: Repetition? {
    guard body.count == 1, case .atom(let atom) = body[0], head.arguments.count == atom.arguments.count,
      atom.arguments.allSatisfy({ $0.variable != nil }), atom.variables.count == atom.arguments.count
    else { return nil }
    let order = head.arguments.compactMap(atom.arguments.firstIndex)
    return Set(order).count == atom.arguments.count ? Repetition(relation: atom.relation, order: order) : nil
  }
}
