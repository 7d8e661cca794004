import Terms

/// What wants to know of each change of a graph, in order, so that it can be made again.
public protocol GraphRecorder: AnyObject {
  func declared(type: String, supertypes: [String])
  /// - Parameter before: what it was, if it was there.
  func declared(relation: StoredRelation, before: RelationShape?)
  /// Facts of one relation, one behind the other, are stated with the same annotations. Where the graph's pace is told to end
  /// meanwhile, nothing of them is noted.
  func stated(_ relation: StoredRelation, _ tuples: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet)
  func retracted(_ relation: StoredRelation, _ tuple: [UInt32])
  /// The last of the statements of a fact that have these annotations was taken back; the fact stayed.
  func tookBackStatement(_ relation: StoredRelation, _ tuple: [UInt32], _ annotations: AnnotationSet)
  /// How much was noted so far, for ``forget(since:)``.
  var mark: Int { get }
  /// Forgets what was noted since, as it was undone.
  func forget(since mark: Int)
}

/// How many arguments a relation takes, and what they are declared to be.
public struct RelationShape: Equatable, Sendable {
  public var arity: Int
  public var declaration: RelationDeclaration?

  public init(arity: Int, declaration: RelationDeclaration?) {
    self.arity = arity
    self.declaration = declaration
  }
}

extension StoredRelation {
  public var shape: RelationShape { RelationShape(arity: arity, declaration: declaration) }
}
