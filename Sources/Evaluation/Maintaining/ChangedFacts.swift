import Graphs
import Relations
import Terms

/// What changes of facts alone come to.
struct ChangedFacts {
  private let graph: Graph
  /// The facts that are there now and were not before, and those that were, by relation.
  private(set) var deltas: [String: RelationDelta] = [:]
  /// The names in what was taken back.
  private(set) var lostNames: Set<UInt32> = []
  private var seen: [String: Set<[UInt32]>] = [:]

  /// `nil` if the changes are others or may change a rule's meaning, as a relation's first fact and its last do, and names of
  /// entities.
  init?(_ changes: [Change], _ graph: Graph) {
    self.graph = graph
    guard Self.keepMeaning(changes, graph) else { return nil }
    for change in changes {
      switch change {
      case .stated(let run):
        for index in 0..<run.count { note(run, index, wasThere: !run.isNew(index)) }
      case .takenBack(let run):
        for index in (0..<run.count).reversed() {
          note(run, index, wasThere: true)
          let values = graph.annotationSets.entries(run.annotations(index)).map(\.value.number)
          lostNames.formUnion((run.tuple(index) + values).filter { graph.terms.isName(Term($0)) })
        }
      case .type, .relation, .replaced, .rules: break
      }
    }
  }

  /// Looks from the last change back, as it is known how many facts there are now.
  private static func keepMeaning(_ changes: [Change], _ graph: Graph) -> Bool {
    var factCounts: [String: Int] = [:]
    for change in changes.reversed() {
      let (run, isStated): (FactRun, Bool)
      switch change {
      case .stated(let facts): (run, isStated) = (facts, true)
      case .takenBack(let facts): (run, isStated) = (facts, false)
      case .type, .relation, .replaced, .rules: return false
      }
      let name = run.relation.name
      guard !Graph.isNameRelation(name), graph.relation(named: name) === run.relation else { return false }
      let newCount = (0..<run.count).count(where: run.isNew)
      let after = factCounts[name] ?? run.relation.factCount
      let before = isStated ? after - newCount : after + newCount
      if newCount > 0 && min(before, after) <= 0 { return false }
      factCounts[name] = before
    }
    return true
  }

  /// The first change of a fact tells whether it was there before.
  private mutating func note(_ run: FactRun, _ index: Int, wasThere: Bool) {
    let (name, tuple) = (run.relation.name, Array(run.tuple(index)))
    guard seen[name, default: []].insert(tuple).inserted else { return }
    let delta = deltas[name] ?? RelationDelta(arity: run.relation.arity)
    let isThere = run.relation.facts.contains(tuple)
    if wasThere, !isThere { delta.removed.append(tuple) }
    if !wasThere, isThere { delta.added.append(tuple) }
    deltas[name] = delta
  }
}
