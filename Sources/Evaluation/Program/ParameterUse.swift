import Language

/// Finds the parameters that a query rests on: its own, and those of the rules that it needs.
struct ParameterUse {
  private let program: Program
  private var names: Set<String> = []
  private var relations: Set<String> = []
  private var open: [String] = []

  /// The names of the parameters, in their order by bytes.
  static func names(in query: Query, _ program: Program) -> [String] {
    if program.parameters.isEmpty { return [] }
    var use = ParameterUse(program)
    use.collect(query.body)
    for bound in [query.limit, query.offset] { if let bound { use.collect(bound) } }
    while let relation = use.open.popLast() {
      for rule in program.rules(for: relation) {
        for argument in rule.head.arguments { use.collect(argument) }
        if let body = rule.body { use.collect(body) }
      }
    }
    return use.names.filter { program.parameters[$0] != nil }.sorted()
  }

  private init(_ program: Program) { self.program = program }

  private mutating func need(_ relation: String) { if relations.insert(relation).inserted { open.append(relation) } }

  private mutating func collect(_ formula: Formula) {
    switch formula {
    case .atom(let atom): need(atom.relation.name)
    case .path(let path, _, _, _, _): collect(path)
    case .comparison, .similar: break
    case .not(let inner, _): collect(inner)
    case .and(let parts), .or(let parts): for part in parts { collect(part) }
    }
    for expression in formula.expressions { collect(expression) }
  }

  private mutating func collect(_ path: PathExpression) {
    switch path {
    case .relation(let relation): need(relation.name)
    case .inverse(let inner), .oneOrMore(let inner), .zeroOrMore(let inner): collect(inner)
    case .alternatives(let parts): for part in parts { collect(part) }
    }
  }

  private mutating func collect(_ expression: Expression) {
    switch expression {
    case .constant, .variable, .negative, .binary, .call: for part in expression.parts { collect(part) }
    case .parameter(let identifier): names.insert(identifier.name)
    case .aggregate(let aggregate):
      for column in aggregate.columns { collect(column) }
      collect(aggregate.body)
    case .distance(let path, let from, let to, _):
      collect(path)
      collect(from)
      collect(to)
    }
  }
}
