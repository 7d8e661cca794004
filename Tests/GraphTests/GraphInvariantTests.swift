import Sessions
import Testing

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

  @Test("a doubtful name that is no term, a relation by another name and a type without one are told")
  func wrongNames() {
    graph.doubtfulNames = [99]
    #expect(graph.checkInvariants() == "the doubtful name 99 is no term")
    graph.doubtfulNames = []
    graph.relations["corner"] = edge
    #expect(graph.checkInvariants() == "the relation `edge` is found as `corner`")
    graph.relations["corner"] = nil
    graph.relations["place"] = nil
    #expect(graph.checkInvariants() == "types: `place` has no relation")
  }

  @Test("statements of another number of columns, and one that is cut off, are told")
  func wrongStatements() {
    edge.statements = StatementTable(arity: 1)
    #expect(graph.checkInvariants() == "the relation `edge`: its statements have 1 columns")
    edge.statements = StatementTable(arity: 2, arguments: [0], annotations: [.empty])
    #expect(graph.checkInvariants() == "the relation `edge`: a statement is cut off")
  }

  @Test("sets of annotations that do not lie one behind the other, or are the same, are told")
  func wrongSets() {
    let entry = AnnotationSets.Entry(key: Term(0), value: Term(1))
    for (starts, count, problem) in [
      ([0, 0, 1], 1, nil), ([1, 1], 1, "the first set is not the empty one"),
      ([0, 0, 2], 1, "1 entries are 2 of the sets"),
      ([0, 0, 2, 1], 1, "a set ends before it begins"),
      ([0, 0, 1, 2], 2, "two sets are the same, or one has a key twice"),
    ] as [([UInt32], Int, String?)] {
      let sets = AnnotationSets(starts: starts, entries: Array(repeating: entry, count: count))
      #expect(sets.checkInvariants(terms: 2) == problem)
    }
  }
}
