/// Where the rows of a rule's head go: gathers those that are not known yet.
public final class RowSink {
  /// The order of the head's columns in which rows come: the last is the one that comes as sets.
  public let order: [Int]
  /// Rows that are known and not to be gathered again.
  public var known: Index? {
    get { heldIndex?.object }
    set { heldIndex = newValue.map { Uncounted($0) } }
  }
  @exclusivity(unchecked) private var heldIndex: Uncounted<Index>?
  /// Ends the join when so many rows were gathered since the last ``take()``.
  @exclusivity(unchecked) public var mostRows = Int.max
  @exclusivity(unchecked) private var rowCount = 0
  /// How many rows were gathered since the last ``take()``; repeated ones count.
  public var gathered: Int { rowCount }
  /// What was gathered since the last ``take()``, of rows that came as sets and of rows that came singly.
  @exclusivity(unchecked) private var fresh: Uncounted<Index>
  @exclusivity(unchecked) private var single: Relation
  /// Whether rows were gathered of which it is not known whether they are new.
  @exclusivity(unchecked) private var hasDoubtful = false
  private let scratch = SetBuffer()
  private let unknown = SetBuffer()

  public init(order: [Int]) {
    self.order = order
    fresh = Uncounted(Index(order: order))
    single = Relation(arity: order.count)
  }

  /// The rows gathered since the last time, as a relation; the sink is empty then.
  public func take() -> Relation {
    let relation = single
    rowCount = 0
    single = Relation(arity: order.count)
    if !order.isEmpty && fresh.object.count > 0 {
      relation.absorb(fresh.object)
      fresh = Uncounted(Index(order: order))
    }
    relation.lacksKnown = heldIndex != nil && !hasDoubtful
    hasDoubtful = false
    return relation
  }

  /// Forgets what was gathered.
  func clear() {
    fresh = Uncounted(Index(order: order))
    single = Relation(arity: order.count)
    rowCount = 0
    hasDoubtful = false
  }

  /// Takes over what another sink of the same order has gathered, which is empty then.
  func absorb(_ other: RowSink) {
    if !order.isEmpty && other.fresh.object.count > 0 {
      fresh.object.absorb(other.fresh.object, new: scratch)
    }
    single.append(contentsOf: other.single)
    rowCount += other.rowCount
    hasDoubtful = hasDoubtful || other.hasDoubtful
    other.clear()
  }

  func add(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    if set.isEmpty { return }
    rowCount += set.count
    let old =
      heldIndex?.use { known in known.node(prefix).map { known.set(level: known.depth - 1, node: $0) } } ?? .empty
    if order.count > 2 && set.count < Self.fewTerms {
      return addTuples(prefix, old.isEmpty ? set : difference(set, old))
    }
    fresh.use { fresh in
      if fresh.insertInPlace(prefix, set, without: old) { return }
      let new = old.isEmpty ? set : difference(set, old)
      if !new.isEmpty { fresh.insert(prefix, new, using: scratch) }
    }
  }

  private func difference(_ set: SetView, _ other: SetView) -> SetView {
    unknown.assignDifference(set, other)
    return unknown.view
  }

  private static let fewTerms = 4

  /// Rows of many columns that come one by one are sorted in together in the end, which is far cheaper than to insert each.
  private func addTuples(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: order.count) { row in
      for position in 0..<prefix.count { row[order[position]] = prefix[position] }
      set.forEachNumber { term in
        row[order[prefix.count]] = term
        single.append(UnsafeBufferPointer(row))
        return true
      }
    }
  }

  /// Adds one row in the order of the head's columns.
  func add(_ row: UnsafeBufferPointer<UInt32>) {
    rowCount += 1
    hasDoubtful = true
    single.append(row)
  }

  /// Whether as many rows were gathered as are wanted; repeated ones count.
  var isFull: Bool { rowCount >= mostRows }
}

/// Emits the rows that registers, the head's other columns, make with a set.
public final class EmitSetStep: JoinStep {
  private let sink: RowSink
  private let registers: [Int]
  private let set: SetExpression
  private let prefix: UnsafeMutablePointer<UInt32>

  /// - Parameter registers: those of the head's columns in the sink's order, without the last.
  public init(_ sink: RowSink, registers: [Int], set: SetExpression) {
    self.sink = sink
    self.registers = registers
    self.set = set
    prefix = .allocate(capacity: max(1, registers.count))
    prefix.update(repeating: 0, count: max(1, registers.count))
  }

  deinit { prefix.deallocate() }

  public override func run(_ machine: JoinMachine) -> Bool {
    for position in registers.indices { prefix[position] = machine.registers[registers[position]] }
    sink.add(UnsafeBufferPointer(start: prefix, count: registers.count), set.evaluate(machine))
    return machine.tick() && !sink.isFull
  }
}

/// Emits one row, all of whose columns are registers.
public final class EmitTupleStep: JoinStep {
  private let sink: RowSink
  private let registers: [Int]
  private let row: UnsafeMutablePointer<UInt32>

  /// - Parameter registers: those of the head's columns in their order; none for a head without columns, of which one
  ///   answer is enough.
  public init(_ sink: RowSink, registers: [Int]) {
    self.sink = sink
    self.registers = registers
    row = .allocate(capacity: max(1, registers.count))
    row.update(repeating: 0, count: max(1, registers.count))
  }

  deinit { row.deallocate() }

  public override func run(_ machine: JoinMachine) -> Bool {
    for position in registers.indices { row[position] = machine.registers[registers[position]] }
    sink.add(UnsafeBufferPointer(start: row, count: registers.count))
    return !registers.isEmpty && machine.tick() && !sink.isFull
  }
}
