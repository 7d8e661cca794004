/// Random numbers that a seed determines (SplitMix64, by Steele, Lea and Flood): the same ones in each run and on each machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// The numbers of a test, from the seed that ``Seed/of(_:)`` gives.
  public init(usually seed: UInt64) { self.init(seed: Seed.of(seed)) }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Whether something of this probability happens.
  public mutating func happens(_ percent: Int) -> Bool { number(0...99) < percent }

  public mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A number below a bound; 0 if there is none.
  public mutating func below(_ bound: Int) -> Int { number(0...max(1, bound) - 1) }
}
