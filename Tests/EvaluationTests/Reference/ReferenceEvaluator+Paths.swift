import Terms

extension ReferenceEvaluator {
  /// The pairs that a path connects: from where it begins, if that is known.
  mutating func pairs(of path: ReferencePath, from: Operand, _ bindings: Bindings) throws -> [Row] {
    let isKnown = from.variables.allSatisfy { bindings[$0] != nil } && from != .wildcard
    let starts = isKnown ? [try Self.value(of: from, bindings)] : try starts(of: path)
    return try starts.flatMap { start in
      var ends =
        try path.repetition == .once ? ends(of: path, from: start) : Set(layers(of: path, from: start).joined())
      if path.repetition == .zeroOrMore { ends.insert(start) }
      return ends.map { [start, $0] }
    }
  }

  /// The least number of steps from one value to another; `nil` where no steps lead there.
  mutating func distance(_ path: ReferencePath, _ from: Value, _ to: Value) throws -> Int64? {
    if from == to { return 0 }
    return try layers(of: path, from: from).firstIndex { $0.contains(to) }.map { Int64($0) + 1 }
  }

  /// What is reached from a value by one step, by two steps and no fewer, and so on.
  private mutating func layers(of path: ReferencePath, from start: Value) throws -> [Set<Value>] {
    var layers: [Set<Value>] = []
    var seen: Set<Value> = []
    var last: Set<Value> = [start]
    while !last.isEmpty {
      var next: Set<Value> = []
      for value in last { next.formUnion(try ends(of: path, from: value)) }
      next.subtract(seen)
      seen.formUnion(next)
      layers.append(next)
      last = next
    }
    return layers
  }

  /// Where a single step leads from a value.
  private mutating func ends(of path: ReferencePath, from value: Value) throws -> Set<Value> {
    var ends: Set<Value> = []
    for step in path.steps {
      let (near, far) = step.isBackward ? (1, 0) : (0, 1)
      let rows = rows(of: try relation(of: step, path), with: value, in: near)
      try spend(rows.count + 1)
      for row in rows where try says(row, path) { ends.insert(row[far]) }
    }
    return ends
  }

  private mutating func starts(of path: ReferencePath) throws -> Set<Value> {
    var starts: Set<Value> = []
    for step in path.steps {
      // The name first, for asking for it may make the relation.
      let name = try relation(of: step, path)
      for row in relations[name, default: []] { starts.insert(row[step.isBackward ? 1 : 0]) }
    }
    return starts
  }

  /// The relation whose rows are a step's, with what its statements say.
  private mutating func relation(of step: ReferencePath.Step, _ path: ReferencePath) throws -> String {
    path.annotations.isEmpty ? step.relation : annotated(step.relation, path.annotations.map(\.key))
  }

  private func says(_ row: Row, _ path: ReferencePath) throws -> Bool {
    Array(row.dropFirst(2)) == (try path.annotations.map { try Self.value(of: $0.value, []) })
  }
}
