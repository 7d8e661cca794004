import Terms

/// Negations, alternatives and aggregates.
extension ProgramGenerator {
  /// A literal over a relation whose variables are bound ones and one's own.
  mutating func inner(_ relation: Relation, _ draft: inout Draft, own: Int? = nil, percentOwn: Int = 0)
    -> ReferenceAtom
  {
    let bound = draft.bound.sorted()
    let arguments = relation.columns.map { column -> Operand in
      if let own, random.happens(percentOwn), draft.may(own, standIn: column) { return .variable(own) }
      let fitting = bound.filter {
        draft.may($0, standIn: column) && (column.kind == .number || draft.kind(of: $0) != .number)
      }
      if random.happens(75), let variable = fitting.randomElement(using: &random) { return .variable(variable) }
      return random.happens(50) ? .wildcard : .constant(constant(column))
    }
    let annotations = random.happens(25) && !arguments.isEmpty ? boundPatterns(draft) : []
    return ReferenceAtom(
      relation: relation.name, arguments: arguments, annotations: annotations,
      asksForFacts: has(.annotations) && !arguments.isEmpty && random.happens(15))
  }

  mutating func addNegation(below level: Int, to draft: inout Draft) {
    if has(.names) && random.happens(20), let variable = draft.entities.sorted().randomElement(using: &random) {
      draft.body.append(.not([.similar(.variable(variable), .constant(.string(words())))]))
      return
    }
    let own = draft.local()
    let isGroup = random.happens(15)
    let percentOwn = isGroup ? 40 : 0
    var atoms = [inner(relation(upTo: level - 1), &draft, own: own, percentOwn: percentOwn)]
    if isGroup { atoms.append(inner(relation(upTo: level - 1), &draft, own: own, percentOwn: percentOwn)) }
    // A variable that stands in a negation once is an error.
    if atoms.flatMap(\.arguments).count(where: { $0 == .variable(own) }) == 1 {
      for place in atoms.indices {
        atoms[place].arguments = atoms[place].arguments.map { $0 == .variable(own) ? .wildcard : $0 }
      }
    }
    draft.body.append(.not(atoms.map { .atom($0) }))
  }

  /// Two literals as alternatives, each of which binds the same variable.
  mutating func addAlternatives(below level: Int, to draft: inout Draft) {
    let shared = random.number(0...2)
    let branches = (0..<2).compactMap { _ -> [ReferenceLiteral]? in
      let relation = relation(upTo: level - 1, leastArity: 1)
      let places = relation.columns.indices.filter { draft.may(shared, standIn: relation.columns[$0]) }
      guard let place = places.randomElement(using: &random) else { return nil }
      let own = draft.local()
      var atom = inner(relation, &draft, own: own, percentOwn: 20)
      atom.arguments[place] = .variable(shared)
      return [.atom(atom)]
    }
    guard branches.count == 2 else { return }
    draft.body.append(.either(branches))
    draft.bound.insert(shared)
  }

  /// An atom with one's own variables in one or several of its columns, which an aggregate is of.
  mutating func counted(below level: Int, _ draft: inout Draft) -> (atom: ReferenceAtom, columns: [Int]) {
    let relation = relation(upTo: level - 1, leastArity: 1)
    let place = random.number(0...relation.columns.count - 1)
    let own = draft.local(relation.columns[place].kind)
    var atom = inner(relation, &draft, own: own, percentOwn: 10)
    atom.arguments[place] = .variable(own)
    var columns = [own]
    for other in relation.columns.indices where other != place && random.happens(40) && columns.count < 3 {
      columns.append(draft.local(relation.columns[other].kind))
      atom.arguments[other] = .variable(columns[columns.count - 1])
    }
    return (atom, columns)
  }

  mutating func addAggregate(below level: Int, to draft: inout Draft) {
    let (atom, columns) = counted(below: level, &draft)
    let kind = draft.kind(of: columns[0])
    var aggregate = ReferenceAggregate.count
    if kind == .number && random.happens(50) {
      aggregate = one(breadth == .core ? [.sum, .min, .max] : [.sum, .min, .max, .avg])
    } else if breadth == .wide && random.happens(20) {
      aggregate = one([.min, .max])
    }
    if breadth != .core && random.happens(15) { aggregate = .list }
    var operands = columns.map { Operand.variable($0) }
    if breadth == .wide && kind == .number && random.happens(20) { operands[0] = sum(of: columns[0]) }
    let result: Int? =
      switch aggregate {
      case .count, .sum: draft.result(.number)
      case .avg: draft.result(.other)
      case .list: draft.result(.text)
      case .min, .max: draft.result(kind == .number || kind == .date || kind == .text ? kind : .other)
      }
    guard let result else { return }
    draft.body.append(.aggregate(result: result, aggregate, columns: operands, [.atom(atom)]))
    draft.bound.insert(result)
  }

  /// An aggregate of what is told of by another one: `count{ X : p(X, _), M = count{ Y : q(X, Y) }, M > 0 }`.
  mutating func addNestedAggregate(below level: Int, to draft: inout Draft) {
    guard let result = draft.result(.number) else { return }
    let (atom, columns) = counted(below: level, &draft)
    var within = draft
    within.bound.formUnion(columns)
    let (innerAtom, innerColumns) = counted(below: level, &within)
    let innerResult = within.local(.number)
    draft = carried(draft, within)
    let kind: ReferenceAggregate = draft.kind(of: innerColumns[0]) == .number ? one([.sum, .count, .max]) : .count
    let inner = ReferenceLiteral.aggregate(
      result: innerResult, kind, columns: innerColumns.map { .variable($0) }, [.atom(innerAtom)])
    var body = [.atom(atom), inner]
    if random.happens(60) {
      body.append(.comparison(one([.greater, .notEqual]), .variable(innerResult), .constant(.integer(1))))
    }
    var operands = columns.map { Operand.variable($0) }
    if random.happens(40) { operands.insert(.variable(innerResult), at: 0) }
    let isSum = operands[0] == .variable(innerResult) && random.happens(70)
    draft.body.append(
      .aggregate(result: result, isSum ? .sum : .count, columns: operands, body.shuffled(using: &random)))
    draft.bound.insert(result)
  }

  /// A draft with the local variables that a group within it has taken.
  private func carried(_ draft: Draft, _ within: Draft) -> Draft {
    var carried = within
    carried.bound = draft.bound
    return carried
  }
}
