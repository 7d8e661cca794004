import Relations
import Terms

/// Finds in which ways a clause derives a row: the values that its variables can have.
final class ClauseInstances {
  private let evaluator: Evaluator
  private var joins: [Place: Join] = [:]

  /// Values by variable number; variables that live within groups only have none.
  typealias Binding = [Int: UInt32]

  /// What a join is kept under, for a clause that is asked for one row after the other.
  struct Place: Hashable {
    var relation: RelationKey
    /// The clause's number among those of the relation.
    var clause: Int
    /// Whether the recursion was taken out of its body.
    var isStep = false
  }

  private struct Join {
    var variables: [Int]
    var clause: ClauseJoin
  }

  init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// The bindings with which the literals hold, of which some variables are bound already, in the order of their numbers.
  /// - Parameters:
  ///   - most: how many are looked for.
  ///   - place: where the join is kept; the same place must stand for the same literals and given variables.
  func find(
    _ clause: Clause, _ literals: [Literal], given: Binding, most: Int, place: Place? = nil
  ) throws -> [Binding] {
    let join = place.flatMap { joins[$0] } ?? makeJoin(clause, literals, bound: Set(given.keys))
    if let place { joins[place] = join }
    let machine = join.clause.machine
    machine.prepare()
    var none: [Relation] = []
    machine.gather(without: nil, after: &none, most: most)
    for (variable, value) in given { machine.registers[variable] = value }
    try join.clause.run()
    var bindings: [Binding] = []
    for rows in machine.takeRows() {
      rows.forEachTuple { row in
        bindings.append(given.merging(zip(join.variables, row)) { $1 })
        return bindings.count < most
      }
    }
    return bindings
  }

  private func makeJoin(_ clause: Clause, _ literals: [Literal], bound: Set<Int>) -> Join {
    let variables = literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }.sorted()
    var part = clause
    part.body = literals
    part.head.arguments = variables.map { .variable($0) }
    let size = { [evaluator] in evaluator.size(of: $0) }
    let join = ClauseJoin(
      ClauseProgram(part, bound: bound, size: size), evaluator.computations,
      slot: { [evaluator] in evaluator.slot($0.relation) }, size: size,
      proceed: { [evaluator] _ in evaluator.proceed() })
    return Join(variables: variables, clause: join)
  }

  /// The bindings that a head's row gives, or `nil` where the head can't be that row.
  static func match(_ head: ClauseAtom, _ row: [UInt32]) -> Binding? {
    var binding: Binding = [:]
    for (argument, value) in zip(head.arguments, row) {
      switch argument {
      case .constant(let term): if term.number != value { return nil }
      case .variable(let number): if binding.updateValue(value, forKey: number) ?? value != value { return nil }
      }
    }
    return binding
  }

  static func row(_ atom: ClauseAtom, _ binding: Binding) -> [UInt32] {
    atom.arguments.map { argument in
      switch argument {
      case .constant(let term): term.number
      case .variable(let number): binding[number] ?? 0
      }
    }
  }
}
