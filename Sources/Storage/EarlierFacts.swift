import Graphs
import Terms

/// How the facts that some changes touch were before these: found from how they are now, the last change first.
struct EarlierFacts {
  private let graph: Graph
  /// The annotations of each fact's statements; `nil` for one that was not there.
  private var facts: [String: [[UInt32]: [AnnotationSet]?]] = [:]

  init(_ graph: Graph) { self.graph = graph }

  mutating func undo(_ change: Change) {
    switch change {
    case .stated(let run):
      for index in (0..<run.count).reversed() {
        alter(run, index) { run.isNew(index) ? nil : Self.without(run.annotations(index), $0) }
      }
    case .takenBack(let run):
      for index in 0..<run.count {
        let set = run.annotations(index)
        alter(run, index) { (run.isNew(index) ? [] : $0 ?? []) + (set == .empty ? [] : [set]) }
      }
    case .type, .relation, .replaced, .rules: break
    }
  }

  /// The statements of a fact without the last one that has some annotations.
  private static func without(_ set: AnnotationSet, _ statements: [AnnotationSet]?) -> [AnnotationSet]? {
    var statements = statements
    if let index = statements?.lastIndex(of: set) { statements?.remove(at: index) }
    return statements
  }

  private mutating func alter(_ run: FactRun, _ index: Int, _ earlier: ([AnnotationSet]?) -> [AnnotationSet]?) {
    let (name, tuple) = (run.relation.name, Array(run.tuple(index)))
    let known = facts[name, default: [:]][tuple] ?? now(name, tuple)
    facts[name, default: [:]][tuple] = .some(earlier(known))
  }

  private func now(_ name: String, _ tuple: [UInt32]) -> [AnnotationSet]? {
    Pace.uninterrupted {
      guard let relation = graph.relation(named: name), relation.facts.contains(tuple) else { return nil }
      return relation.statements(of: tuple)
    }
  }

  /// Calls a function with each fact, in the order of the relations' names; numbers of terms tell in which order the values came.
  func visit(_ body: (_ relation: String, _ tuple: [UInt32], _ statements: [AnnotationSet]?) -> Void) {
    for (name, tuples) in facts.sorted(by: { $0.key < $1.key }) {
      for (tuple, statements) in tuples.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        body(name, tuple, statements)
      }
    }
  }
}
