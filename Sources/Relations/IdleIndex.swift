import Terms

/// An index that nothing asks for at present, with the tuples of its relation that it lacks.
///
/// A recursion's plans change as its relations grow, and with them the orders by which they are read. To fill an index that
/// is not read would take as long as to fill one that is.
struct IdleIndex {
  let index: Index
  /// In the order of the relation's columns.
  var missing: [UInt32] = []
}

extension Relation {
  /// Parts the indexes after a union: those that were asked for since the last one stay, first the ones that were read, and
  /// the others become idle. Returns the ones that stay besides `target`, to which the new tuples were added already.
  func restIndexes(but target: Index) -> [Index] {
    if target.use == .none { target.use = .gathering }
    for index in indexes where index.use == .none { idleIndexes.append(IdleIndex(index: index)) }
    indexes = indexes.filter { $0.use == .reading } + indexes.filter { $0.use == .gathering }
    for index in indexes { index.use = .none }
    return indexes.filter { $0 !== target }
  }

  /// Notes new tuples for the idle indexes. One that would lack more than it has is given up: to make it anew is no dearer.
  func addToIdleIndexes(_ new: Relation) {
    if idleIndexes.isEmpty { return }
    guard let tuples = new.indexes[0].tuples else {
      idleIndexes = []
      return
    }
    for place in idleIndexes.indices { idleIndexes[place].missing += tuples }
    idleIndexes.removeAll { $0.missing.count > $0.index.count * arity }
  }

  /// Brings an idle index up to date; `nil` where there is none of the order.
  func wake(_ order: [Int]) -> Index? {
    guard let place = idleIndexes.firstIndex(where: { $0.index.order == order }) else { return nil }
    let idle = idleIndexes.remove(at: place)
    idle.missing.withUnsafeBufferPointer { fill(idle.index, fromTuples: $0, areNew: true) }
    if Pace.hasThreadToEnd { return nil }
    indexes.append(idle.index)
    return idle.index
  }

  /// Brings all idle indexes up to date.
  func wakeAll() {
    for order in idleIndexes.map(\.index.order) { _ = wake(order) }
  }

  /// What is wrong with the idle indexes; `nil` where all is well.
  func checkIdleIndexes() -> String? {
    for idle in idleIndexes {
      if let problem = idle.index.checkInvariants() { return "idle index \(idle.index.order): \(problem)" }
      let tuples = idle.index.count + idle.missing.count / arity
      if tuples != count { return "idle index \(idle.index.order) has and lacks \(tuples) tuples" }
    }
    return nil
  }
}
