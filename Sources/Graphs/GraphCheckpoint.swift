import Relations
import Terms

/// The facts and statements that a graph had once, to go back to. Its declarations are not part of it.
public struct GraphCheckpoint {
  fileprivate var relations: [String: (tuples: [UInt32], count: Int, statements: StatementTable)] = [:]
  fileprivate var termCount = 0
  fileprivate var doubtfulNames: Set<UInt32> = []
}

extension Graph {
  /// The facts and statements of now. Linear in the size of the graph, of which it is a copy.
  public func checkpoint() -> GraphCheckpoint {
    var checkpoint = GraphCheckpoint()
    for (name, relation) in relations {
      var tuples: [UInt32] = []
      tuples.reserveCapacity(relation.factCount * relation.arity)
      relation.facts.forEachTuple { tuple in
        tuples.append(contentsOf: tuple)
        return true
      }
      checkpoint.relations[name] = (tuples, relation.factCount, relation.statements)
    }
    checkpoint.termCount = terms.count
    checkpoint.doubtfulNames = doubtfulNames
    return checkpoint
  }

  /// Has the facts and statements of a checkpoint again, and no others. Linear in the size of the graph.
  public func restore(_ checkpoint: GraphCheckpoint) {
    version += 1
    forgetNames()
    derivedNames = [:]
    for (name, relation) in relations {
      let saved = checkpoint.relations[name]
      // Facts and statements have only come since then, so that where there are as many they are the same.
      let isAsSaved = relation.factCount == saved?.count ?? 0 && relation.statementCount == saved?.statements.count ?? 0
      if isAsSaved && (saved != nil || relation.isType || relation.declaration != nil) { continue }
      if saved == nil && !relation.isType && relation.declaration == nil {
        relations[name] = nil
        recordAnew(relation, nil)
        continue
      }
      let restored = StoredRelation(
        name: name, arity: relation.arity, declaration: relation.declaration, isType: relation.isType)
      if let saved {
        if relation.arity > 0 {
          restored.facts.append(tuples: saved.tuples)
        } else if saved.count > 0 {
          restored.facts.append([])
        }
        restored.statements = saved.statements
      }
      relations[name] = restored
      recordAnew(relation, restored)
    }
    doubtfulNames = checkpoint.doubtfulNames
    doubt((checkpoint.termCount..<max(checkpoint.termCount, terms.count)).map { Term(UInt32($0)) })
  }
  /// Tells the recorder of another state of a relation: all that it held is taken back, and what it holds now is stated.
  private func recordAnew(_ old: StoredRelation, _ new: StoredRelation?) {
    guard let recorder, new?.hasSameStatements(as: old) != true else { return }
    old.facts.forEachTuple { tuple in
      recorder.retracted(old, Array(tuple))
      return true
    }
    guard let new else { return }
    new.facts.forEachTuple { tuple in
      if new.annotations(of: Array(tuple)).isEmpty { recorder.stated(new, tuple, .empty) }
      return true
    }
    for index in 0..<new.statements.count {
      new.statements.tuple(index).withUnsafeBufferPointer {
        recorder.stated(new, $0, new.statements.annotations[index])
      }
    }
  }
}

extension StoredRelation {
  fileprivate func hasSameStatements(as other: StoredRelation) -> Bool {
    factCount == other.factCount && statements.annotations == other.statements.annotations
      && statements.arguments == other.statements.arguments && facts.forEachTuple { other.facts.contains($0) }
  }
}
