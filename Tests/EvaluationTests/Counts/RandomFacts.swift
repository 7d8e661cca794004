import TestSupport

/// Random facts of the relations `e`, `f` and `g` of two columns, `t` of three and `u` of one, over the integers from 0 on.
struct RandomFacts {
  private var random: SplitMix64
  private(set) var source = ""

  /// - Parameter skew: how much more often than others small numbers come.
  init(seed: UInt64, count: Int, nodes: Int, skew: Int = 1) {
    random = SplitMix64(seed: seed)
    func node(_ random: inout SplitMix64) -> Int { (0..<skew).map { _ in random.number(0...(nodes - 1)) }.min() ?? 0 }
    for relation in ["e", "f", "g"] {
      for _ in 0..<count { source += "\(relation)(\(node(&random)), \(node(&random))).\n" }
    }
    for _ in 0..<count { source += "t(\(node(&random)), \(node(&random)), \(node(&random))).\n" }
    for number in 0..<nodes where number % 3 == 0 { source += "u(\(number)).\n" }
  }
}
