import Language
import Relations
import Terms

/// Finds in which ways a clause derives a row: the values that its variables can have.
struct ClauseInstances {
  let evaluator: Evaluator

  /// Values by variable number; variables that live within groups only have none.
  typealias Binding = [Int: UInt32]

  /// The most ways that are looked at.
  static let mostInstances = 10_000

  /// The bindings with which the literals hold, of which some variables are bound already, in the order of their numbers.
  func find(_ clause: Clause, _ literals: [Literal], given: Binding) throws -> [Binding] {
    let variables = literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }.sorted()
    let head = variables.map { Argument.variable($0) }
    let layout = JoinLayout(
      clause, isLate: true, slot: { evaluator.slot($0.relation) },
      size: { RelationSize(of: evaluator.slot($0.relation).relation) })
    var sinks: [RowSink] = []
    let compiler = PlanCompiler(
      literals, head: head, layout: layout, computations: evaluator.computations,
      makeSink: { order in
        let sink = RowSink(order: order)
        sink.mostRows = Self.mostInstances
        sinks.append(sink)
        return sink
      })
    let step = compiler.compile(bound: Set(given.keys), goal: .emit)
    let machine = layout.makeMachine(proceed: evaluator.proceed)
    for access in layout.accesses { access.prepare() }
    for (variable, value) in given { machine.registers[variable] = value }
    try machine.run(step)
    var bindings: [Binding] = []
    for sink in sinks {
      sink.take().forEachTuple { row in
        bindings.append(given.merging(zip(variables, row)) { $1 })
        return bindings.count < Self.mostInstances
      }
    }
    return bindings
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
