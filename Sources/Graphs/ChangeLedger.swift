import Relations
import Terms

/// What a graph said, at a moment, of all that was changed in it since: for each fact, type and relation how it was before it was
/// first touched.
///
/// Each fact that was touched costs some eighty bytes.
public final class ChangeLedger: GraphRecorder {
  /// The facts of a relation that were touched.
  private struct Facts {
    /// The statements of all facts before any was touched.
    let statements: StatementTable
    var wereThere: [[UInt32]: Bool] = [:]
  }

  private unowned let graph: Graph
  private var facts: [String: Facts] = [:]
  /// The supertypes that types had, `nil` for one that was none.
  public private(set) var types: [String: [String]?] = [:]
  public private(set) var relations: [String: RelationShape?] = [:]

  /// From now on the changes of the graph are noted.
  public init(_ graph: Graph) {
    self.graph = graph
    graph.recorder = self
  }

  /// Calls a function with each fact that was touched, whether it was there, and the annotations of its statements, in the order
  /// of the relations' names.
  public func forEachFact(
    _ body: (_ relation: String, _ tuple: [UInt32], _ wasThere: Bool, _ statements: [AnnotationSet]) -> Void
  ) {
    for (name, touched) in facts.sorted(by: { $0.key < $1.key }) {
      let index = StatementIndex(touched.statements)
      // Numbers of terms tell in which order the values came.
      for (tuple, wasThere) in touched.wereThere.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        body(name, tuple, wasThere, wasThere ? index.annotations(of: tuple, in: touched.statements) : [])
      }
    }
  }

  private func touch(_ relation: StoredRelation, _ tuple: [UInt32], wasThere: Bool? = nil) {
    if facts[relation.name] == nil { facts[relation.name] = Facts(statements: relation.statements) }
    if facts[relation.name]?.wereThere[tuple] != nil { return }
    facts[relation.name]?.wereThere[tuple] = wasThere ?? Pace.uninterrupted { relation.facts.contains(tuple) }
  }

  public let mark = 0

  /// What was undone is as it was before.
  public func forget(since mark: Int) {}

  public func declared(type: String, supertypes: [String]) {
    if types[type] == nil { types[type] = .some(graph.isType(type) ? graph.supertypes(of: type) : nil) }
  }

  public func declared(relation: StoredRelation, before: RelationShape?) {
    if relations[relation.name] == nil { relations[relation.name] = .some(before) }
  }

  public func stated(_ relation: StoredRelation, _ tuples: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet) {
    if relation.arity == 0 { return touch(relation, []) }
    let pace = Pace.ofThread
    for start in stride(from: 0, to: tuples.count, by: relation.arity) {
      if let pace, !pace.goesOn(after: 16) { return }
      touch(relation, Array(tuples[start..<start + relation.arity]))
    }
  }

  public func retracted(_ relation: StoredRelation, _ tuple: [UInt32]) { touch(relation, tuple, wasThere: true) }

  public func tookBackStatement(_ relation: StoredRelation, _ tuple: [UInt32], _ annotations: AnnotationSet) {
    touch(relation, tuple, wasThere: true)
  }
}
