import Terms

/// Computations that fail for some values, what keeps them from these, and the places where both may stand.
extension ProgramGenerator {
  /// An expression that fails for some of the values that its variables have, or has no value for them.
  mutating func failing(_ draft: Draft, of own: Int? = nil) -> Operand? {
    let numbers = draft.variables(.number)
    var choices: [Operand] = []
    if let number = own ?? numbers.randomElement(using: &random) {
      let other = numbers.randomElement(using: &random).map { Operand.variable($0) } ?? .constant(.integer(6))
      let huge = Operand.constant(.integer(ReferenceEvaluator.huge))
      choices += [
        .binary(.divide, other, .variable(number)), .binary(.modulo, other, .variable(number)),
        .binary(.multiply, .variable(number), huge),
        .binary(.add, .binary(.modulo, .constant(.integer(5)), .variable(number)), other),
      ]
    }
    if let text = draft.variables(.text).randomElement(using: &random) {
      choices.append(.call(.toNumber, [.variable(text)]))
    }
    if let date = draft.variables(.date).randomElement(using: &random) {
      choices.append(.call(one([.year, .month, .day]), [.variable(date)]))
    }
    return choices.randomElement(using: &random)
  }

  private mutating func comparison(_ operand: Operand) -> ReferenceLiteral {
    let limit = Operand.constant(.integer(Int64(random.number(0...2))))
    return .comparison(one([.greater, .lessOrEqual, .notEqual, .equal]), operand, limit)
  }

  mutating func addFailing(below level: Int, to draft: inout Draft) {
    guard let operand = failing(draft) else { return }
    switch random.number(0...9) {
    case 0, 1: draft.body.append(comparison(operand))
    case 2, 3: bind(operand, .other, &draft)
    case 4: draft.body.append(.not([comparison(operand)]))
    case 5, 6: addFailingNegation(below: level, to: &draft)
    case 7, 8: addFailingAggregate(below: level, to: &draft)
    default: addFailingAlternatives(operand, below: level, to: &draft)
    }
    for variable in operand.variables.sorted() where random.happens(40) { addGuard(variable, below: level, to: &draft) }
  }

  /// Something that most often keeps a computation from the values for which it fails.
  private mutating func addGuard(_ variable: Int, below level: Int, to draft: inout Draft) {
    let operand = Operand.variable(variable)
    switch draft.kind(of: variable) {
    case .number:
      let zero = Operand.constant(.integer(0))
      draft.body.append(
        one([
          .comparison(.greater, operand, zero), .not([.comparison(.equal, operand, zero)]),
          .not([.comparison(.lessOrEqual, .binary(.add, operand, .constant(.integer(1))), .constant(.integer(1)))]),
          .comparison(.less, operand, .constant(.integer(3))),
        ]))
    case .text:
      draft.body.append(
        random.happens(50)
          ? .condition(.contains, [operand, .constant(.string("1"))])
          : .not([.not([.condition(.startsWith, [operand, .constant(.string("12"))])])]))
    default: addNegation(below: level, to: &draft)
    }
  }

  private mutating func addFailingNegation(below level: Int, to draft: inout Draft) {
    let (atom, columns) = counted(below: level, &draft)
    guard let own = columns.first(where: { draft.kind(of: $0) == .number }), let operand = failing(draft, of: own)
    else { return }
    var body = [ReferenceLiteral.atom(atom), comparison(operand)]
    if random.happens(40) { body.append(.comparison(.notEqual, .variable(own), .constant(.integer(0)))) }
    for other in columns where other != own {
      body.append(.comparison(.notEqual, .variable(other), .constant(.integer(1))))
    }
    if !operand.variables.contains(own) { body.append(.comparison(.less, .variable(own), .constant(.integer(9)))) }
    draft.body.append(.not(body.shuffled(using: &random)))
  }

  private mutating func addFailingAggregate(below level: Int, to draft: inout Draft) {
    let (atom, columns) = counted(below: level, &draft)
    guard let own = columns.first(where: { draft.kind(of: $0) == .number }), let operand = failing(draft, of: own),
      let result = draft.result(.other)
    else { return }
    var body = [ReferenceLiteral.atom(atom)]
    var operands = columns.map { Operand.variable($0) }
    var kind = ReferenceAggregate.count
    if random.happens(40) { body.append(comparison(operand)) }
    if random.happens(40) { body.append(.comparison(.greater, .variable(own), .constant(.integer(0)))) }
    if own == columns[0] && random.happens(60) {
      operands[0] = .binary(.multiply, .variable(own), .constant(.integer(ReferenceEvaluator.huge)))
      kind = one([.sum, .max, .count])
    }
    draft.body.append(.aggregate(result: result, kind, columns: operands, body.shuffled(using: &random)))
    draft.bound.insert(result)
  }

  /// Alternatives of which one may fail, and which bind nothing.
  private mutating func addFailingAlternatives(_ operand: Operand, below level: Int, to draft: inout Draft) {
    let other = ReferenceLiteral.atom(inner(relation(upTo: level - 1), &draft))
    draft.body.append(.either([[comparison(operand)], [other]].shuffled(using: &random)))
  }
}
