import Relations
import Terms

/// The facts and statements that a graph had once, to go back to. Its declarations are not part of it.
public struct GraphCheckpoint {
  fileprivate var relations: [String: (tuples: [UInt32], count: Int, statements: StatementTable)] = [:]
  fileprivate var termCount = 0
  fileprivate var doubtfulNames: Set<UInt32> = []
}

extension Graph {
  /// The facts and statements of now. Linear in the size of the graph, of which it is a copy. Throws the reason where the work of this
  /// thread is to end.
  public func checkpoint() throws -> GraphCheckpoint {
    var checkpoint = GraphCheckpoint()
    let pace = Pace.ofThread
    for (name, relation) in relations {
      try pace?.step(8)
      var tuples: [UInt32] = []
      try pace?.reserve(4 * relation.factCount * relation.arity)
      tuples.reserveCapacity(relation.factCount * relation.arity)
      try relation.facts.forEachTuple { tuple in
        try pace?.step()
        tuples.append(contentsOf: tuple)
        return true
      }
      checkpoint.relations[name] = (tuples, relation.factCount, relation.statements)
    }
    checkpoint.termCount = terms.count
    checkpoint.doubtfulNames = doubtfulNames
    return checkpoint
  }

  /// Has the facts and statements of a checkpoint again, and no others. Linear in the size of the graph. Throws the reason where the
  /// work of this thread is to end, and then nothing is changed.
  /// - Parameter counting: whether it is asked how many facts are there no more, for which they must be in order.
  @discardableResult
  public func restore(_ checkpoint: GraphCheckpoint, counting: Bool = false) throws -> Int {
    let pace = Pace.ofThread
    let mark = recorder?.mark ?? 0
    var restored: [String: StoredRelation] = [:]
    var taken = 0
    do {
      for (name, relation) in relations {
        try pace?.step(8)
        let saved = checkpoint.relations[name]
        if relation.isAsSaved(saved?.count ?? 0, saved?.statements.count ?? 0, isNew: saved == nil) { continue }
        if counting { taken += relation.factCount - (saved?.count ?? 0) }
        let again = StoredRelation(
          name: name, arity: relation.arity, declaration: relation.declaration, isType: relation.isType)
        if let saved {
          if relation.arity > 0 {
            again.facts.append(tuples: saved.tuples)
          } else if saved.count > 0 {
            again.facts.append([])
          }
          again.statements = saved.statements
        }
        restored[name] = again
        try recordAnew(relation, again, pace)
      }
      try pace?.check()
    } catch {
      recorder?.forget(since: mark)
      throw error
    }
    version += 1
    forgetNames()
    derivedNames = [:]
    for (name, relation) in restored {
      let goes = checkpoint.relations[name] == nil && !relation.isType && relation.declaration == nil
      relations[name] = goes ? nil : relation
    }
    doubtfulNames = checkpoint.doubtfulNames
    doubt((checkpoint.termCount..<max(checkpoint.termCount, terms.count)).map { Term(UInt32($0)) })
    return taken
  }

  /// Tells the recorder of another state of a relation: all that it held is taken back, and what it holds now is stated.
  private func recordAnew(_ old: StoredRelation, _ new: StoredRelation, _ pace: Pace?) throws {
    guard let recorder, try !new.hasSameStatements(as: old, pace) else { return }
    try old.facts.forEachTuple { tuple in
      try pace?.step(8)
      recorder.retracted(old, Array(tuple))
      return true
    }
    try new.facts.forEachTuple { tuple in
      try pace?.step(8)
      if new.annotations(of: Array(tuple)).isEmpty { recorder.stated(new, tuple, .empty) }
      return true
    }
    for index in 0..<new.statements.count {
      try pace?.step(8)
      new.statements.tuple(index).withUnsafeBufferPointer {
        recorder.stated(new, $0, new.statements.annotations[index])
      }
    }
  }
}

extension StoredRelation {
  /// Whether nothing was stated since there were so many facts and statements: these have only come since then, so that where
  /// there are as many they are the same. What was not put in order since is not counted, which may take long.
  fileprivate func isAsSaved(_ facts: Int, _ statements: Int, isNew: Bool) -> Bool {
    if isNew && !isType && declaration == nil { return false }
    return self.facts.isSettled && factCount == facts && statementCount == statements
  }

  fileprivate func hasSameStatements(as other: StoredRelation, _ pace: Pace?) throws -> Bool {
    try factCount == other.factCount && statements.annotations == other.statements.annotations
      && statements.arguments == other.statements.arguments
      && facts.forEachTuple {
        try pace?.step()
        return other.facts.contains($0)
      }
  }
}
