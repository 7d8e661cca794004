import Relations
import Terms

extension StoredRelation {
  /// Calls `body` with each fact that has a term as one of its arguments, until it returns false; whether it never did.
  ///
  /// Takes as long as there are such facts, but for the first time that a column is asked for, which is linear.
  @discardableResult
  public func forEachFact(
    where column: Int, is term: Term, _ body: ([UInt32]) throws -> Bool
  ) rethrows -> Bool {
    guard arity > 1 else { return facts.contains([term.number]) ? try body([term.number]) : true }
    let order = [column] + (0..<arity).filter { $0 != column }
    let index = facts.index(order)
    guard let node = index.child(level: 0, node: 0, term: term.number) else { return true }
    var tuple = [UInt32](repeating: term.number, count: arity)
    return try Self.walk(index, level: 1, node, &tuple, body)
  }

  /// Calls `body` with each term that stands in the other column of a fact of two, until it returns false.
  @discardableResult
  public func forEachPartner(
    ofColumn column: Int, _ term: Term, _ body: (UInt32) throws -> Bool
  ) rethrows -> Bool {
    let index = facts.index([column, 1 - column])
    guard let node = index.child(level: 0, node: 0, term: term.number) else { return true }
    return try index.set(level: 1, node: node).forEachNumber(body)
  }

  private static func walk(
    _ index: Index, level: Int, _ node: UInt32, _ tuple: inout [UInt32], _ body: ([UInt32]) throws -> Bool
  ) rethrows -> Bool {
    let isLast = level == index.depth - 1
    for term in index.set(level: level, node: node).elements {
      tuple[index.order[level]] = term
      if isLast {
        if !(try body(tuple)) { return false }
      } else if let next = index.child(level: level, node: node, term: term) {
        if !(try walk(index, level: level + 1, next, &tuple, body)) { return false }
      }
    }
    return true
  }
}
