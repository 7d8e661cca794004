import Terms
import TestSupport
import Testing

@testable import Evaluation

@Suite("Exact sums", .tellsSeed)
struct ExactSumTests {
  private static func sum(_ integers: [Int64] = [], _ decimals: [Double] = [], dividedBy count: Int = 1) -> Value? {
    var sum = ExactSum()
    for integer in integers { sum.add(integer, times: 1) }
    for decimal in decimals { sum.add(decimal, times: 1) }
    return sum.value(dividedBy: count)
  }

  @Test("are rounded once")
  func rounding() {
    #expect(Self.sum() == .integer(0))
    #expect(Self.sum([], [0.1, 0.2, 0.3]) == .decimal(0.6))
    #expect(Self.sum([], [1e300, 0.5, -1e300]) == .decimal(0.5))
    #expect(Self.sum([], [0.25, 0.75]) == .integer(1))
    #expect(Self.sum([.max, .max, -1], [0.5]) == .decimal(0x1p64))
    #expect(Self.sum([9_007_199_254_740_993], [0.5]) == .integer(9_007_199_254_740_994))
    #expect(Self.sum([9_007_199_254_740_992], [0.5, 0.5]) == .integer(9_007_199_254_740_993))
    #expect(Self.sum([.min], [-0.5, 0.5]) == .integer(.min))
    #expect(Self.sum([.min], [-0.75, -0.25]) == Value.number(-0x1p63))
  }

  @Test("know the least and the greatest decimals")
  func extremes() {
    let least = Double.leastNonzeroMagnitude
    #expect(Self.sum([], [least, least]) == .decimal(2 * least))
    #expect(Self.sum([], [least, -least]) == .integer(0))
    #expect(Self.sum([], [1, least]) == .integer(1))
    #expect(Self.sum([], [.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == nil)
    #expect(
      Self.sum([], [.greatestFiniteMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude])
        == .decimal(.greatestFiniteMagnitude))
    #expect(
      Self.sum([], [-.greatestFiniteMagnitude, -.greatestFiniteMagnitude], dividedBy: 2)
        == .decimal(-.greatestFiniteMagnitude))
    #expect(Self.sum([], [3 * least], dividedBy: 2) == .decimal(2 * least))
  }

  @Test("divide exactly")
  func quotients() {
    #expect(Self.sum([.max, .max - 2], dividedBy: 2) == .integer(.max - 1))
    #expect(Self.sum([1, 2, 2], dividedBy: 3) == .decimal(5.0 / 3))
    #expect(Self.sum([-7], dividedBy: 2) == .decimal(-3.5))
    #expect(Self.sum([.min, .min, 0], dividedBy: 3) == Value.number(Double(Int64.min) * 2 / 3))
  }

  @Test(
    "are those of numbers of fixed point, in whatever order and however often each stands", arguments: Seed.each(0..<20)
  )
  func fixedPoint(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (sum, parts): (ExactSum, Int128) = (ExactSum(), 0)
    for _ in 0..<random.number(1...50) {
      let times = random.number(1...9)
      if random.happens(50) {
        let integer = Int64(truncatingIfNeeded: random.next()) >> Int64(random.number(0...63))
        sum.add(integer, times: times)
        parts += Int128(integer) << 20 * Int128(times)
      } else {
        let part = Int64(truncatingIfNeeded: random.next()) >> Int64(random.number(11...63))
        sum.add(Double(part) * 0x1p-20, times: times)
        parts += Int128(part) * Int128(times)
      }
    }
    let whole = Int64(exactly: parts >> 20)
    let expected =
      parts & 0xFFFFF == 0 && whole != nil ? Value.integer(whole ?? 0) : Value.number(Double(parts) * 0x1p-20)
    #expect(sum.value() == expected)
  }
}
