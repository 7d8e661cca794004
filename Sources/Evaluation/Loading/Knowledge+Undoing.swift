import Diagnostics
import Graphs
import Language
import Terms

extension Knowledge {
  // MARK: Steps

  /// What is here now.
  public func moment() -> Moment {
    Moment(
      position: graph.ledger.mark(), program: program, termCount: graph.terms.count, stepCount: undoing.steps.count)
  }

  /// Begins what can be undone as one, or is undone if it does not come to its end.
  /// - Parameter most: of how many facts at most that holds.
  func beginStep(most: Int = .max) -> Moment {
    if let position = undoing.position { graph.ledger.hold(.undoing, from: position, most: most) }
    graph.ledger.hold(.step, most: most)
    return moment()
  }

  /// Ends what ``beginStep(most:)`` began; whether it changed something that ``undo()`` takes back. A load is a step in any case.
  @discardableResult
  func endStep(_ moment: Moment, loading path: String? = nil) -> Bool {
    noteRules(since: moment.program)
    let range = moment.position..<graph.ledger.mark()
    defer { endSteps() }
    guard graph.ledger.isHeld(by: .step) else {
      undoing.forget(loading: path)
      return false
    }
    if path == nil && !Self.isStep(graph.ledger.changes(in: range) ?? []) { return false }
    undoing.push(Undoing.Step(ranges: [range], program: moment.program, path: path))
    return true
  }

  /// Has the ledger keep what can be undone, and no more. What it does not reach back to any more can't be.
  private func endSteps() {
    if let position = undoing.position, !graph.ledger.reaches(position) { undoing.forget(loading: nil) }
    if let position = undoing.position {
      graph.ledger.hold(.undoing, from: position)
    } else {
      graph.ledger.release(.undoing)
    }
    graph.ledger.release(.step)
  }

  private static func isStep(_ changes: [Change]) -> Bool {
    changes.contains { change in
      switch change {
      case .stated, .takenBack, .replaced, .rules: true
      case .type, .relation: false
      }
    } || !declared(by: changes).isEmpty
  }

  /// The types and relations that changes have declared and that were not declared before.
  private static func declared(by changes: [Change]) -> [String] {
    Set(
      changes.compactMap { change in
        switch change {
        case .type(let name, _, nil): name
        case .relation(let relation, .some, let before) where before?.declaration == nil: relation.name
        default: nil
        }
      }
    ).sorted()
  }

  /// Notes in the ledger if rules, parameters or constraints have changed.
  func noteRules(since before: Program) {
    if program.version != before.version { graph.ledger.noteRules() }
  }

  /// Has all as it was, as far as the ledger reaches back, and nobody is told of what happened since.
  public func revert(to moment: Moment, keepingDeclarations: Bool = false) {
    Pace.uninterrupted { graph.revert(to: moment.position, keepingDeclarations: keepingDeclarations) }
    graph.doubt((moment.termCount..<graph.terms.count).map { Term(UInt32($0)) })
    undoing.keepFirst(moment.stepCount)
    putBack(moment.program, keepingPlaces: keepingDeclarations)
    endSteps()
  }

  /// Has other rules in place of those that there are.
  private func putBack(_ other: Program, keepingPlaces: Bool) {
    let (version, places) = (program.version, program.places)
    program = other
    if keepingPlaces { program.places.merge(places) { $1 } }
    // If no rule has changed there is nothing for others to look at anew.
    if version != other.version { program.touch(beyond: version) }
  }

  // MARK: Undoing

  /// Undoes the last entry of the prompt, the last load or the last transaction, whichever changed anything last; `nil` if there is
  /// none. Types and relations that it declared stay declared. Throws a ``Diagnostic`` if the last was a load that cannot be undone.
  public func undo() throws -> Undone? {
    if let step = undoing.pop() {
      defer { endSteps() }
      do {
        return try supervisor.underLimits { try graph.pace.governing { try undo(step) } }
      } catch {
        undoing.push(step)
        throw error
      }
    }
    guard let path = undoing.irrevocableLoad else { return nil }
    throw Diagnostic(
      .cannotUndoLoad, "the load of `\(path)` cannot be undone, nor what was done before it",
      help: "it stated more than \(mostFactsToUndo) facts, too many to be remembered")
  }

  /// Undoes a step, or throws and changes nothing.
  private func undo(_ step: Undoing.Step) throws -> Undone {
    let changes = step.ranges.flatMap { graph.ledger.changes(in: $0) ?? [] }
    var undone = Undone()
    undone.declared = Self.declared(by: changes)
    undone.position = step.ranges.first?.lowerBound ?? 0
    (undone.path, undone.isTransaction) = (step.path, step.isTransaction)
    undone.rulesForgotten = max(0, program.rules.count - step.program.rules.count)
    undone.forgotten = Array(program.rules.suffix(undone.rulesForgotten))
    if step.path == nil { (undone.takenBack, undone.restored) = firstFacts(of: changes) }
    (undone.factsTakenBack, undone.factsRestored) = try graph.undo(step.ranges)
    let before = program
    putBack(step.program, keepingPlaces: true)
    noteRules(since: before)
    return undone
  }

  /// The first facts that changes have stated and taken back, as source.
  private func firstFacts(of changes: [Change]) -> (stated: [String], takenBack: [String]) {
    var (stated, takenBack): ([String], [String]) = ([], [])
    func gather(_ run: FactRun, _ facts: inout [String]) {
      for index in 0..<run.count where run.isNew(index) && facts.count < Undone.mostShown {
        facts.append(RelationName.fact(run.relation.name, run.tuple(index).map { graph.terms.value(Term($0)) }))
      }
    }
    for change in changes {
      switch change {
      case .stated(let run): gather(run, &stated)
      case .takenBack(let run): gather(run, &takenBack)
      case .type, .relation, .replaced, .rules: break
      }
    }
    return (stated, takenBack)
  }

  /// Notes that the graph was changed by what others have written, which ``undo()`` is not to take back.
  /// - Parameter isReplacing: whether rules, parameters or constraints were, or something that steps have changed.
  public func noteMerge(replacing isReplacing: Bool) {
    undoing.noteMerge(replacing: isReplacing)
    endSteps()
  }

  // MARK: Loads

  /// Loads what `load` reads so that ``undo()`` takes it back, if it does not state more facts than can be remembered. In a
  /// transaction it always can.
  public func loadUndoably(_ path: String, _ load: () throws -> Void) throws {
    let moment = beginStep(most: transaction == nil ? mostFactsToUndo : .max)
    do {
      try supervisor.underLimits {
        try graph.pace.governing {
          try load()
          // What was read is put in order now, as that can be interrupted with the rest.
          _ = graph.factCount
        }
      }
      endStep(moment, loading: path)
    } catch let failure as QueryFailure {
      // Half of a file is no change that anybody meant.
      if graph.version > moment.position, !graph.ledger.reaches(moment.position) {
        undoing.forget(loading: path)
        note("note: the facts of `\(path)` that were read stay")
      }
      revert(to: moment)
      throw failure
    } catch {
      if graph.version > moment.position || program.version != moment.program.version {
        endStep(moment, loading: path)
        if transaction == nil {
          note(
            "note: what could be read of `\(path)` stays" + (irrevocableLoad == path ? "" : "; `:undo` takes it back"))
        }
      } else {
        endSteps()
      }
      throw error
    }
  }

  /// What was loaded last, if that cannot be undone.
  public var irrevocableLoad: String? { undoing.steps.isEmpty ? undoing.irrevocableLoad : nil }

  // MARK: Transactions

  /// From here on all changes are remembered, until ``endTransaction()`` or ``rollBack()``.
  public func beginTransaction() {
    graph.ledger.hold(.transaction)
    transaction = moment()
    undoing.beginTransaction()
  }

  /// Lets what was changed since ``beginTransaction()`` stay.
  public func endTransaction() {
    transaction = nil
    undoing.endTransaction()
    graph.ledger.release(.transaction)
    endSteps()
  }

  /// Undoes all that was changed since ``beginTransaction()``: facts, rules, parameters and declarations.
  public func rollBack() {
    guard let transaction else { return }
    revert(to: transaction)
    endTransaction()
  }
}
