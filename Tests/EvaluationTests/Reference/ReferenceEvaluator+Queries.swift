import Terms

extension ReferenceEvaluator {
  /// What each query of the program answers, in order; `nil` where it is an error.
  mutating func answers() throws -> [[Row]?] { try program.queries.map { try answers(to: $0.withoutExpressions) } }

  private mutating func answers(to query: ReferenceQuery) throws -> [Row]? {
    let keys = query.order + query.columns.map { ReferenceQuery.Key(variable: $0, isDescending: false) }
    let (all, fails) = try rows(of: query.body) { bindings in
      try keys.map { try Self.value(of: .variable($0.variable), bindings) }
    }
    if fails { return nil }
    let sorted = all.sorted { left, right in
      for (place, key) in keys.enumerated() where left[place] != right[place] {
        return (Value.order(left[place], right[place]) < 0) != key.isDescending
      }
      return false
    }
    var shown: [Row] = []
    var known: Set<Row> = []
    for row in sorted.map({ Array($0.suffix(query.columns.count)) }) where known.insert(row).inserted {
      shown.append(row)
    }
    return Array(shown.dropFirst(query.offset ?? 0).prefix(query.limit ?? .max))
  }
}
