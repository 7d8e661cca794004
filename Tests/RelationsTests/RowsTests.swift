import TestSupport
import Testing

@testable import Relations

@Suite("Rows", .tellsSeed)
struct RowsTests {
  @Test("a row is made, grows and shrinks, and an empty one has no key")
  func rows() {
    let rows = Rows()
    let inserted = rows.insert(5, 1)
    #expect(inserted)
    #expect(!rows.insert(5, 1))
    #expect(rows.insert(5, 2))
    #expect(rows[5].elements == [1, 2])
    #expect(rows[6].isEmpty)
    #expect(rows.remove(5, 1))
    #expect(!rows.remove(5, 1))
    #expect(rows.remove(5, 2))
    #expect(rows.keys.isEmpty)
    #expect(rows.count == 0)
    #expect(rows.insert(5, 9))
    #expect(rows.keys.elements == [5])
  }

  @Test("rows that are taken over are those of both, whether their terms are apart or the same")
  func absorbed() {
    var random = SplitMix64(usually: 8)
    for _ in 0..<60 {
      let (rows, others) = (Rows(), Rows())
      var expected: [UInt32: Set<UInt32>] = [:]
      for target in [rows, others] {
        for _ in 0..<200 {
          let term = UInt32.random(in: 0...600, using: &random)
          let set = random.set()
          let view = SetBuffer()
          for number in set { view.insert(number) }
          target.formUnion(term, view.view, new: SetBuffer())
          expected[term, default: []].formUnion(set)
        }
      }
      rows.absorb(others, new: SetBuffer())
      #expect(rows.checkInvariants() == nil)
      #expect(others.checkInvariants() == nil && others.count == 0)
      let found = Dictionary(uniqueKeysWithValues: rows.keys.elements.map { ($0, Set(rows[$0].elements)) })
      #expect(found == expected.filter { !$0.value.isEmpty })
    }
  }

  @Test("a union returns what was new, and random unions, insertions and removals agree with a dictionary of sets")
  func model() {
    var random = SplitMix64(usually: 3)
    for _ in 0..<60 {
      let rows = Rows()
      var model: [UInt32: Set<UInt32>] = [:]
      let scratch = SetBuffer()
      for _ in 0..<60 {
        let key = UInt32.random(in: 0..<5, using: &random) * 1000
        let set = random.set()
        let old = model[key, default: []]
        if Int.random(in: 0..<4, using: &random) > 0 {
          let buffer = SetBuffer(set)
          let added = withExtendedLifetime(buffer) { rows.formUnion(key, buffer.view, new: scratch) }
          #expect(added == set.subtracting(old).count)
          if added > 0 { #expect(scratch.numbers == set.subtracting(old)) }
          model[key] = old.union(set)
        } else {
          for number in set.prefix(4) {
            #expect(rows.remove(key, number) == old.contains(number))
            model[key]?.remove(number)
          }
        }
        if model[key]?.isEmpty == true { model[key] = nil }
      }
      #expect(rows.pairs == model)
      #expect(rows.count == model.values.reduce(0) { $0 + $1.count })
      #expect(rows.isEqual(to: Rows(model)))
    }
  }

  @Test("terms far apart have rows as terms side by side have")
  func farApart() {
    let rows = Rows()
    for term in stride(from: UInt32(0), to: 4_000_000_000, by: 400_000_000) { rows.insert(term, term + 1) }
    #expect(rows.keys.count == 10)
    #expect(rows[3_600_000_000].elements == [3_600_000_001])
    #expect(rows[3_600_000_002].isEmpty)
  }
}
