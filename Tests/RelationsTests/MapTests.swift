import TestSupport
import Testing

@testable import Relations

@Suite("Maps of terms", .tellsSeed)
struct MapTests {
  @Test("terms have their row numbers in order of appearance, near one another or far apart")
  func terms() {
    var random = SplitMix64(usually: 31)
    for greatest in [500, 100_000, UInt32.max] {
      var index = TermIndex()
      var model: [UInt32: Int] = [:]
      for _ in 0..<2000 {
        let term = UInt32.random(in: 0...greatest, using: &random)
        #expect(index.find(term) == model[term])
        if model[term] == nil {
          index.append(term)
          model[term] = model.count
        }
      }
      #expect(index.count == model.count)
      #expect(model.allSatisfy { index.find($0.key) == $0.value })
    }
  }

  @Test("the least and the greatest term have rows")
  func extremes() {
    var index = TermIndex()
    for term in [UInt32.max, 0, UInt32.max - 1] { index.append(term) }
    #expect([UInt32.max, 0, UInt32.max - 1, 1].map { index.find($0) } == [0, 1, 2, nil])
  }

  @Test("pairs have their numbers in order of appearance")
  func pairs() {
    var random = SplitMix64(usually: 32)
    var index = PairIndex()
    var model: [[UInt32]: UInt32] = [:]
    for _ in 0..<3000 {
      let pair = [UInt32.random(in: 0...60, using: &random), .max - UInt32.random(in: 0...60, using: &random)]
      #expect(index.find(pair[0], pair[1]) == model[pair])
      let number = model[pair] ?? UInt32(model.count)
      model[pair] = number
      #expect(index.intern(pair[0], pair[1]) == number)
    }
    #expect(index.count == model.count)
  }

  @Test("numbers that are not among others are merged into their order")
  func merge() {
    var random = SplitMix64(usually: 33)
    for _ in 0..<300 {
      let all = random.wideSet()
      let others = all.sorted().shuffled(using: &random).prefix(Int.random(in: 0...all.count, using: &random)).sorted()
      let rest = all.subtracting(others).sorted()
      var memory = rest + [UInt32](repeating: 0, count: others.count)
      memory.withUnsafeMutableBufferPointer { target in
        others.withUnsafeBufferPointer { source in
          guard let numbers = target.baseAddress, let added = source.baseAddress else { return }
          SortedNumbers.merge(numbers, rest.count, with: added, others.count)
        }
      }
      #expect(memory == all.sorted())
    }
  }
}
