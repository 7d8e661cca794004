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
    names = nil
    for (name, relation) in relations {
      let saved = checkpoint.relations[name]
      if saved == nil && !relation.isType && relation.declaration == nil {
        relations[name] = nil
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
    }
    doubtfulNames = checkpoint.doubtfulNames
    doubt((checkpoint.termCount..<max(checkpoint.termCount, terms.count)).map { Term(UInt32($0)) })
  }
}
