import Testing
import Tiltas

@testable import Graphs

/// What a graph that is not whole is said to be.
@Suite("Invariants of a graph") struct GraphInvariantTests {
  private let graph = Graph()
  private let edge: StoredRelation

  init() {
    graph.declareType("place", supertypes: [])
    edge = graph.addRelation("edge", arity: 2)
    for name in ["a", "b"] { _ = graph.terms.intern(.name(name)) }
    state([0, 1])
  }

  private func state(_ tuple: [UInt32], _ set: AnnotationSet = .empty) {
    tuple.withUnsafeBufferPointer { graph.state(edge, $0, set) }
  }

  @Test("a graph that is well has nothing wrong with it")
  func whole() {
    state([1, 0], graph.annotationSets.intern([AnnotationSets.Entry(key: Term(0), value: Term(1))]))
    #expect(graph.checkInvariants() == nil)
    #expect(graph.retract(edge, [1, 0]))
    #expect(graph.checkInvariants() == nil)
  }

  @Test("a fact of a term that there is not is told")
  func unknownTerm() {
    state([1, 7])
    #expect(graph.checkInvariants() == "the relation `edge`: a fact speaks of 7, which is no term")
  }

  @Test("a statement of a fact that there is not is told")
  func statementWithoutFact() {
    [1, 1].withUnsafeBufferPointer { edge.statements.append($0, .empty) }
    #expect(graph.checkInvariants() == "the relation `edge`: statement 0 is of no fact")
  }

  @Test("annotations that there are not are told")
  func unknownAnnotations() {
    state([0, 1], AnnotationSet(5))
    #expect(graph.checkInvariants() == "the relation `edge`: statement 0 has annotations that there are not")
  }

  @Test("an entry of annotations that is no term is told")
  func unknownValue() {
    _ = graph.annotationSets.intern([AnnotationSets.Entry(key: Term(0), value: Term(9))])
    #expect(graph.checkInvariants() == "annotations: the entry of 0 and 9 speaks of no term")
  }

  @Test("a declaration with other columns than the facts is told")
  func otherArity() {
    edge.declaration = RelationDeclaration(positions: [[.any]])
    #expect(graph.checkInvariants() == "the relation `edge`: it is declared with 1 columns")
  }

  @Test("a type that is not listed is told")
  func unlistedType() {
    graph.types = TypeOrder()
    #expect(graph.checkInvariants() == "types: `place` is a type by its relation alone")
  }
}
