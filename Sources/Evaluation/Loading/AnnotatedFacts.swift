import Graphs

extension Knowledge {
  /// How many of the facts that were known already changes have stated with annotations that they had not before.
  func annotatedFacts(in changes: [Change]) -> Int {
    var stated: [String: (relation: StoredRelation, sets: [[UInt32]: [AnnotationSet: Int]])] = [:]
    for case .stated(let run) in changes {
      for index in 0..<run.count where !run.isNew(index) {
        stated[run.relation.name, default: (run.relation, [:])]
          .sets[Array(run.tuple(index)), default: [:]][run.annotations(index), default: 0] += 1
      }
    }
    var count = 0
    for (relation, sets) in stated.values {
      for (tuple, sets) in sets {
        let statements = relation.statements(of: tuple).reduce(into: [AnnotationSet: Int]()) { $0[$1, default: 0] += 1 }
        // Of one that was there before there are more now than were made.
        if sets.contains(where: { statements[$0.key, default: 0] <= $0.value }) { count += 1 }
      }
    }
    return count
  }
}
