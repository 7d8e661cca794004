import Terms

/// What wants to know of each change of a graph, in order, so that it can be made again.
public protocol GraphRecorder: AnyObject {
  func declared(type: String, supertypes: [String])
  func declared(relation: StoredRelation)
  /// Facts of one relation, one behind the other, were stated with the same annotations.
  func stated(_ relation: StoredRelation, _ tuples: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet)
  func retracted(_ relation: StoredRelation, _ tuple: [UInt32])
  /// All statements of a relation but the first ones were taken back.
  func truncatedStatements(of name: String, to count: Int)
}
