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
    try facts.forEachTuple(where: column, is: term.number, body)
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
}
