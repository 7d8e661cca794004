import Terms

/// What wants to know of each change of a graph, in order, so that it can be made again.
public protocol GraphRecorder: AnyObject {
  func declared(type: String, supertypes: [String])
  func declared(relation: StoredRelation)
  /// Facts of one relation, one behind the other, were stated with the same annotations.
  func stated(_ relation: StoredRelation, _ tuples: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet)
  func retracted(_ relation: StoredRelation, _ tuple: [UInt32])
  /// The last of the statements of a fact that have these annotations was taken back; the fact stayed.
  func tookBackStatement(_ relation: StoredRelation, _ tuple: [UInt32], _ annotations: AnnotationSet)
}
