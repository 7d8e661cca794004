/// A relation as a join reads it, which may be another one in each run: the delta of a round, say.
public final class RelationSlot {
  @exclusivity(unchecked) public var relation: Relation
  /// Adds the rows of a first term, or of all where none is given, to a relation that is computed as it is read.
  @exclusivity(unchecked) public var provide: ((UInt32?) -> Void)?
  public init(_ relation: Relation) { self.relation = relation }
}

/// A literal's way into its relation: an index by the order in which the join binds the literal's columns.
final class Access {
  let slot: RelationSlot
  /// The columns in the order in which they are bound; complete before the join runs.
  private(set) var order: [Int] = []
  let arity: Int
  /// The node register of level 0; that of level k is k further.
  let firstNode: Int
  @exclusivity(unchecked) private var index: Uncounted<Index>
  /// How often the index was taken up.
  @exclusivity(unchecked) private var preparations = 0

  init(_ slot: RelationSlot, firstNode: Int) {
    self.slot = slot
    self.firstNode = firstNode
    arity = slot.relation.arity
    index = Uncounted(Index(order: Array(0..<slot.relation.arity)))
  }

  /// Makes a column the next to be bound, and returns its level.
  func bind(column: Int) -> Int {
    order.append(column)
    return order.count - 1
  }

  /// Whether the join goes through the first terms, and does not only look some up.
  var needsAll = false

  /// Takes up the slot's relation as it is now, with its index. To be called before a run; columns that the join does
  /// not bind come last.
  /// - Parameter threads: how many may make an index that is missing.
  func prepare(threads: Int = 1) {
    if arity == 0 { return }
    if needsAll || order.first != 0 { slot.provide?(nil) }
    // Where nothing is bound, the tuples are only counted.
    if order.isEmpty { return }
    order = wholeOrder
    index = Uncounted(slot.relation.index(order, threads: threads))
    preparations += 1
  }

  private var wholeOrder: [Int] { order + (0..<arity).filter { !order.contains($0) } }

  /// The slot's relation where ``prepare()`` would first have to make an index of it.
  var missingIndex: Relation? {
    order.isEmpty || slot.relation.indexes.contains(wholeOrder) ? nil : slot.relation
  }

  /// Whether the relation is computed as it is read.
  var isLazy: Bool { slot.provide != nil }

  /// Puts in order what would be put in order on reading.
  func settle() { index.object.settle() }

  /// The terms that may follow at a level, given the node reached there.
  @inline(__always) func set(_ level: Int, _ machine: JoinMachine) -> SetView {
    index.use { $0.set(level: level, node: machine.nodes[firstNode + level]) }
  }

  /// Moves from a level to the next by a term; false where the index has no such node.
  @inline(__always) func descend(_ level: Int, _ term: UInt32, _ machine: JoinMachine) -> Bool {
    if level == 0, let provide = slot.provide { provide(term) }
    let node = index.use { $0.child(level: level, node: machine.nodes[firstNode + level], term: term) }
    guard let node else { return false }
    machine.nodes[firstNode + level + 1] = node
    return true
  }

  /// Adds the rows of terms to a buffer; a relation of two columns.
  func gather(_ terms: SetView, into buffer: SetBuffer) { index.object.levels[0].gather(terms, into: buffer) }

  /// The same for the terms of another access's row, with those of its neighbours at once; false, and nothing is done, where
  /// that is not worth it.
  func gather(_ row: AccessRow, _ product: RowProduct, into buffer: SetBuffer) -> Bool {
    if isLazy { return false }
    return product.gather(
      row.term, of: row.access.index.object.levels[0], through: index.object.levels[0],
      runs: (row.access.preparations, preparations), into: buffer)
  }

  /// Moves to a node that has nothing beneath it.
  func lose(_ level: Int, _ machine: JoinMachine) { machine.nodes[firstNode + level + 1] = .max }

  @inline(__always) func isLast(_ level: Int) -> Bool { level == arity - 1 }

  /// The number of tuples of the relation.
  var relationCount: Int { slot.relation.count }

  /// The relation as it is now.
  var relation: Relation { slot.relation }

  /// About how many tuples the relation has.
  var roughCount: Int { slot.relation.roughCount }
}

/// A level of an access: the set of the terms there once the levels above it are bound.
struct AccessLevel {
  let access: Access
  let level: Int
  init(_ access: Access, level: Int) {
    self.access = access
    self.level = level
  }

  /// Whether nothing is to be descended from it.
  var isLast: Bool { access.isLast(level) }
}

/// The set beside a term in an access of two columns.
struct AccessRow {
  let access: Access
  let term: UInt32
}

/// Levels of accesses that a step goes through again and again.
struct AccessLevels {
  private let accesses: UncountedList<Access>
  private let levels: [Int]

  init(_ levels: [AccessLevel]) {
    accesses = UncountedList(levels.map(\.access))
    self.levels = levels.map(\.level)
  }

  var count: Int { levels.count }

  /// The terms that may follow at the level of a position.
  @inline(__always) func set(_ position: Int, _ machine: JoinMachine) -> SetView {
    accesses.use(position) { $0.set(levels[position], machine) }
  }

  /// The row that the first position stands at, where it is one of a relation of two columns that stays as it is.
  func row(_ machine: JoinMachine) -> AccessRow? {
    accesses.use(0) { access in
      guard access.arity == 2, levels[0] == 1, !access.isLazy else { return nil }
      return AccessRow(access: access, term: machine.nodes[access.firstNode + 1])
    }
  }

  /// Binds a register to a term, by which each of the accesses moves on; false where one has nothing beneath it.
  @inline(__always) func bind(_ register: Int, to term: UInt32, _ machine: JoinMachine) -> Bool {
    machine.registers[register] = term
    for position in 0..<count {
      guard accesses.use(position, { $0.descend(levels[position], term, machine) }) else { return false }
    }
    return true
  }
}

/// A set computed from the registers: the intersection of the sets of some literals, and of sets gathered before,
/// without those of others, without the terms of some registers, and of what is left those above the term of one.
final class SetExpression {
  private let sources: AccessLevels
  private let gathered: UncountedList<SetBuffer>
  private let subtracted: AccessLevels
  private let unequal: [Int]
  private let above: Int?
  private let isView: Bool
  /// The sets of the sources and the gathered ones, while they are intersected.
  private let sets: UnsafeMutablePointer<SetView>
  /// Where sets are intersected, in turns.
  private let results = UncountedList([SetBuffer(), SetBuffer()])

  /// There must be at least one source or gathered set.
  init(
    sources: [AccessLevel], gathered: [SetBuffer] = [], subtracted: [AccessLevel] = [], unequal: [Int] = [],
    above: Int? = nil
  ) {
    self.sources = AccessLevels(sources)
    self.gathered = UncountedList(gathered)
    self.subtracted = AccessLevels(subtracted)
    self.unequal = unequal
    self.above = above
    isView = sources.count == 1 && gathered.isEmpty && subtracted.isEmpty && unequal.isEmpty && above == nil
    sets = .allocate(capacity: sources.count + gathered.count)
  }

  deinit { sets.deallocate() }

  /// The set; valid until the next evaluation and as long as its sources do not change.
  @inline(__always) func evaluate(_ machine: JoinMachine) -> SetView {
    isView ? sources.set(0, machine) : combine(machine)
  }

  /// The row that the set is, as a whole; `nil` where it is more or less than that.
  func viewedRow(_ machine: JoinMachine) -> AccessRow? { isView ? sources.row(machine) : nil }

  /// The number of the set's terms; an intersection of two is counted without being built.
  func count(_ machine: JoinMachine) -> Int {
    guard sources.count == 2, gathered.isEmpty, isReady else {
      return evaluate(machine).count
    }
    let (one, other) = (source(0, machine), sources.set(1, machine))
    return above == nil || !one.isBitmap ? one.intersectionCount(other) : evaluate(machine).count
  }

  /// Whether nothing is to be left out of the intersection.
  private var isReady: Bool { subtracted.count == 0 && unequal.isEmpty }

  /// The set of a source, without what is not above the least term where it is an array.
  @inline(__always) private func source(_ position: Int, _ machine: JoinMachine) -> SetView {
    let set = sources.set(position, machine)
    guard let above, !set.isBitmap else { return set }
    return set.elements(above: machine.registers[above])
  }

  private func combine(_ machine: JoinMachine) -> SetView {
    let count = sources.count + gathered.count
    var least = 0
    // One array that begins above the least term makes all that it meets do so.
    var isCut = above == nil
    for position in 0..<count {
      sets[position] =
        position < sources.count ? source(position, machine) : gathered.use(position - sources.count) { $0.view }
      if sets[position].isEmpty { return .empty }
      if sets[position].count < sets[least].count { least = position }
      isCut = isCut || position < sources.count && !sets[position].isBitmap
    }
    var met = sets[least]
    var target = 0
    for position in 0..<count where position != least {
      met = results.use(target) {
        $0.assignIntersection(met, sets[position])
        return $0.view
      }
      if met.isEmpty { return .empty }
      target = 1 - target
    }
    return isReady && isCut ? met : results.use(target) { reduced(met, $0, machine) }
  }

  private func reduced(_ set: SetView, _ target: SetBuffer, _ machine: JoinMachine) -> SetView {
    if subtracted.count == 0 { target.assign(set) }
    for position in 0..<subtracted.count {
      let excluded = subtracted.set(position, machine)
      if position == 0 { target.assignDifference(set, excluded) } else { target.subtract(excluded) }
    }
    for position in unequal.indices { target.remove(machine.registers[unequal[position]]) }
    if let above { target.removeAll(through: machine.registers[above]) }
    return target.view
  }
}
