import Graphs
import Terms

/// Gathers the changes of a graph until they are written as one record.
final class ChangeRecorder: GraphRecorder {
  private let graph: Graph
  private var writer = ByteWriter()

  init(_ graph: Graph) { self.graph = graph }

  var isEmpty: Bool { writer.bytes.isEmpty }

  func note(_ change: Change) { change.write(&writer) }

  /// The changes since this was last asked.
  func take() -> [UInt8] {
    defer { writer = ByteWriter() }
    return writer.bytes
  }

  func declared(type: String, supertypes: [String]) { note(.type(type, supertypes: supertypes)) }

  func declared(relation: StoredRelation, before: RelationShape?) {
    note(.relation(relation.name, arity: relation.arity, declaration: relation.declaration))
  }

  func stated(_ relation: StoredRelation, _ tuples: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet) {
    let entries = entries(annotations)
    let (arity, mark, pace) = (relation.arity, mark, Pace.ofThread)
    let count = arity == 0 ? 1 : tuples.count / arity
    // A record may have any number of changes, and a change 2^32 facts at most.
    for start in stride(from: 0, to: count, by: Self.mostTuples) {
      let rows = start..<min(start + Self.mostTuples, count)
      Change.writeHead(ofStated: rows.count, relation.name, arity: arity, entries, &writer)
      for number in tuples[rows.lowerBound * arity..<rows.upperBound * arity] {
        if let pace, !pace.goesOn(after: 8) || !hasRoom(pace) { return forget(since: mark) }
        Change.write(graph.terms.value(Term(number)), &writer)
      }
    }
  }

  private static let mostTuples = 1 << 20

  /// Asks before what was gathered takes more memory: to grow, and once more for the record that will be made of it.
  private func hasRoom(_ pace: Pace) -> Bool {
    let capacity = writer.bytes.capacity
    guard capacity - writer.bytes.count < Self.mostOfValue else { return true }
    let larger = 2 * max(capacity, Self.mostOfValue)
    guard pace.hasRoom(for: 2 * larger) else { return false }
    writer.bytes.reserveCapacity(larger)
    return true
  }

  /// What a value takes that is no text, and more. A text in the program is there already.
  private static let mostOfValue = 1 << 10

  var mark: Int { writer.bytes.count }

  func forget(since mark: Int) { writer.bytes.removeLast(max(0, writer.bytes.count - mark)) }

  func retracted(_ relation: StoredRelation, _ tuple: [UInt32]) { note(.retract(relation.name, values(tuple))) }

  func tookBackStatement(_ relation: StoredRelation, _ tuple: [UInt32], _ annotations: AnnotationSet) {
    note(.takeBackStatement(relation.name, values(tuple), annotations: entries(annotations)))
  }

  private func entries(_ annotations: AnnotationSet) -> [Change.Annotation] {
    graph.annotationSets.entries(annotations).map { entry in
      Change.Annotation(key: graph.terms.value(entry.key).plainText, value: graph.terms.value(entry.value))
    }
  }

  private func values(_ numbers: some Sequence<UInt32>) -> [Value] { numbers.map { graph.terms.value(Term($0)) } }
}
