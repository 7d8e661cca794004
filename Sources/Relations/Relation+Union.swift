import Terms
import Threads

extension Relation {
  /// The tuples of relations that are to be added to another one.
  public struct Addition {
    let target: Relation
    let others: [Relation]
    let newOrders: [[Int]]
    let isAsKnown: Bool

    /// - Parameters:
    ///   - newOrders: orders of the columns by which what is new will be asked for; it may be asked for others too.
    ///   - isAsKnown: whether the target is still as those that gathered the others knew it; these are not to be used any
    ///     more then.
    public init(
      of others: [Relation], to target: Relation, newOrders: [[Int]] = [], isAsKnown: Bool = false
    ) {
      self.target = target
      self.others = others
      self.newOrders = newOrders
      self.isAsKnown = isAsKnown
    }

    var numberCount: Int { others.reduce(0) { $0 + $1.count * $1.arity } }
  }

  /// Adds all tuples of another relation that are not here yet, and returns them as a relation of their own.
  public func formUnion(_ other: Relation) -> Relation { formUnion([other]) }

  /// Adds all tuples of other relations that are not here yet, and returns them as a relation of their own.
  public func formUnion(_ others: [Relation]) -> Relation { add(Addition(of: others, to: self), threads: 1) }

  /// Adds to several relations, no two the same, all tuples that are not there yet; returns what was new of each.
  public static func formUnions(_ additions: [Addition], threads: Int) -> [Relation] {
    let sizes = additions.map(\.numberCount)
    // Those that are not the largest one are done meanwhile.
    let isLong = sizes.reduce(0, +) - (sizes.max() ?? 0) >= manyNumbers
    guard threads > 1, isLong else { return additions.map { $0.target.add($0, threads: threads) } }
    let largestFirst = additions.indices.sorted { sizes[$0] > sizes[$1] }
    return [Relation](unsafeUninitializedCapacity: additions.count) { new, count in
      let new = new
      SharedTasks.forEach(below: additions.count, threads: threads) { number in
        let addition = additions[largestFirst[number]]
        // All threads that there may be are busy with other relations.
        new.initializeElement(at: largestFirst[number], to: addition.target.add(addition, threads: 1))
      }
      count = additions.count
    }
  }

  /// To fill an index with so many numbers takes longer than to start a thread, several times over.
  private static let manyNumbers = 1 << 14

  /// Tuples are taken row by row in the order of the largest one's first index, where there is an index of that order here.
  private func add(_ addition: Addition, threads: Int) -> Relation {
    let others = addition.others
    settle()
    leaveSupply()
    for other in others { other.settle() }
    guard arity > 0, let largest = others.max(by: { $0.count < $1.count }) else { return holding(others) }
    takeOrder(largest.indexes.first.order)
    let target = indexes.find(largest.indexes.first.order) ?? indexes.first
    if target.isPacked { return unite(others) }
    let isNew = addition.isAsKnown && largest.lacksKnown && largest.indexes.first.order == target.order
    let new = isNew ? largest : Relation(index: Index(order: target.order))
    let pace = Pace.ofThread
    if isNew { target.fill(from: largest.indexes.first, areNew: true, using: scratch) }
    for other in others where other !== new {
      other.index(target.order).forEachRow { prefix, set in
        if let pace, !pace.goesOn(after: 4) { return false }
        if target.insert(prefix, set, new: scratch) > 0 { new.indexes.first.insertNew(prefix, scratch.view) }
        return true
      }
    }
    if new.isEmpty { return new }
    let open = indexes.rest(but: target, lacking: new.indexes.first)
    if arity == 2 {
      // What is new of pairs is mostly read next, and in both orders.
      for index in open {
        index.fill(from: new.index(index.order, threads: threads), areNew: true, using: scratch)
      }
    } else {
      new.fill(open, andMake: addition.newOrders, threads)
    }
    return new
  }

  /// Puts the tuples of a new relation into indexes of another one, and makes indexes of its own. Where both are to have an
  /// order, the tuples are sorted by it once.
  private func fill(_ others: [Index], andMake orders: [[Int]], _ threads: Int) {
    let made = orders.filter { !indexes.contains($0) }.map { Index(order: $0) }
    let open = made + others.filter { other in !made.contains { $0.order == other.order } }
    if open.isEmpty { return }
    indexes.first.tuples?.withUnsafeBufferPointer { tuples in
      SharedTasks.forEach(below: open.count, threads: tuples.count >= Self.manyNumbers ? threads : 1) { number in
        let index = open[number]
        index.fill(with: tuples, ascendingBy: indexes.first.order, areNew: true, using: scratch)
        if number < made.count, let other = others.first(where: { $0.order == index.order }) {
          other.fill(from: index, areNew: true, using: scratch)
        }
      }
    }
    for index in made { indexes.add(index) }
  }

  /// Makes an order of the columns that of a relation of which none was asked for and no tuple is in order yet.
  func takeOrder(_ order: [Int]) {
    guard indexes.areUnused, indexes.first.order != order else { return }
    indexes.first = Index(order: order, isGrowing: indexes.first.isGrowing)
  }

  /// The union where there are no columns, or nothing is added.
  private func holding(_ others: [Relation]) -> Relation {
    let new = Relation(arity: arity)
    new.holds = !holds && others.contains { $0.holds }
    holds = holds || new.holds
    return new
  }

  /// Adds the tuples of other relations to one that is packed, and packs it anew where any are new: that costs far less
  /// than to make its tree of single rows.
  private func unite(_ others: [Relation]) -> Relation {
    beginChange()
    var tuples: [UInt32] = []
    let pace = Pace.ofThread
    for other in others {
      other.forEachTuple { tuple in
        if let pace, !pace.goesOn(after: 4) { return false }
        if !contains(tuple) { tuples.append(contentsOf: tuple) }
        return true
      }
    }
    let new = Relation(arity: arity)
    if tuples.isEmpty { return new }
    new.append(tuples: tuples)
    tuples.withUnsafeBufferPointer { tuples in
      for index in indexes.ready where !index.repack(with: tuples) { index.fill(with: tuples, using: scratch) }
    }
    return new
  }
}
