import TestSupport
import Testing

@testable import Relations

@Suite("Rows that are packed", .tellsSeed)
struct PackedRowsTests {
  private static func pairs(_ count: Int, below limit: UInt32, _ random: inout SplitMix64) -> [[UInt32]] {
    (0..<count).map { _ in
      [UInt32.random(in: 0..<limit, using: &random), UInt32.random(in: 0..<limit, using: &random)]
    }
  }

  private static func fill(_ rows: Rows, _ pairs: [[UInt32]], backward: Bool = false) -> Bool {
    Array(pairs.joined()).withUnsafeBufferPointer {
      rows.fill(PackedRows.Pairs(tuples: $0, isBackward: backward))
    }
  }

  private static func model(_ pairs: [[UInt32]], backward: Bool = false) -> [UInt32: Set<UInt32>] {
    pairs.reduce(into: [:]) { $0[$1[backward ? 1 : 0], default: []].insert($1[backward ? 0 : 1]) }
  }

  @Test("many pairs are packed, in either direction, and few are left to be inserted", arguments: [false, true])
  func fill(backward: Bool) {
    var random = SplitMix64(usually: 31)
    for (count, isPacked) in [(0, false), (1023, false), (1024, true), (5000, true)] {
      let pairs = Self.pairs(count, below: 300, &random)
      let rows = Rows()
      #expect(Self.fill(rows, pairs, backward: backward) == isPacked)
      #expect(rows.pairs == (isPacked ? Self.model(pairs, backward: backward) : [:]))
      #expect(rows.count == (isPacked ? Set(pairs).count : 0))
      #expect(rows.checkInvariants() == nil)
    }
  }

  @Test("a pair that comes many times is one")
  func repeated() {
    let rows = Rows()
    #expect(Self.fill(rows, Array(repeating: [7, 9], count: 3000) + [[7, 8], [3, 9]]))
    #expect(rows.pairs == [7: [8, 9], 3: [9]])
    #expect(rows.count == 3)
    #expect(rows.nodes == [3, 7, 8, 9])
    #expect(rows.checkInvariants() == nil)
  }

  @Test("rows of up to six numbers, in each order and with each repetition, are sorted with each number once")
  func fewNumbers() {
    // Each term's row is the digits of the term in base 4, without the first one, which is 1.
    var pairs: [[UInt32]] = []
    var expected: [UInt32: Set<UInt32>] = [:]
    for length in 1...6 {
      let first = UInt32(1) << (2 * UInt32(length))
      for term in first..<2 * first {
        let row = (0..<UInt32(length)).map { term >> (2 * $0) & 3 }
        pairs += row.map { [term, $0] }
        expected[term] = Set(row)
      }
    }
    let rows = Rows()
    #expect(Self.fill(rows, pairs))
    #expect(rows.pairs == expected)
    #expect(rows.checkInvariants() == nil)
  }

  @Test("few terms of which one is far away are not packed, so that no table of all is made")
  func sparse() {
    let rows = Rows()
    let pairs = (0..<UInt32(2000)).map { [$0, $0 + 1] } + [[4_000_000_000, 1]]
    #expect(!Self.fill(rows, pairs))
    #expect(rows.pairs.isEmpty)
    #expect(Self.fill(rows, pairs, backward: true))
    #expect(rows[1].elements == [0, 4_000_000_000])
    rows.insert(1, 5)
    #expect(rows[1].elements == [0, 5, 4_000_000_000])
    #expect(rows.checkInvariants() == nil)
  }

  @Test("one term that is greater than the others is packed with them, wherever its pair stands", arguments: 0..<200)
  func greatest(place: Int) {
    var random = SplitMix64(usually: 33)
    var pairs = Self.pairs(2000, below: 300, &random)
    pairs[place * 10 + place % 10] = [9_000, 1]
    let rows = Rows()
    #expect(Self.fill(rows, pairs))
    #expect(rows.pairs == Self.model(pairs))
    #expect(rows.checkInvariants() == nil)
  }

  @Test("long rows are turned round by several threads as by one", arguments: [1, 2, 3])
  func turned(threads: Int) {
    var random = SplitMix64(usually: 34)
    // Most rows are bitmaps, those of the first terms have gaps, and some numbers are far from the others.
    let pairs = Self.pairs(90_000, below: 700, &random).map { [$0[0], $0[0] < 90 ? $0[1] % 41 * 977 : $0[1]] }
    let rows = Rows()
    #expect(Self.fill(rows, pairs))
    let turned = Rows()
    #expect(turned.fill(reversing: rows, threads: threads))
    #expect(turned.pairs == Self.model(pairs, backward: true))
    #expect(turned.checkInvariants() == nil)
  }

  @Test("what is refused leaves rows that there are as they were")
  func refused() {
    let rows = Rows()
    #expect(Self.fill(rows, (0..<2000).map { [$0 % 50, $0] }))
    #expect(!Self.fill(rows, (0..<2000).map { [3_000_000_000 + $0, 1] }))
    #expect(!Self.fill(rows, [[1, 2]]))
    #expect(rows.count == 2000)
    #expect(rows[49].count == 40)
    #expect(rows[3_000_000_001].isEmpty)
    #expect(rows.checkInvariants() == nil)
  }

  @Test("packed rows change as others do, and are packed anew with what came since")
  func model() {
    var random = SplitMix64(usually: 32)
    let scratch = SetBuffer()
    for round in 0..<8 {
      let rows = Rows()
      var model: [UInt32: Set<UInt32>] = [:]
      let limit: UInt32 = [40, 300, 3000, 9000][round % 4]
      for _ in 0..<3 {
        let pairs = Self.pairs(Int.random(in: 1024...3000, using: &random), below: limit, &random)
        if Self.fill(rows, pairs) { model.merge(Self.model(pairs)) { $0.union($1) } }
        for _ in 0..<80 { Self.change(rows, &model, below: limit, scratch, &random) }
        #expect(rows.pairs == model)
        #expect(rows.count == model.values.reduce(0) { $0 + $1.count })
        #expect(rows.checkInvariants() == nil)
      }
      #expect(rows.isEqual(to: Rows(model)))
    }
  }

  private static func change(
    _ rows: Rows, _ model: inout [UInt32: Set<UInt32>], below limit: UInt32, _ scratch: SetBuffer,
    _ random: inout SplitMix64
  ) {
    let key = UInt32.random(in: 0..<limit, using: &random)
    let old = model[key, default: []]
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      let set = random.set()
      let buffer = SetBuffer(set)
      let added = withExtendedLifetime(buffer) { rows.formUnion(key, buffer.view, new: scratch) }
      #expect(added == set.subtracting(old).count)
      model[key] = old.union(set)
    case 1:
      let number = UInt32.random(in: 0..<limit, using: &random)
      #expect(rows.insert(key, number) == !old.contains(number))
      model[key] = old.union([number])
    case 2:
      for number in old.prefix(3) {
        #expect(rows.remove(key, number))
        #expect(!rows.remove(key, number))
        model[key]?.remove(number)
      }
    default:
      for number in old { rows.remove(key, number) }
      #expect(rows[key].isEmpty)
      model[key] = nil
    }
    if model[key]?.isEmpty == true { model[key] = nil }
  }

  @Test("the last pair of a packed row can be taken back and given again")
  func emptied() {
    let rows = Rows()
    #expect(Self.fill(rows, (0..<2000).map { [$0, $0 + 1] }))
    #expect(rows.remove(5, 6))
    #expect(rows[5].isEmpty)
    #expect(!rows.keys.contains(5))
    #expect(rows.count == 1999)
    #expect(rows.insert(5, 9))
    #expect(rows[5].elements == [9])
    #expect(rows.keys.count == 2000)
    #expect(rows.checkInvariants() == nil)
  }

  @Test("packed rows are appended to where a term had none, and cleared as a whole")
  func appended() {
    let rows = Rows()
    #expect(Self.fill(rows, (0..<2000).map { [2 * $0, $0] }))
    let set = SetBuffer([4, 6])
    withExtendedLifetime(set) { rows.append(5, set.view) }
    #expect(rows[5].elements == [4, 6])
    #expect(rows[6].elements == [3])
    #expect(rows.count == 2002)
    rows.clear()
    #expect(rows.count == 0 && rows.keys.isEmpty && rows[5].isEmpty && rows[6].isEmpty)
    #expect(rows.insert(6, 1))
    #expect(rows.pairs == [6: [1]])
    #expect(rows.checkInvariants() == nil)
  }
}
