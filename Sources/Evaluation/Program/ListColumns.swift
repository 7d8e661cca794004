import Language

/// Finds the variables of a query that hold what `list{…}` has made, in the query itself or in the rules that it asks.
struct ListColumns {
  private let program: Program
  private var seen: Set<Position> = []

  private struct Position: Hashable {
    var relation: String
    var argument: Int
  }

  init(_ program: Program) { self.program = program }

  /// The names of such variables.
  mutating func names(in body: Formula) -> Set<String> {
    switch body {
    case .and(let parts), .or(let parts): return parts.reduce(into: []) { $0.formUnion(names(in: $1)) }
    case .comparison(.equal, let left, let right, _):
      if let name = Self.name(left), Self.isList(right) { return [name] }
      if let name = Self.name(right), Self.isList(left) { return [name] }
      return []
    case .atom(let atom):
      var names: Set<String> = []
      for (number, argument) in atom.arguments.enumerated() {
        if let name = Self.name(argument), isList(Position(relation: atom.relation.name, argument: number)) {
          names.insert(name)
        }
      }
      return names
    default: return []
    }
  }

  private mutating func isList(_ position: Position) -> Bool {
    guard seen.insert(position).inserted else { return false }
    defer { seen.remove(position) }
    for rule in program.rules(for: position.relation) where position.argument < rule.head.arguments.count {
      let argument = rule.head.arguments[position.argument]
      if Self.isList(argument) { return true }
      if let name = Self.name(argument), let body = rule.body, names(in: body).contains(name) { return true }
    }
    return false
  }

  private static func name(_ expression: Expression) -> String? {
    if case .variable(let identifier) = expression { identifier.name } else { nil }
  }

  private static func isList(_ expression: Expression) -> Bool {
    if case .aggregate(let aggregate) = expression { aggregate.kind == .list } else { false }
  }
}
