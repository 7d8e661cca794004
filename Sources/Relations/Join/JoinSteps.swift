/// Binds a variable to each term of a set in turn.
public final class LoopStep: JoinStep, OutermostLoop {
  private let register: Int
  private let set: SetExpression
  /// The accesses that move on to their next level by the variable's term.
  private let descents: AccessLevels
  private let next: Uncounted<JoinStep>

  public init(register: Int, set: SetExpression, descents: [AccessLevel], next: JoinStep) {
    self.register = register
    self.set = set
    self.descents = AccessLevels(descents)
    self.next = Uncounted(next)
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    set.evaluate(machine).forEachNumber { visit($0, machine) }
  }

  public func terms(_ machine: JoinMachine) -> SetView { set.evaluate(machine) }

  @inline(__always) public func visit(_ term: UInt32, _ machine: JoinMachine) -> Bool {
    guard machine.tick() else { return false }
    guard descents.bind(register, to: term, machine) else { return true }
    return next.use { $0.run(machine) }
  }
}

/// Goes on where literals hold for terms that are bound already: each moves on by a register, or on its last level
/// must contain it.
public final class CheckStep: JoinStep {
  public struct Check {
    fileprivate let access: Access
    fileprivate let place: Place

    /// - Parameter negated: the literal must not hold; where it can't move on, it has nothing on its further levels.
    public init(_ access: Access, level: Int, register: Int, negated: Bool = false) {
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

  public init(_ checks: [Check], next: JoinStep) {
    accesses = UncountedList(checks.map(\.access))
    places = checks.map(\.place)
    self.next = Uncounted(next)
  }

  public override func run(_ machine: JoinMachine) -> Bool {
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
public final class HoldsStep: JoinStep {
  private let access: Access
  private let negated: Bool
  private let next: JoinStep

  public init(_ access: Access, negated: Bool, next: JoinStep) {
    self.access = access
    self.negated = negated
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    (access.slot.relation.isEmpty != negated) || next.run(machine)
  }
}

/// Goes on where a set is not empty.
public final class NonEmptyStep: JoinStep {
  private let set: SetExpression
  private let next: JoinStep

  public init(_ set: SetExpression, next: JoinStep) {
    self.set = set
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool { set.evaluate(machine).isEmpty || next.run(machine) }
}

/// Goes on where a part of the body has a solution, or where `negated`, has none. The part ends in ``FoundStep``.
public final class ExistsStep: JoinStep {
  private let parts: [JoinStep]
  private let negated: Bool
  private let next: JoinStep

  /// - Parameter parts: alternatives, of which one is to have a solution.
  public init(_ parts: [JoinStep], negated: Bool, next: JoinStep) {
    self.parts = parts
    self.negated = negated
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    let found = parts.contains { !$0.run(machine) }
    if machine.failure != nil { return false }
    return found == negated || next.run(machine)
  }
}

/// Ends the search of an ``ExistsStep``.
public final class FoundStep: JoinStep {
  public override func run(_ machine: JoinMachine) -> Bool { false }
}

/// Goes on where a part of the body has a solution, after all its solutions were looked at. The part ends in the witness.
public final class SearchStep: JoinStep {
  private let part: JoinStep
  private let witness: WitnessStep
  private let next: JoinStep

  public init(_ part: JoinStep, _ witness: WitnessStep, next: JoinStep) {
    self.part = part
    self.witness = witness
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    witness.isFound = false
    _ = part.run(machine)
    if machine.failure != nil { return false }
    return !witness.isFound || next.run(machine)
  }
}

/// Notes a solution for a ``SearchStep``, which goes on.
public final class WitnessStep: JoinStep {
  @exclusivity(unchecked) fileprivate var isFound = false

  public override func run(_ machine: JoinMachine) -> Bool {
    isFound = true
    return machine.tick()
  }
}

/// Runs a part that puts terms into a buffer, and goes on with the set.
public final class GatherStep: JoinStep {
  private let buffer: SetBuffer
  private let parts: [JoinStep]
  private let next: JoinStep

  public init(into buffer: SetBuffer, parts: [JoinStep], next: JoinStep) {
    self.buffer = buffer
    self.parts = parts
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    buffer.clear()
    for part in parts {
      _ = part.run(machine)
      if machine.failure != nil { return false }
    }
    return next.run(machine)
  }
}

/// Runs a part that ends in a ``ViewStep``, and goes on with ``JoinMachine/view``: the set as it lies in a relation.
public final class WithViewStep: JoinStep {
  private let part: JoinStep
  private let next: JoinStep

  public init(_ part: JoinStep, next: JoinStep) {
    self.part = part
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    machine.view = .empty
    _ = part.run(machine)
    return machine.failure == nil && next.run(machine)
  }
}

/// Notes a set.
public final class ViewStep: JoinStep {
  private let set: SetExpression

  public init(_ set: SetExpression) { self.set = set }

  public override func run(_ machine: JoinMachine) -> Bool {
    machine.view = set.evaluate(machine)
    return machine.tick()
  }
}

/// Adds a whole set to a buffer.
public final class CollectSetStep: JoinStep {
  private let buffer: SetBuffer
  private let set: SetExpression

  public init(into buffer: SetBuffer, set: SetExpression) {
    self.buffer = buffer
    self.set = set
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    buffer.formUnion(set.evaluate(machine))
    return machine.tick()
  }
}

/// Adds the rows that the terms of a set lead to in a relation of two columns to a buffer.
public final class CollectRowsStep: JoinStep {
  private let buffer: SetBuffer
  private let set: SetExpression
  private let access: Access
  private let product = RowProduct()
  /// A product is made for some 64 terms at once, and not interrupted.
  private static let stepsAProduct = 64

  public init(into buffer: SetBuffer, set: SetExpression, access: Access) {
    self.buffer = buffer
    self.set = set
    self.access = access
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    let terms = set.evaluate(machine)
    if terms.isBitmap, let row = set.viewedRow(machine), access.gather(row, product, into: buffer) {
      return machine.tick(Self.stepsAProduct)
    }
    access.gather(terms, into: buffer)
    return machine.tick(terms.count)
  }
}

/// Adds a register's term to a buffer.
public final class CollectTermStep: JoinStep {
  private let buffer: SetBuffer
  private let register: Int

  public init(into buffer: SetBuffer, register: Int) {
    self.buffer = buffer
    self.register = register
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    buffer.insert(machine.registers[register])
    return true
  }
}

/// Runs parts that emit rows, and goes on when they have ended.
public final class SequenceStep: JoinStep {
  private let parts: [JoinStep]
  private let next: JoinStep

  public init(_ parts: [JoinStep], next: JoinStep) {
    self.parts = parts
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    for part in parts {
      _ = part.run(machine)
      if machine.failure != nil { return false }
    }
    return next.run(machine)
  }
}

/// Computes on the registers: goes on where the computation answers true.
public final class ComputeStep: JoinStep {
  private let compute: (JoinMachine) throws -> Bool
  private let passesOver: ((any Error) -> Bool)?
  private let next: JoinStep

  /// - Parameter passesOver: whether an error of the computation ends no more than the row.
  public init(
    _ compute: @escaping (JoinMachine) throws -> Bool, passesOver: ((any Error) -> Bool)? = nil, next: JoinStep
  ) {
    self.compute = compute
    self.passesOver = passesOver
    self.next = next
  }

  public override func run(_ machine: JoinMachine) -> Bool {
    do {
      return try compute(machine) ? next.run(machine) : true
    } catch {
      if passesOver?(error) == true { return true }
      machine.failure = error
      return false
    }
  }
}
