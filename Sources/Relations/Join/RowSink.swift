/// Where the rows of a rule's head go: gathers those that are not known yet.
final class RowSink {
  /// The order of the head's columns in which rows are kept: the last is the one that comes as sets.
  @exclusivity(unchecked) private(set) var order: [Int]
  /// Rows that are known and not to be gathered again.
  @exclusivity(unchecked) private var known: Uncounted<Index>?
  /// How many rows came as sets while nothing was known.
  private var gatheredUnknowing = 0
  /// Whether rows come one by one, of which none is looked up.
  fileprivate var takesSingleRows = false
  /// Ends the join when so many rows were gathered since the last ``take()``.
  @exclusivity(unchecked) var mostRows = Int.max
  @exclusivity(unchecked) private var rowCount = 0
  /// How many rows were gathered since the last ``take()``; repeated ones count.
  var gathered: Int { rowCount }
  /// What was gathered since the last ``take()``, of rows that came as sets and of rows that came singly.
  @exclusivity(unchecked) private var fresh: Uncounted<Index>
  @exclusivity(unchecked) private var single: Relation
  /// Whether rows were gathered of which it is not known whether they are new.
  @exclusivity(unchecked) private var hasDoubtful = false
  private let scratch = SetBuffer()
  private let unknown = SetBuffer()

  init(order: [Int]) {
    self.order = order
    fresh = Uncounted(Index(order: order))
    single = Relation(arity: order.count)
  }

  /// Prepares an empty sink for a run that need not gather what a relation has, as far as that is cheap to tell. The rows
  /// are kept by the order by which the relation is read, if that has the same last column.
  /// - Parameter parts: what others have gathered of what the relation has not. Of three columns or more one of them is taken over
  ///   where that can be, so that the nodes of what both find are made once.
  func begin(without relation: Relation?, after parts: inout [Relation]) {
    known = nil
    guard !takesSingleRows, let relation, let last = order.last else { return }
    // To put the rows that are known in another order pays once as many were gathered without knowing any.
    let index =
      relation.index(endingWith: last)
      ?? (relation.count <= max(Self.fewRows, gatheredUnknowing) ? relation.index(order) : nil)
    guard let index else { return }
    known = Uncounted(index)
    keepRows(by: index.order)
    if let place = parts.firstIndex(where: canGoOn) { fresh = Uncounted(parts.remove(at: place).indexes.first) }
  }

  /// Whether rows may be added to what another sink has gathered.
  private func canGoOn(from part: Relation) -> Bool {
    order.count > 2 && part.lacksKnown && part.isSettled && part.orders == [order]
  }

  /// Prepares an empty sink as another one is.
  func begin(like other: RowSink) {
    known = other.known
    mostRows = other.mostRows
    keepRows(by: other.order)
  }

  private func keepRows(by order: [Int]) {
    if self.order == order { return }
    self.order = order
    fresh = Uncounted(Index(order: order))
  }

  /// So many rows are put in order at once.
  private static let fewRows = 1_000

  /// Puts in order what would be put in order on reading.
  func settle() { known?.object.settle() }

  /// The rows gathered since the last time, as a relation; the sink is empty then.
  func take() -> Relation {
    let relation = single
    rowCount = 0
    single = Relation(arity: order.count)
    if !order.isEmpty && fresh.object.count > 0 {
      if known == nil { gatheredUnknowing += rowCount }
      if let known = known?.object, known.use == .none { known.use = .gathering }
      relation.absorb(fresh.object)
      fresh = Uncounted(Index(order: order))
    }
    relation.lacksKnown = known != nil && !hasDoubtful
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
      known?.use { known in known.node(prefix).map { known.set(level: known.depth - 1, node: $0) } } ?? .empty
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
    // Often nothing of what a round finds is known, and then nothing is to be copied.
    if set.isBitmap && set.isDisjoint(with: other) { return set }
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

/// The sinks of a join or of an aggregate's parts, as they are made.
final class SinkList {
  private(set) var sinks: [RowSink] = []

  func make(_ order: [Int]) -> RowSink {
    let sink = RowSink(order: order)
    sinks.append(sink)
    return sink
  }
}

/// Emits the rows that registers, the head's other columns, make with a set.
final class EmitSetStep: JoinStep {
  private let sink: RowSink
  /// Of each column; of the last in the sink's order none.
  private let registers: [Int]
  private let set: SetExpression
  private let prefix: UnsafeMutablePointer<UInt32>

  /// - Parameter registers: those of the head's columns in the sink's order, without the last.
  init(_ sink: RowSink, registers: [Int], set: SetExpression) {
    self.sink = sink
    var ofColumns = [Int](repeating: 0, count: sink.order.count)
    for (column, register) in zip(sink.order, registers) { ofColumns[column] = register }
    self.registers = ofColumns
    self.set = set
    prefix = .allocate(capacity: max(1, registers.count))
    prefix.update(repeating: 0, count: max(1, registers.count))
  }

  deinit { prefix.deallocate() }

  override func run(_ machine: JoinMachine) -> Bool {
    let count = registers.count - 1
    for position in 0..<count { prefix[position] = machine.registers[registers[sink.order[position]]] }
    sink.add(UnsafeBufferPointer(start: prefix, count: count), set.evaluate(machine))
    return machine.tick() && !sink.isFull
  }
}

/// Emits one row, all of whose columns are registers.
final class EmitTupleStep: JoinStep {
  private let sink: RowSink
  private let registers: [Int]
  private let row: UnsafeMutablePointer<UInt32>

  /// - Parameter registers: those of the head's columns in their order; none for a head without columns, of which one
  ///   answer is enough.
  init(_ sink: RowSink, registers: [Int]) {
    self.sink = sink
    sink.takesSingleRows = true
    self.registers = registers
    row = .allocate(capacity: max(1, registers.count))
    row.update(repeating: 0, count: max(1, registers.count))
  }

  deinit { row.deallocate() }

  override func run(_ machine: JoinMachine) -> Bool {
    for position in registers.indices { row[position] = machine.registers[registers[position]] }
    sink.add(UnsafeBufferPointer(start: row, count: registers.count))
    return !registers.isEmpty && machine.tick() && !sink.isFull
  }
}
