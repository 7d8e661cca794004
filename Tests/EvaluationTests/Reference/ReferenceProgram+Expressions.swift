import Terms

/// Programs in which what is computed in an argument is computed by a literal of its own.
extension ReferenceRule {
  var withoutExpressions: ReferenceRule {
    var taking = ExpressionTaking()
    var computed: [ReferenceLiteral] = []
    var rule = self
    rule.head.arguments = rule.head.arguments.map { taking.variable(for: $0, &computed) }
    rule.body = taking.body(rule.body) + computed
    return rule
  }
}

extension ReferenceQuery {
  var withoutExpressions: ReferenceQuery {
    var taking = ExpressionTaking()
    var query = self
    query.body = taking.body(query.body)
    return query
  }
}

/// Takes expressions out of arguments.
private struct ExpressionTaking {
  private var next = ReferenceProgram.variableCount

  mutating func body(_ literals: [ReferenceLiteral]) -> [ReferenceLiteral] { literals.flatMap { self.literals($0) } }

  /// What stands for an operand, with the literal that computes it.
  mutating func variable(for operand: Operand, _ computed: inout [ReferenceLiteral]) -> Operand {
    guard operand.isExpression else { return operand }
    next += 1
    computed.append(.comparison(.equal, .variable(next - 1), operand))
    return .variable(next - 1)
  }

  private mutating func literals(_ literal: ReferenceLiteral) -> [ReferenceLiteral] {
    var computed: [ReferenceLiteral] = []
    switch literal {
    case .atom(var atom):
      atom.arguments = atom.arguments.map { variable(for: $0, &computed) }
      for place in atom.annotations.indices {
        atom.annotations[place].value = variable(for: atom.annotations[place].value, &computed)
      }
      return [.atom(atom)] + computed
    case .not(let inner): return [.not(body(inner))]
    case .either(let branches): return [.either(branches.map { body($0) })]
    case .aggregate(let result, let kind, let columns, let inner):
      let columns = columns.map { variable(for: $0, &computed) }
      return [.aggregate(result: result, kind, columns: columns, body(inner) + computed)]
    case .comparison, .path, .distance, .condition, .similar: return [literal]
    }
  }
}

extension ReferenceLiteral {
  /// The relations of which all must be known for it.
  var wholeRelations: Set<String> {
    switch self {
    case .not, .aggregate: Set(relations.map(\.name))
    case .either(let branches): Set(branches.flatMap { $0.flatMap(\.wholeRelations) })
    default: []
    }
  }
}
