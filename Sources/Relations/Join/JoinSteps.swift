/// Binds a variable to each term of a set in turn.
final class LoopStep: JoinStep, OutermostLoop {
  private let register: Int
  private let set: SetExpression
  /// The accesses that move on to their next level by the variable's term.
  private let descents: AccessLevels
  private let next: Uncounted<JoinStep>

  init(register: Int, set: SetExpression, descents: [AccessLevel], next: JoinStep) {
    self.register = register
    self.set = set
    self.descents = AccessLevels(descents)
    self.next = Uncounted(next)
  }

  override func run(_ machine: JoinMachine) -> Bool {
    set.evaluate(machine).forEachNumber { visit($0, machine) }
  }

  func terms(_ machine: JoinMachine) -> SetView { set.evaluate(machine) }

  @inline(__always) func visit(_ term: UInt32, _ machine: JoinMachine) -> Bool {
    guard machine.tick() else { return false }
    guard descents.bind(register, to: term, machine) else { return true }
    return next.use { $0.run(machine) }
  }
}

/// Goes on where literals hold for terms that are bound already: each moves on by a register, or on its last level
/// must contain it.
final class CheckStep: JoinStep {
  struct Check {
    fileprivate let access: Access
    fileprivate let place: Place

    /// - Parameter negated: the literal must not hold; where it can't move on, it has nothing on its further levels.
    init(_ access: Access, level: Int, register: Int, negated: Bool = false) {
      self.access = access
      place = Place(level: level, register: register, negated: negated)
    }
  }

  /// Where in its access a check is done.
  fileprivate struct Place {
    let level: Int
    let register: Int
    let negated: Bool
  }

  private let accesses: UncountedList<Access>
  private let places: [Place]
  private let next: Uncounted<JoinStep>

  init(_ checks: [Check], next: JoinStep) {
    accesses = UncountedList(checks.map(\.access))
    places = checks.map(\.place)
    self.next = Uncounted(next)
  }

  override func run(_ machine: JoinMachine) -> Bool {
    for position in places.indices {
      guard accesses.use(position, { Self.holds(places[position], $0, machine) }) else { return true }
    }
    return next.use { $0.run(machine) }
  }

  @inline(__always) private static func holds(_ place: Place, _ access: Access, _ machine: JoinMachine) -> Bool {
    let term = machine.registers[place.register]
    if access.isLast(place.level) { return access.set(place.level, machine).contains(term) != place.negated }
    if access.descend(place.level, term, machine) { return true }
    if place.negated { access.lose(place.level, machine) }
    return place.negated
  }
}

/// Goes on where a relation without columns holds, or where `negated`, does not.
final class HoldsStep: JoinStep {
  private let access: Access
  private let negated: Bool
  private let next: JoinStep

  init(_ access: Access, negated: Bool, next: JoinStep) {
    self.access = access
    self.negated = negated
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    (access.slot.relation.isEmpty != negated) || next.run(machine)
  }
}

/// Goes on where a set is not empty.
final class NonEmptyStep: JoinStep {
  private let set: SetExpression
  private let next: JoinStep

  init(_ set: SetExpression, next: JoinStep) {
    self.set = set
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool { set.evaluate(machine).isEmpty || next.run(machine) }
}

/// Goes on where a part of the body has a solution, or where `negated`, has none. The part ends in ``FoundStep``.
final class ExistsStep: JoinStep {
  private let parts: [JoinStep]
  private let negated: Bool
  private let next: JoinStep

  /// - Parameter parts: alternatives, of which one is to have a solution.
  init(_ parts: [JoinStep], negated: Bool, next: JoinStep) {
    self.parts = parts
    self.negated = negated
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    let found = parts.contains { !$0.run(machine) }
    if machine.failure != nil { return false }
    return found == negated || next.run(machine)
  }
}

/// Ends the search of an ``ExistsStep``.
final class FoundStep: JoinStep {
  override func run(_ machine: JoinMachine) -> Bool { false }
}

/// Goes on where a part of the body has a solution, after all its solutions were looked at. The part ends in the witness.
final class SearchStep: JoinStep {
  private let part: JoinStep
  private let witness: WitnessStep
  private let next: JoinStep

  init(_ part: JoinStep, _ witness: WitnessStep, next: JoinStep) {
    self.part = part
    self.witness = witness
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    witness.isFound = false
    _ = part.run(machine)
    if machine.failure != nil { return false }
    return !witness.isFound || next.run(machine)
  }
}

/// Notes a solution for a ``SearchStep``, which goes on.
final class WitnessStep: JoinStep {
  @exclusivity(unchecked) fileprivate var isFound = false

  override func run(_ machine: JoinMachine) -> Bool {
    isFound = true
    return machine.tick()
  }
}

/// Runs a part that puts terms into a buffer, and goes on with the set.
final class GatherStep: JoinStep {
  private let buffer: SetBuffer
  private let parts: [JoinStep]
  private let next: JoinStep

  init(into buffer: SetBuffer, parts: [JoinStep], next: JoinStep) {
    self.buffer = buffer
    self.parts = parts
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.clear()
    return machine.runAll(parts) && next.run(machine)
  }
}

/// Runs a part that ends in a ``ViewStep``, and goes on with ``JoinMachine/view``: the set as it lies in a relation.
final class WithViewStep: JoinStep {
  private let part: JoinStep
  private let next: JoinStep

  init(_ part: JoinStep, next: JoinStep) {
    self.part = part
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.view = .empty
    _ = part.run(machine)
    return machine.failure == nil && next.run(machine)
  }
}

/// Notes a set.
final class ViewStep: JoinStep {
  private let set: SetExpression

  init(_ set: SetExpression) { self.set = set }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.view = set.evaluate(machine)
    return machine.tick()
  }
}

/// Adds a whole set to a buffer.
final class CollectSetStep: JoinStep {
  private let buffer: SetBuffer
  private let set: SetExpression

  init(into buffer: SetBuffer, set: SetExpression) {
    self.buffer = buffer
    self.set = set
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.formUnion(set.evaluate(machine))
    return machine.tick()
  }
}

/// Adds the rows that the terms of a set lead to in a relation of two columns to a buffer.
final class CollectRowsStep: JoinStep {
  private let buffer: SetBuffer
  private let set: SetExpression
  private let access: Access
  private let product = RowProduct()
  /// A product is made for some 64 terms at once, and not interrupted.
  private static let stepsAProduct = 64

  init(into buffer: SetBuffer, set: SetExpression, access: Access) {
    self.buffer = buffer
    self.set = set
    self.access = access
  }

  override func run(_ machine: JoinMachine) -> Bool {
    let terms = set.evaluate(machine)
    if terms.isBitmap, let row = set.viewedRow(machine), access.gather(row, product, into: buffer) {
      return machine.tick(Self.stepsAProduct)
    }
    access.gather(terms, into: buffer)
    return machine.tick(terms.count)
  }
}

/// Adds a register's term to a buffer.
final class CollectTermStep: JoinStep {
  private let buffer: SetBuffer
  private let register: Int

  init(into buffer: SetBuffer, register: Int) {
    self.buffer = buffer
    self.register = register
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.insert(machine.registers[register])
    return true
  }
}

/// Gathers the values that parts put into a buffer, and goes on with them as ``JoinMachine/view``.
final class AggregateSetStep: JoinStep {
  private let buffer: SetBuffer
  private let parts: [JoinStep]
  private let next: JoinStep

  init(into buffer: SetBuffer, parts: [JoinStep], next: JoinStep) {
    self.buffer = buffer
    self.parts = parts
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.clear()
    guard machine.runAll(parts) else { return false }
    machine.view = buffer.view
    return next.run(machine)
  }
}

/// Gathers the rows that parts emit, and goes on to ``JoinMachine/takeAggregated()``.
final class AggregateRowsStep: JoinStep {
  private let sinks: SinkList
  private let parts: [JoinStep]
  private let next: JoinStep

  init(_ sinks: SinkList, parts: [JoinStep], next: JoinStep) {
    self.sinks = sinks
    self.parts = parts
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    guard machine.runAll(parts) else { return false }
    machine.aggregated = sinks.sinks.map { $0.take() }
    return next.run(machine)
  }
}

/// Goes on with the number of a relation's rows as ``JoinMachine/counted``.
final class CountRowsStep: JoinStep {
  private let access: Access
  private let next: JoinStep

  init(of access: Access, next: JoinStep) {
    self.access = access
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.counted = access.slot.relation.count
    return next.run(machine)
  }
}

/// Ends a join whose program makes no sense.
final class BrokenStep: JoinStep {
  private let reason: String

  init(_ reason: String) { self.reason = reason }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.failure = JoinProgram.Broken(reason: reason)
    return false
  }
}

/// Computes on the registers: goes on where the computation answers true.
final class ComputeStep: JoinStep {
  private let compute: (JoinMachine) throws -> Bool
  private let passesOver: ((any Error) -> Bool)?
  private let next: JoinStep

  /// - Parameter passesOver: whether an error of the computation ends no more than the row.
  init(
    _ compute: @escaping (JoinMachine) throws -> Bool, passesOver: ((any Error) -> Bool)? = nil, next: JoinStep
  ) {
    self.compute = compute
    self.passesOver = passesOver
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    do {
      return try compute(machine) ? next.run(machine) : true
    } catch {
      if passesOver?(error) == true { return true }
      machine.failure = error
      return false
    }
  }
}
