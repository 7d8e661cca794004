/// The annotated statements of one relation, in the order in which they were made.
///
/// A fact that was stated without annotations has no statement here; one that was stated twice with different
/// annotations has two. Each costs 4 bytes a column and 4 for its annotations.
public struct StatementTable: Sendable {
  public let arity: Int
  /// The arguments of all statements, `arity` numbers each.
  public private(set) var arguments: [UInt32] = []
  public private(set) var annotations: [AnnotationSet] = []

  public init(arity: Int) { self.arity = arity }

  /// The statements whose arguments are given one after the other, `arity` numbers for each set of annotations.
  public init(arity: Int, arguments: [UInt32], annotations: [AnnotationSet]) {
    self.arity = arity
    self.arguments = arguments
    self.annotations = annotations
  }

  public var count: Int { annotations.count }

  public mutating func append(_ tuple: UnsafeBufferPointer<UInt32>, _ set: AnnotationSet) {
    arguments.append(contentsOf: tuple)
    annotations.append(set)
  }

  public func tuple(_ index: Int) -> ArraySlice<UInt32> { arguments[index * arity..<(index + 1) * arity] }

  /// Takes back the last statement of a fact that has these annotations.
  mutating func removeLast(_ tuple: [UInt32], _ set: AnnotationSet) {
    guard let index = (0..<count).last(where: { annotations[$0] == set && self.tuple($0).elementsEqual(tuple) }) else {
      return
    }
    arguments.removeSubrange(index * arity..<(index + 1) * arity)
    annotations.remove(at: index)
  }

  /// Takes all statements of one fact back.
  public mutating func remove(_ tuple: [UInt32]) {
    var kept = StatementTable(arity: arity)
    for index in 0..<count where !self.tuple(index).elementsEqual(tuple) {
      kept.arguments.append(contentsOf: self.tuple(index))
      kept.annotations.append(annotations[index])
    }
    self = kept
  }
}

/// Where the annotated statements of a relation come from when they are first asked for.
public protocol StatementSupply: AnyObject {
  /// Their number, which is known without their being there.
  var count: Int { get }

  /// The statements; none where they cannot be given.
  func statements() -> StatementTable
}
