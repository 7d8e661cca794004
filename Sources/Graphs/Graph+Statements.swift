import Terms

extension Graph {
  /// A fact with all its statements.
  public struct Statement {
    public var relation: String
    public var arguments: [Term]
    /// For each statement of the fact that has annotations, these, in the order in which they were written.
    public var annotations: [[(key: String, value: Value)]]
  }

  /// The facts that an entity occurs in, by relation. Linear in the size of the graph.
  public func statements(about entity: Term) -> [Statement] {
    var result: [Statement] = []
    for name in relationNames {
      guard let relation = relation(named: name) else { continue }
      relation.facts.forEachTuple { tuple in
        if tuple.contains(entity.number) { result.append(statement(relation, Array(tuple))) }
        return true
      }
    }
    return result
  }

  /// A fact with its statements.
  public func statement(_ relation: StoredRelation, _ tuple: [UInt32]) -> Statement {
    let annotations = relation.statements.annotations(of: tuple).map { set in
      annotationSets.entries(set).map { (terms.value($0.key).plainText, terms.value($0.value)) }
    }
    return Statement(
      relation: relation.name, arguments: tuple.map { Term($0) },
      annotations: annotations.map { $0.map { (key: $0.0, value: $0.1) } })
  }

  /// The rows of a relation of which a single statement has all of the given keys, each followed by their values: what
  /// `relation(…) @ {key: Value, …}` matches.
  public func annotatedRows(_ relation: StoredRelation, keys: [Term], _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    let table = relation.statements
    var row: [UInt32] = []
    statements: for index in 0..<table.count {
      row.removeAll(keepingCapacity: true)
      row.append(contentsOf: table.tuple(index))
      for key in keys {
        guard let value = annotationSets.value(of: key, in: table.annotations[index]) else { continue statements }
        row.append(value.number)
      }
      row.withUnsafeBufferPointer(body)
    }
  }
}
