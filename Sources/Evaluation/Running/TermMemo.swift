import Terms

/// What was computed of single terms, by their numbers: a computation on one variable gives the same each time.
final class TermMemo {
  /// What stands for a computation that has no number, and for one that fails.
  static let none = UInt32.max - 1
  static let failed = UInt32.max - 2

  /// By term, a number + 1, or 0 where nothing is known.
  private var numbers: [UInt32] = []

  /// The number that `compute` gives for a term, which is asked once.
  @inline(__always) func number(of term: UInt32, _ compute: () throws -> UInt32) rethrows -> UInt32 {
    if Int(term) < numbers.count, numbers[Int(term)] != 0 { return numbers[Int(term)] - 1 }
    let number = try compute()
    if Int(term) >= numbers.count {
      let wanted = max(Int(term) + 1, numbers.count * 2)
      numbers.append(contentsOf: repeatElement(0, count: wanted - numbers.count))
    }
    numbers[Int(term)] = number + 1
    return number
  }
}
