import Relations
import Terms

/// Drops rows that are not among the first so many, before they are sorted: where few of many are shown, most of the time
/// would go into the order of those that are not.
struct LeadingRows {
  private let terms: TermDictionary
  private let proceed: () -> Bool

  init(_ terms: TermDictionary, _ proceed: @escaping () -> Bool) {
    self.terms = terms
    self.proceed = proceed
  }

  /// Rows, in any order, that hold the first `wanted` by some columns.
  ///
  /// Column by column the terms that come first are found; what comes before the last of them stays, what comes behind it
  /// goes, and its own rows are looked at by the next column.
  func cut(
    _ rows: [UInt32], width: Int, to wanted: Int, by keys: [(column: Int, descending: Bool)]
  ) throws -> [UInt32] {
    var kept: [UInt32] = []
    var open = rows
    for key in keys {
      let left = wanted - kept.count / width
      if left <= 0 { return kept }
      if open.count / width <= max(4 * left, Self.few) { break }
      var counts: [UInt32: Int] = [:]
      for start in stride(from: 0, to: open.count, by: width) {
        if start & 0xFFF < width && !proceed() { throw JoinMachine.Stopped() }
        counts[open[start + key.column], default: 0] += 1
      }
      var before: Set<UInt32> = []
      var last: UInt32?
      var sum = 0
      for term in try first(left, of: Array(counts.keys), descending: key.descending) {
        if let last { before.insert(last) }
        last = term
        if sum + counts[term, default: 0] >= left { break }
        sum += counts[term, default: 0]
      }
      var rest: [UInt32] = []
      for start in stride(from: 0, to: open.count, by: width) {
        if start & 0xFFF < width && !proceed() { throw JoinMachine.Stopped() }
        let term = open[start + key.column]
        if before.contains(term) {
          kept += open[start..<start + width]
        } else if term == last {
          rest += open[start..<start + width]
        }
      }
      open = rest
    }
    return kept + open
  }

  private static let few = 1000

  /// The first so many of some terms in the order of values, or all, in order.
  func first(_ wanted: Int, of numbers: [UInt32], descending: Bool) throws -> [UInt32] {
    var steps = 0
    func precedes(_ left: Value, _ right: Value) throws -> Bool {
      steps += 1
      if steps & 0xFFF == 0 && !proceed() { throw JoinMachine.Stopped() }
      let order = Value.order(left, right)
      return descending ? order > 0 : order < 0
    }
    var best: [(number: UInt32, value: Value)] = []
    var worst: Value?
    func cut() throws {
      try best.sort { try precedes($0.value, $1.value) }
      best.removeLast(max(0, best.count - wanted))
      if best.count == wanted { worst = best.last?.value }
    }
    for number in numbers {
      let value = terms.value(Term(number))
      if let worst, try !precedes(value, worst) { continue }
      best.append((number, value))
      if best.count >= 2 * wanted + Self.few { try cut() }
    }
    try cut()
    return best.map(\.number)
  }
}
