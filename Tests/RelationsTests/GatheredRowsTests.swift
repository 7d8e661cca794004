import Testing

@testable import Relations

@Suite("What sinks gather for a relation")
struct GatheredRowsTests {
  /// A row of a relation of as many columns as the test has: its first terms are all the same.
  private static func tuple(_ arity: Int, _ first: UInt32, _ last: UInt32) -> [UInt32] {
    Array(repeating: first, count: arity - 1) + [last]
  }

  private static func sink(_ target: Relation) -> RowSink {
    let sink = RowSink(order: Array(0..<target.arity))
    sink.begin(without: target)
    return sink
  }

  private static func add(_ sink: RowSink, _ first: UInt32, _ terms: ClosedRange<UInt32>) {
    let prefix = Array(repeating: first, count: sink.order.count - 1)
    let set = Array(terms)
    prefix.withUnsafeBufferPointer { prefix in
      set.withUnsafeBufferPointer { sink.add(prefix, SetView(array: $0.baseAddress, count: $0.count)) }
    }
  }

  /// All tuples of a relation, and that its indexes agree.
  private static func tuples(_ relation: Relation) -> Set<[UInt32]> {
    #expect(relation.checkInvariants() == nil)
    var tuples: Set<[UInt32]> = []
    relation.forEachTuple { tuples.insert(Array($0)).inserted }
    return tuples
  }

  @Test("rows that several have gathered are added once, and those alone are new that were not known", arguments: 2...3)
  func overlapping(arity: Int) {
    let target = Relation(arity: arity)
    for last: UInt32 in 1...9 { target.append(Self.tuple(arity, 1, last)) }
    let backward = target.index(Array((0..<arity).reversed()))
    let (one, two) = (Self.sink(target), Self.sink(target))
    Self.add(one, 1, 5...90)
    Self.add(one, 2, 1...3)
    Self.add(two, 1, 80...99)
    Self.add(two, 2, 3...3)
    let addition = Relation.Addition(of: [one.take(), two.take()], to: target, isAsKnown: true)
    let new = Relation.formUnions([addition], threads: 1)[0]
    let expected = Set((10...99).map { Self.tuple(arity, 1, $0) } + (1...3).map { Self.tuple(arity, 2, $0) })
    #expect(Self.tuples(new) == expected)
    #expect(Self.tuples(target) == expected.union((1...9).map { Self.tuple(arity, 1, $0) }))
    #expect(backward.count == 102)
  }

  @Test("a sink goes on from what another one gathered, and each row is new once")
  func goneOn() {
    let target = Relation(arity: 3)
    for last: UInt32 in 1...9 { target.append(Self.tuple(3, 1, last)) }
    let one = Self.sink(target)
    Self.add(one, 1, 5...90)
    var parts = [one.take()]
    let two = RowSink(order: [0, 1, 2])
    two.begin(without: target, after: &parts)
    #expect(parts.isEmpty)
    Self.add(two, 1, 80...99)
    Self.add(two, 2, 1...4)
    let found = two.take()
    #expect(Self.tuples(found) == Set((10...99).map { Self.tuple(3, 1, $0) } + (1...4).map { Self.tuple(3, 2, $0) }))
    let addition = Relation.Addition(of: [found], to: target, isAsKnown: true)
    #expect(Relation.formUnions([addition], threads: 1)[0].count == 94)
    #expect(Self.tuples(target).count == 103)
  }

  @Test("of rows that came one by one the known ones are not new", arguments: 2...3)
  func doubtful(arity: Int) {
    let target = Relation(arity: arity)
    for last: UInt32 in 1...9 { target.append(Self.tuple(arity, 1, last)) }
    let sink = Self.sink(target)
    Self.add(sink, 1, 8...40)
    Self.tuple(arity, 1, 2).withUnsafeBufferPointer { sink.add($0) }
    Self.tuple(arity, 3, 2).withUnsafeBufferPointer { sink.add($0) }
    let addition = Relation.Addition(of: [sink.take()], to: target, isAsKnown: true)
    let new = Relation.formUnions([addition], threads: 1)[0]
    #expect(Self.tuples(new) == Set((10...40).map { Self.tuple(arity, 1, $0) } + [Self.tuple(arity, 3, 2)]))
    #expect(target.count == 41)
  }

  @Test("a sink that is used again has forgotten that its last rows were in doubt")
  func again() {
    let target = Relation(arity: 2)
    target.append([1, 1])
    let sink = Self.sink(target)
    Self.tuple(2, 1, 1).withUnsafeBufferPointer { sink.add($0) }
    #expect(!sink.take().lacksKnown)
    Self.add(sink, 1, 1...4)
    #expect(sink.take().lacksKnown)
  }

  @Test("rows that were gathered for a relation as it was before are added to it as it is")
  func changedMeanwhile() {
    let target = Relation(arity: 2)
    target.append([1, 1])
    let sink = Self.sink(target)
    Self.add(sink, 1, 1...4)
    let gathered = sink.take()
    _ = target.insert([1, 3])
    #expect(Self.tuples(target.formUnion(gathered)) == [[1, 2], [1, 4]])
    #expect(target.count == 4)
  }
}
