import Relations

/// Facts of one relation that were stated one after the other. Each costs 4 bytes an argument; 4 more if any has annotations, and one
/// more if any was there before.
public struct FactRun {
  public let relation: StoredRelation
  public private(set) var count = 0
  private var arguments: [UInt32] = []
  private var sets: [AnnotationSet] = []
  private var wereThere: [Bool] = []

  /// A longer run is ended by the ledger, so that no large block of memory has to grow.
  static let usualLength = 1 << 16

  init(_ relation: StoredRelation) { self.relation = relation }

  /// New facts without annotations, one behind the other.
  init(_ relation: StoredRelation, tuples: [UInt32]) {
    self.relation = relation
    arguments = tuples
    count = tuples.count / max(1, relation.arity)
  }

  /// - Parameter isNew: whether it was no fact before.
  mutating func append(_ tuple: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet, isNew: Bool) {
    arguments.append(contentsOf: tuple)
    if annotations != .empty && sets.isEmpty { sets = Array(repeating: .empty, count: count) }
    if annotations != .empty || !sets.isEmpty { sets.append(annotations) }
    if !isNew && wereThere.isEmpty { wereThere = Array(repeating: false, count: count) }
    if !isNew || !wereThere.isEmpty { wereThere.append(!isNew) }
    count += 1
  }

  public func tuple(_ index: Int) -> ArraySlice<UInt32> {
    arguments[index * relation.arity..<(index + 1) * relation.arity]
  }

  /// The annotations with which a fact was stated.
  public func annotations(_ index: Int) -> AnnotationSet { sets.isEmpty ? .empty : sets[index] }

  /// Whether it was no fact before; else it was stated once more.
  public func isNew(_ index: Int) -> Bool { wereThere.isEmpty || !wereThere[index] }

  /// The facts from one on.
  func suffix(from start: Int) -> FactRun {
    if start == 0 { return self }
    var run = FactRun(relation)
    for index in start..<count {
      tuple(index).withUnsafeBufferPointer { run.append($0, annotations(index), isNew: isNew(index)) }
    }
    return run
  }
}
