import TestSupport
import Testing

@testable import Relations

@Suite("Weights", .tellsSeed)
struct WeightBufferTests {
  @Test("a term weighs as often as it was added, alone and in sets, and nothing after the weights are cleared")
  func model() {
    var random = SplitMix64(usually: 61)
    let weights = WeightBuffer()
    for _ in 0..<20 {
      var model: [UInt32: Int] = [:]
      for _ in 0..<30 {
        let set = Bool.random(using: &random) ? random.set() : [UInt32.random(in: 0..<5000, using: &random)]
        let buffer = SetBuffer(set)
        if set.count == 1, let term = set.first {
          weights.add(term)
        } else {
          withExtendedLifetime(buffer) { weights.add(buffer.view) }
        }
        for term in set { model[term, default: 0] += 1 }
      }
      #expect(weights.count == model.count)
      #expect(Set(weights.terms) == Set(model.keys))
      #expect(model.allSatisfy { weights[$0.key] == $0.value })
      #expect(weights[3_000_000] == 0)
      let few = Set(model.keys.sorted().prefix(3))
      let sets: [Set<UInt32>] = [random.set(), few, Set(0..<5000), [1, 4999, 3_000_000]]
      for set in sets {
        let buffer = SetBuffer(set)
        let sum = withExtendedLifetime(buffer) { weights.sum(of: buffer.view) }
        #expect(sum == set.reduce(0) { $0 + model[$1, default: 0] })
      }
      weights.clear()
      #expect(weights.count == 0)
      #expect(model.keys.allSatisfy { weights[$0] == 0 })
    }
  }
}
