import Terms
import TestSupport
import Testing

@testable import Relations

@Suite("Relations", .tellsSeed)
struct RelationTests {
  @Test("a relation without columns holds or does not")
  func noColumns() {
    let relation = Relation(arity: 0)
    #expect(relation.isEmpty)
    #expect(relation.insert([]))
    #expect(!relation.insert([]))
    #expect(relation.count == 1)
    #expect(relation.remove([]))
    #expect(relation.isEmpty)
  }

  @Test("tuples are distinct, in the order of their numbers")
  func distinct() {
    let relation = Relation(arity: 3)
    for tuple: [UInt32] in [[2, 1, 1], [1, 9, 9], [2, 1, 1], [2, 1, 0], [2, 0, 5]] { relation.append(tuple) }
    #expect(relation.count == 4)
    var listed: [[UInt32]] = []
    relation.forEachTuple {
      listed.append(Array($0))
      return true
    }
    #expect(listed == [[1, 9, 9], [2, 0, 5], [2, 1, 0], [2, 1, 1]])
  }

  @Test("an index has the terms that follow at each node, by any order of the columns")
  func index() {
    let relation = Relation(arity: 3)
    for tuple: [UInt32] in [[1, 2, 3], [1, 2, 4], [5, 2, 3]] { relation.append(tuple) }
    let index = relation.index([1, 2, 0])
    #expect(index.roots.elements == [2])
    let node = index.child(level: 0, node: 0, term: 2)
    #expect(node.map { index.set(level: 1, node: $0).elements } == [3, 4])
    let deeper = node.flatMap { index.child(level: 1, node: $0, term: 3) }
    #expect(deeper.map { index.set(level: 2, node: $0).elements } == [1, 5])
    #expect(node.flatMap { index.child(level: 1, node: $0, term: 9) } == nil)
  }

  @Test("appended, inserted, removed and united tuples agree with a set of tuples, in every index", arguments: 1...5)
  func model(arity: Int) {
    var random = SplitMix64(usually: UInt64(arity))
    for _ in 0..<15 {
      let relation = Relation(arity: arity)
      var model: Set<[UInt32]> = []
      var orders: Set<[Int]> = [Array(0..<arity)]
      for _ in 0..<40 {
        let some = (0..<Int.random(in: 0...30, using: &random)).map { _ in
          (0..<arity).map { _ in UInt32.random(in: 0..<6, using: &random) }
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
          for tuple in some { relation.append(tuple) }
          model.formUnion(some)
        case 1:
          let other = Relation(arity: arity)
          for tuple in some { other.append(tuple) }
          #expect(relation.formUnion(other).tuples == Set(some).subtracting(model))
          model.formUnion(some)
        case 2: for tuple in some { #expect(relation.remove(tuple) == (model.remove(tuple) != nil)) }
        case 3:
          let order = Array(0..<arity).shuffled(using: &random)
          _ = relation.index(order)
          orders.insert(order)
        default: for tuple in some { #expect(relation.insert(tuple) == model.insert(tuple).inserted) }
        }
        #expect(relation.count == model.count)
      }
      #expect(relation.checkInvariants() == nil)
      #expect(relation.tuples == model)
      for order in orders { #expect(tuples(of: relation.index(order)) == model) }
      for column in 0..<arity {
        #expect(relation.distinctCount(column: column) == Set(model.map { $0[column] }).count)
      }
    }
  }

  /// The tuples of an index in the relation's order of columns.
  private func tuples(of index: Index) -> Set<[UInt32]> {
    var result: Set<[UInt32]> = []
    index.forEachRow { prefix, set in
      for term in set.elements {
        var tuple = [UInt32](repeating: 0, count: index.depth)
        for (level, number) in (Array(prefix) + [term]).enumerated() { tuple[index.order[level]] = number }
        result.insert(tuple)
      }
      return true
    }
    return result
  }

  @Test("many tuples are sorted in as few are")
  func many() {
    var random = SplitMix64(usually: 9)
    let tuples = (0..<20_000).map { _ in
      [UInt32.random(in: 0..<300_000, using: &random), UInt32.random(in: 0..<300_000, using: &random)]
    }
    let relation = Relation(arity: 2)
    for tuple in tuples { relation.append(tuple) }
    #expect(relation.tuples == Set(tuples))
    #expect(relation.index([1, 0]).count == Set(tuples).count)
  }

  @Test("the distinct terms of a column are counted anew when as many tuples were removed as added")
  func distinctAfterRemoval() {
    let relation = Relation(arity: 2)
    relation.insert([1, 1])
    relation.insert([1, 2])
    #expect(relation.distinctCount(column: 0) == 1)
    relation.remove([1, 2])
    relation.insert([2, 2])
    #expect(relation.distinctCount(column: 0) == 2)
  }

  @Test("tuples that an index brings are taken over into every index, whatever its order")
  func absorb() {
    var random = SplitMix64(usually: 21)
    for _ in 0..<30 {
      let relation = Relation(arity: 3)
      var model: Set<[UInt32]> = []
      _ = relation.index([2, 0, 1])
      for _ in 0..<4 {
        let order = [0, 1, 2].shuffled(using: &random)
        let index = Index(order: order)
        let scratch = SetBuffer()
        for _ in 0..<20 {
          let tuple = (0..<3).map { _ in UInt32.random(in: 0..<5, using: &random) }
          model.insert(tuple)
          let last = SetBuffer([tuple[order[2]]])
          let prefix = [tuple[order[0]], tuple[order[1]]]
          withExtendedLifetime(last) {
            _ = prefix.withUnsafeBufferPointer { index.insert($0, last.view, new: scratch) }
          }
        }
        #expect(index.checkInvariants() == nil)
        relation.absorb(index)
      }
      #expect(relation.tuples == model)
      #expect(relation.checkInvariants() == nil)
    }
  }

  @Test(
    "tuples are sorted by their columns in an order, few and many, with terms of any size and in any spread",
    arguments: [0, 1, 50, 5000], [3, 4, 6])
  func sorting(count: Int, arity: Int) {
    var random = SplitMix64(usually: UInt64(count + arity))
    for greatest in [0, 3, 70_000, UInt32.max] {
      let least = greatest == 70_000 ? UInt32(60_000) : 0
      let tuples = (0..<count).map { _ in (0..<arity).map { _ in UInt32.random(in: least...greatest, using: &random) } }
      let order = Array((0..<arity).shuffled(using: &random))
      let expected = tuples.map { tuple in order.map { tuple[$0] } }.sorted { $0.lexicographicallyPrecedes($1) }
      let sorted = Array(tuples.joined()).withUnsafeBufferPointer {
        TupleSort.withSorted($0, order: order) { Array($0) }
      }
      #expect(sorted == Array(expected.joined()))
    }
  }

  @Test("tuples that ascend, and those of which only the last does not, come out ascending")
  func sortingTheSorted() {
    for tuples: [UInt32] in [[1, 2, 3, 1, 2, 3, 1, 3, 0, 2, 0, 0], [1, 2, 3, 1, 3, 0, 2, 0, 0, 1, 2, 4]] {
      let sorted = tuples.withUnsafeBufferPointer { TupleSort.withSorted($0, order: [0, 1, 2]) { Array($0) } }
      #expect(sorted == (tuples[11] == 4 ? [1, 2, 3, 1, 2, 4, 1, 3, 0, 2, 0, 0] : tuples))
    }
  }

  @Test("a union of several is what each has, and returns what was new, by whatever order they came and packed or not")
  func unionOfSeveral() {
    var random = SplitMix64(usually: 21)
    for round in 0..<20 {
      var known: Set<[UInt32]> = []
      let relation = round % 2 == 0 ? Relation(arity: 3) : Relation(growingWithOrder: [2, 0, 1])
      for size in [3000, 40, 2000] {
        var more: Set<[UInt32]> = []
        let parts = [[0, 1, 2], [1, 2, 0], [2, 0, 1]].map { order in
          let part = Relation(growingWithOrder: order)
          for _ in 0..<size {
            let tuple = (0..<3).map { _ in UInt32.random(in: 0..<30, using: &random) }
            part.append(tuple)
            more.insert(tuple)
          }
          return part
        }
        let new = relation.formUnion(parts)
        var found: Set<[UInt32]> = []
        new.forEachTuple { found.insert(Array($0)).inserted }
        #expect(found == more.subtracting(known))
        known.formUnion(more)
        #expect(relation.count == known.count)
        _ = relation.index([1, 0, 2])
        #expect(relation.checkInvariants() == nil)
      }
    }
  }

  @Test("what is added to several relations on several threads is what one adds, in every index", arguments: [1, 2, 5])
  func sharedUnions(threads: Int) {
    var random = SplitMix64(usually: 5)
    var models: [Set<[UInt32]>] = [[], [], [], []]
    let arities = [3, 2, 3, 0]
    let relations = arities.map { $0 > 2 ? Relation(growingWithColumns: $0) : Relation(arity: $0) }
    for order in [[1, 2, 0], [2, 1, 0], [1, 0, 2]] { _ = relations[0].index(order) }
    _ = relations[1].index([1, 0])
    for _ in 0..<3 {
      var additions: [Relation.Addition] = []
      var expected: [Int] = []
      for number in relations.indices {
        let others = (0..<2).map { _ in Relation(arity: arities[number]) }
        let before = models[number].count
        for other in others {
          for _ in 0..<3_000 {
            let tuple = (0..<arities[number]).map { _ in UInt32.random(in: 0..<40, using: &random) }
            other.append(tuple)
            models[number].insert(tuple)
          }
        }
        expected.append(models[number].count - before)
        additions.append(
          Relation.Addition(of: others, to: relations[number], newOrders: number == 2 ? [[2, 0, 1], [0, 1, 2]] : []))
      }
      let new = Relation.formUnions(additions, threads: threads)
      #expect(new.map(\.count) == expected)
      #expect(relations.map(\.count) == models.map(\.count))
      #expect((relations + new).compactMap { $0.checkInvariants() } == [])
      #expect(new[2].isEmpty || new[2].indexes.contains([2, 0, 1]))
    }
    #expect(models.indices.allSatisfy { number in models[number].allSatisfy { relations[number].contains($0) } })
  }

  @Test("a row of a prefix and a set is in all indexes")
  func rowsByAnyOrder() {
    let relation = Relation(growingWithOrder: [0, 2, 1])
    let set = SetBuffer()
    for number in [4, 7, 9] as [UInt32] { set.insert(number) }
    relation.appendRow([1, 2], set.view, order: [0, 2, 1])
    _ = relation.index([0, 1, 2])
    relation.appendRow([1, 3], set.view, order: [0, 2, 1])
    #expect(relation.count == 6)
    #expect(relation.contains([1, 7, 2]) && relation.contains([1, 9, 3]) && !relation.contains([1, 2, 7]))
    #expect(relation.index([0, 1, 2]).count == 6)
    #expect(relation.checkInvariants() == nil)
  }

  @Test("how many tuples have a term in a column is told without listing them")
  func roughCounts() {
    let (one, two) = (Relation(arity: 1), Relation(arity: 2))
    one.append([4])
    for tuple: [UInt32] in [[1, 2], [1, 3], [4, 2]] { two.append(tuple) }
    #expect(one.roughCount(where: 0, is: 4) == 1)
    #expect(one.roughCount(where: 0, is: 5) == 0)
    #expect(two.roughCount(where: 0, is: 1) == 2)
    #expect(two.roughCount(where: 1, is: 2) == 2)
    #expect(two.roughCount(where: 1, is: 9) == 0)
  }

  @Test("all tuples of another relation are added at once, to every index, whether they are in order yet or not")
  func allOfAnother() {
    let (first, second, waiting) = (Relation(arity: 2), Relation(arity: 2), Relation(arity: 2))
    first.append([1, 2])
    second.append([1, 3])
    waiting.append([5, 6])
    #expect(first.index([1, 0]).count == 1)
    #expect(second.count == 1)
    first.append(contentsOf: second)
    first.append(contentsOf: waiting)
    #expect(first.tuples == [[1, 2], [1, 3], [5, 6]])
    #expect(tuples(of: first.index([1, 0])) == first.tuples)
    #expect(first.checkInvariants() == nil)
    let (holds, another) = (Relation(arity: 0), Relation(arity: 0))
    another.append([])
    holds.append(contentsOf: another)
    #expect(holds.count == 1)
  }

  @Test("a row of a prefix and a set is in each index of a relation that has several")
  func rowsOfSeveralIndexes() {
    let relation = Relation(arity: 2)
    _ = relation.index([1, 0])
    let set = SetBuffer([4, 7])
    let prefix: [UInt32] = [1]
    withExtendedLifetime(set) { prefix.withUnsafeBufferPointer { relation.appendRow($0, set.view) } }
    #expect(relation.tuples == [[1, 4], [1, 7]])
    #expect(relation.index([1, 0]).count == 2)
  }

  private struct Ended: Error {}

  @Test("whenever the making of indexes is told to end, the relation has its tuples afterwards")
  func toldToEnd() {
    let tuples = (0..<UInt32(12_000)).flatMap { [$0 * 7919 % 5003, $0 % 211, $0] }
    let orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0]]
    /// How often it was asked whether to go on, until it was told to end at a moment.
    func questions(endingAt moment: Int) -> Int {
      let relation = Relation(arity: 3)
      let pace = Pace()
      var asked = 0
      pace.question = {
        asked += 1
        return asked == moment ? Ended() : nil
      }
      pace.governing {
        relation.append(tuples: tuples)
        for order in orders where !Pace.hasThreadToEnd { _ = relation.index(order) }
      }
      for order in orders { #expect(relation.index(order).count == 12_000) }
      #expect(relation.checkInvariants() == nil)
      return asked
    }
    let all = questions(endingAt: .max)
    #expect(all > 10)
    for moment in [1, 2, 3, all / 3, all / 2, all - 1] { #expect(questions(endingAt: moment) == moment) }
  }
}
