import Graphs
import Terms

/// Writes changes as a record of the journal has them.
struct RecordWriter {
  private let graph: Graph
  private var writer = ByteWriter()
  var bytes: [UInt8] { writer.bytes }

  init(_ graph: Graph) { self.graph = graph }

  mutating func write(_ change: ValueChange) { change.write(&writer) }

  /// Throws the reason if the work of this thread is to end. Rules are written by whoever knows them.
  mutating func write(_ change: Change) throws {
    switch change {
    case .type(let name, let supertypes, _): write(.type(name, supertypes: supertypes))
    case .relation(let relation, let declaration, _):
      write(.relation(relation.name, arity: relation.arity, declaration: declaration))
    case .stated(let run): try write(stated: run)
    case .takenBack(let run): try write(takenBack: run)
    // Nothing takes the place of a graph that has a journal.
    case .rules, .replaced: break
    }
  }

  /// Facts with the same annotations that follow one another make one change.
  private mutating func write(stated run: FactRun) throws {
    var start = 0
    while start < run.count {
      let set = run.annotations(start)
      let end = (start..<min(run.count, start + Self.mostFacts)).first { run.annotations($0) != set } ?? run.count
      let facts = start..<min(end, start + Self.mostFacts)
      ValueChange.writeHead(
        ofStated: facts.count, run.relation.name, arity: run.relation.arity, entries(set), &writer)
      for index in facts {
        for number in run.tuple(index) {
          try reserve()
          ValueChange.write(graph.terms.value(Term(number)), &writer)
        }
      }
      start = facts.upperBound
    }
  }

  /// A change has 2^32 facts at most.
  private static let mostFacts = 1 << 20

  private mutating func write(takenBack run: FactRun) throws {
    var end = run.count
    while end > 0 {
      try reserve()
      // With a fact go all its statements.
      let tuple = run.tuple(end - 1)
      let start = (0..<end).reversed().prefix { run.tuple($0) == tuple }.last ?? 0
      let values = tuple.map { graph.terms.value(Term($0)) }
      if run.isNew(start) {
        write(.retract(run.relation.name, values))
      } else {
        for index in (start..<end).reversed() {
          write(.takeBackStatement(run.relation.name, values, annotations: entries(run.annotations(index))))
        }
      }
      end = start
    }
  }

  private func entries(_ annotations: AnnotationSet) -> [ValueChange.Annotation] {
    ValueChange.annotations(annotations, graph)
  }

  /// Asks before what is written takes more memory: to grow, and once more for the record that will be made of it.
  private mutating func reserve() throws {
    guard let pace = Pace.ofThread else { return }
    try pace.step(8)
    let capacity = writer.bytes.capacity
    if capacity - writer.bytes.count >= Self.mostOfValue { return }
    let larger = 2 * max(capacity, Self.mostOfValue)
    try pace.reserve(2 * larger)
    writer.bytes.reserveCapacity(larger)
  }

  /// What a value takes that is no text, and more. A text in the program is there already.
  private static let mostOfValue = 1 << 10
}
