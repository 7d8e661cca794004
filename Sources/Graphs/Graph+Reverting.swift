import Relations
import Terms

extension Graph {
  /// Undoes what was changed between some positions, the last first, which are changes too; how many facts went and came. Types and
  /// relations that were declared stay declared. Throws the reason if the work of this thread is to end, and then nothing is changed.
  @discardableResult
  public func undo(_ ranges: [Range<Int>]) throws -> (takenBack: Int, restored: Int) {
    let beginning = ledger.mark()
    var counts = (takenBack: 0, restored: 0)
    do {
      for range in ranges.reversed() {
        try undo(ledger.changes(in: range) ?? [], keepingDeclarations: true, &counts)
      }
      if Pace.hasThreadToEnd { try Pace.ofThread?.check() }
    } catch {
      revert(to: beginning)
      throw error
    }
    return counts
  }

  /// Has the graph as it was at a position, and nobody is told what happened since. All changes since must be there.
  public func revert(to position: Int, keepingDeclarations: Bool = false) {
    guard let changes = ledger.changes(since: position), !changes.isEmpty else { return }
    var counts = (takenBack: 0, restored: 0)
    ledger.forget(since: position, keepingDeclarations: keepingDeclarations) {
      Pace.uninterrupted { try? undo(changes, keepingDeclarations: keepingDeclarations, &counts) }
    }
  }

  private func undo(
    _ changes: [Change], keepingDeclarations: Bool, _ counts: inout (takenBack: Int, restored: Int)
  ) throws {
    var rest = changes[...]
    while let change = rest.popLast() {
      try Pace.ofThread?.step(4)
      var runs: [String: [FactRun]] = [:]
      var next: Change? = change
      while case .stated(let run) = next {
        runs[run.relation.name, default: []].append(run)
        if case .stated? = rest.last { next = rest.popLast() } else { next = nil }
      }
      if runs.isEmpty {
        undo(change, keepingDeclarations: keepingDeclarations, &counts)
      } else {
        for runs in runs.values { counts.takenBack += takeBack(runs) }
      }
    }
  }

  private func undo(_ change: Change, keepingDeclarations: Bool, _ counts: inout (takenBack: Int, restored: Int)) {
    switch change {
    case .type(let name, _, let before):
      if keepingDeclarations { break }
      ledger.pass()
      types.restore(name, supertypes: before)
      if before == nil, relations[name]?.isType == true, relations[name]?.facts.isEmpty == true {
        relations[name] = nil
      }
    case .relation(let relation, _, let before):
      guard let relation = relations[relation.name] else { break }
      ledger.pass()
      if !keepingDeclarations { relation.declaration = before?.declaration }
      // One that is not declared goes with its last fact.
      if before == nil, relation.declaration == nil, relation.facts.isEmpty { relations[relation.name] = nil }
    case .takenBack(let run): counts.restored += stateAgain(run)
    case .replaced(let content):
      counts.takenBack += factCount
      replace(by: content, keepingDeclarations: keepingDeclarations)
      counts.restored += factCount
    case .stated, .rules: break
    }
  }

  /// The relation of a run, which may have gone with its last fact.
  private func relation(of run: FactRun) -> StoredRelation {
    if let relation = relations[run.relation.name] { return relation }
    relations[run.relation.name] = run.relation
    return run.relation
  }

  private func stateAgain(_ run: FactRun) -> Int {
    let relation = relation(of: run)
    var count = 0
    for index in 0..<run.count {
      if let pace = Pace.ofThread, !pace.goesOn(after: 8) { break }
      run.tuple(index).withUnsafeBufferPointer { tuple in
        if run.isNew(index) && !relation.facts.hasSettled(tuple) { count += 1 }
        state(relation, tuple, run.annotations(index))
      }
    }
    return count
  }

  /// Takes back what runs of one relation state, the latest of which comes first; how many facts that were.
  private func takeBack(_ runs: [FactRun]) -> Int {
    guard let relation = runs.first.flatMap({ relations[$0.relation.name] }) else { return 0 }
    let before = relation.factCount
    let count = runs.reduce(0) { $0 + $1.count }
    if count >= Self.fewFacts && 2 * count >= before {
      guard let rest = facts(of: relation, without: runs) else { return 0 }
      relation.facts.removeAll()
      relation.facts.append(tuples: rest)
    }
    for run in runs {
      let start = takeBack(run, of: relation)
      removeRest(of: run, from: start, relation)
      ledger.note(.takenBack(run.suffix(from: start)))
      if start > 0 { break }
    }
    return before - relation.factCount
  }

  /// Of fewer facts each is taken back by itself.
  private static let fewFacts = 4_096

  /// Takes back the facts of a run, the last first; the first that was taken back when the pace told to end.
  private func takeBack(_ run: FactRun, of relation: StoredRelation) -> Int {
    for index in (0..<run.count).reversed() {
      if let pace = Pace.ofThread, !pace.goesOn(after: 8) { return index + 1 }
      let tuple = Array(run.tuple(index))
      if run.isNew(index) { relation.facts.remove(tuple) }
      if run.annotations(index) != .empty { relation.statements.removeLast(tuple, run.annotations(index)) }
      doubt(tuple.map { Term($0) } + annotationSets.entries(run.annotations(index)).map(\.value))
    }
    return 0
  }

  /// What others have stated of facts that are no more goes with them.
  private func removeRest(of run: FactRun, from start: Int, _ relation: StoredRelation) {
    for index in start..<run.count where run.isNew(index) && relation.statementCount > 0 {
      let tuple = Array(run.tuple(index))
      if !relation.statements(of: tuple).isEmpty { relation.statements.remove(tuple) }
    }
  }

  /// The facts of a relation that runs did not bring, one behind the other; `nil` if the pace tells to end.
  private func facts(of relation: StoredRelation, without runs: [FactRun]) -> [UInt32]? {
    let (gone, pace) = (Relation(arity: relation.arity), Pace.ofThread)
    if let pace, !pace.hasRoom(for: 8 * runs.reduce(0) { $0 + $1.count } * relation.arity) { return nil }
    for run in runs {
      for index in 0..<run.count where run.isNew(index) { run.tuple(index).withUnsafeBufferPointer { gone.append($0) } }
    }
    var rest: [UInt32] = []
    let isWhole = relation.facts.forEachTuple { tuple in
      if !gone.contains(tuple) { rest.append(contentsOf: tuple) }
      return pace?.goesOn(after: 2) ?? true
    }
    return isWhole ? rest : nil
  }

  /// Has other relations and types in place of all.
  func replace(by content: GraphContent, keepingDeclarations: Bool = false) {
    let before = GraphContent(relations: relations, types: types)
    relations = content.relations
    if keepingDeclarations {
      for (name, relation) in before.relations where relations[name] == nil && relation.declaration != nil {
        relations[name] = StoredRelation(
          name: name, arity: relation.arity, declaration: relation.declaration, isType: relation.isType)
      }
    } else {
      types = content.types
    }
    forgetNames()
    derivedNames = [:]
    ledger.note(.replaced(before: before))
  }
}
