import TestSupport
import Testing

@testable import Relations

@Suite("Sets that meet", .tellsSeed)
struct SetMeetingTests {
  /// Sets of every shape: empty, of few and of many numbers, arrays and bitmaps, near and far.
  private static let sets: [Set<UInt32>] = {
    var random = SplitMix64(usually: 51)
    let ranges: [Set<UInt32>] = [
      [], [0], [63], [64], [.max], Set(0..<200), Set(100..<4000), Set(3990..<5000),
      Set(stride(from: 0, to: 60_000, by: 300)), Set(stride(from: 0, to: 4_000_000_000, by: 1_000_000)),
    ]
    return ranges + (0..<10).map { _ in random.set() }
  }()

  @Test("an intersection is counted as it would be made, empty sets as well")
  func counts() {
    for one in Self.sets {
      for other in Self.sets {
        let (left, right) = (SetBuffer(one), SetBuffer(other))
        let count = withExtendedLifetime((left, right)) { left.view.intersectionCount(right.view) }
        if left.view.isBitmap { #expect(left.view.isDisjoint(with: right.view) == (count == 0)) }
        #expect(count == one.intersection(other).count)
      }
    }
  }

  @Test("the numbers of a set that meets another are ascending, and among them are all that both have")
  func meeting() {
    for one in Self.sets {
      for other in Self.sets {
        let (left, right) = (SetBuffer(one), SetBuffer(other))
        var met: [UInt32] = []
        withExtendedLifetime((left, right)) { left.view.forEachNumber(meeting: right.view) { met.append($0) } }
        #expect(zip(met, met.dropFirst()).allSatisfy { $0 < $1 })
        #expect(one.isSuperset(of: met))
        #expect(one.intersection(other).isSubset(of: met))
      }
    }
  }
}
