/// A relation as a join reads it, which may be another one in each run: the delta of a round, say.
public final class RelationSlot {
  public var relation: Relation
  public init(_ relation: Relation) { self.relation = relation }
}

/// A literal's way into its relation: an index by the order in which the join binds the literal's columns.
public final class Access {
  let slot: RelationSlot
  /// The columns in the order in which they are bound; complete before the join runs.
  public private(set) var order: [Int] = []
  private let arity: Int
  /// The node register of level 0; that of level k is k further.
  let firstNode: Int
  private(set) var index: Index

  public init(_ slot: RelationSlot, firstNode: Int) {
    self.slot = slot
    self.firstNode = firstNode
    arity = slot.relation.arity
    index = Index(order: Array(0..<slot.relation.arity))
  }

  /// Makes a column the next to be bound, and returns its level.
  public func bind(column: Int) -> Int {
    order.append(column)
    return order.count - 1
  }

  /// Takes up the slot's relation as it is now, with its index. To be called before a run; columns that the join does
  /// not bind come last.
  public func prepare() {
    if arity == 0 { return }
    for column in 0..<arity where !order.contains(column) { order.append(column) }
    index = slot.relation.index(order)
  }

  /// The terms that may follow at a level, given the node reached there.
  @inline(__always) func set(_ level: Int, _ machine: JoinMachine) -> SetView {
    index.set(level: level, node: machine.nodes[firstNode + level])
  }

  /// Moves from a level to the next by a term; false where the index has no such node.
  @inline(__always) func descend(_ level: Int, _ term: UInt32, _ machine: JoinMachine) -> Bool {
    guard let node = index.child(level: level, node: machine.nodes[firstNode + level], term: term) else { return false }
    machine.nodes[firstNode + level + 1] = node
    return true
  }

  /// Moves to a node that has nothing beneath it.
  func lose(_ level: Int, _ machine: JoinMachine) { machine.nodes[firstNode + level + 1] = .max }

  @inline(__always) func isLast(_ level: Int) -> Bool { level == arity - 1 }

  /// Whether a level is the last, so that nothing is to be descended from it.
  public func isLastLevel(_ level: Int) -> Bool { isLast(level) }

  /// The number of tuples of the relation.
  public var relationCount: Int { slot.relation.count }
}

/// A level of an access: the set of the terms there once the levels above it are bound.
public struct AccessLevel {
  public let access: Access
  public let level: Int
  public init(_ access: Access, level: Int) {
    self.access = access
    self.level = level
  }
}

/// A set computed from the registers: the intersection of the sets of some literals, and of sets gathered before,
/// without those of others and without the terms of some registers.
public final class SetExpression {
  private let sources: [AccessLevel]
  private let gathered: [SetBuffer]
  private let subtracted: [AccessLevel]
  private let unequal: [Int]
  private let isView: Bool
  private let result = SetBuffer()
  private let other = SetBuffer()

  /// There must be at least one source or gathered set.
  public init(
    sources: [AccessLevel], gathered: [SetBuffer] = [], subtracted: [AccessLevel] = [], unequal: [Int] = []
  ) {
    self.sources = sources
    self.gathered = gathered
    self.subtracted = subtracted
    self.unequal = unequal
    isView = sources.count == 1 && gathered.isEmpty && subtracted.isEmpty && unequal.isEmpty
  }

  /// The set; valid until the next evaluation and as long as its sources do not change.
  @inline(__always) func evaluate(_ machine: JoinMachine) -> SetView {
    isView ? sources[0].access.set(sources[0].level, machine) : combine(machine)
  }

  private func combine(_ machine: JoinMachine) -> SetView {
    var view: SetView?
    var target = result
    var spare = other
    func meet(_ set: SetView) {
      guard let current = view else {
        view = set
        return
      }
      target.assignIntersection(current, set)
      view = target.view
      swap(&target, &spare)
    }
    for source in sources {
      meet(source.access.set(source.level, machine))
      if view?.isEmpty == true { return .empty }
    }
    for buffer in gathered { meet(buffer.view) }
    guard let met = view, !met.isEmpty, !subtracted.isEmpty || !unequal.isEmpty else { return view ?? .empty }
    target.assign(met)
    for source in subtracted { target.subtract(source.access.set(source.level, machine)) }
    for register in unequal { target.remove(machine.registers[register]) }
    return target.view
  }
}
