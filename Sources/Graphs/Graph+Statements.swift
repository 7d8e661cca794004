import Terms

extension Graph {
  /// A fact with all its statements.
  public struct Statement {
    public var relation: String
    public var arguments: [Term]
    /// For each statement of the fact that has annotations, these, in the order in which they were written.
    public var annotations: [[(key: String, value: Value)]]
  }

  /// The facts that a term occurs in, by relation, and within one by the argument that it is.
  ///
  /// Takes as long as there are such facts, but for the first time that a relation is asked for one of its arguments.
  public func statements(about term: Term) -> [Statement] {
    relationNames.flatMap { name -> [Statement] in
      guard let relation = relations[name] else { return [] }
      var result: [Statement] = []
      for column in 0..<relation.arity {
        relation.forEachFact(where: column, is: term) { tuple in
          // A fact that has the term twice was met at the first.
          if tuple.firstIndex(of: term.number) == column { result.append(statement(relation, tuple)) }
          return true
        }
      }
      return result
    }
  }

  /// A fact with its statements.
  public func statement(_ relation: StoredRelation, _ tuple: [UInt32]) -> Statement {
    let annotations = relation.annotations(of: tuple).map { set in
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
