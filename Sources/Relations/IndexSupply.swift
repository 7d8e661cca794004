/// Where the tuples of a relation come from when they are first asked for, such as a file.
public protocol IndexSupply: AnyObject {
  /// The number of tuples, which is known without their being there.
  var count: Int { get }

  /// The number of distinct terms of a column, which is known too.
  func distinctCount(column: Int) -> Int

  /// The tuples by an order of the columns; `nil` where that order has to be made from the first one. A supply that fails
  /// gives an empty index, and tells elsewhere.
  func index(_ order: [Int]) -> Index?
}
