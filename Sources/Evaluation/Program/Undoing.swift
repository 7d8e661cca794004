import Diagnostics
import Graphs
import Language
import Terms

/// One change of a fact, with what it takes to undo it.
enum FactChange {
  /// A new fact was stated.
  case added(StoredRelation, [UInt32])
  /// A known fact was stated once more, with these annotations.
  case stated(StoredRelation, [UInt32], AnnotationSet)
  /// A fact was taken back, which had statements with these annotations, one each.
  case removed(StoredRelation, [UInt32], [AnnotationSet])
}

/// What the last entries of the prompt and the last loads changed, the latest last.
struct Undoing {
  struct Step {
    /// The changes of facts in their order, or for a load the graph as it was.
    var changes: Changes
    var program: Program
    /// The version of the graph before.
    var graphVersion: Int
    /// The types and relations that were declared, which stay so.
    var declared: [String]
  }

  enum Changes {
    case facts([FactChange])
    case load(path: String, GraphCheckpoint)
    /// The steps of a transaction, in their order.
    case transaction([Step])

    var hasLoad: Bool {
      switch self {
      case .facts: false
      case .load: true
      case .transaction(let steps): steps.contains { $0.changes.hasLoad }
      }
    }
  }

  private(set) var steps: [Step] = []
  /// What was loaded into a graph that was too large to be kept as it was, after which nothing was done that can be undone.
  private(set) var irrevocableLoad: String?
  /// So many steps can be undone.
  private static let mostSteps = 100
  /// The step with which a transaction begins, all of whose steps are remembered.
  private var beginning: Int?

  /// Remembers an entry, if it changed something; whether it did.
  mutating func remember(_ step: Step, _ after: Program) -> Bool {
    guard case .facts(let log) = step.changes,
      !log.isEmpty || step.program.version != after.version || !step.declared.isEmpty
    else { return false }
    push(step)
    return true
  }

  /// Forgets steps that would take back what others have changed: all where rules or what steps have changed became otherwise, else
  /// those up to the last load, which puts all facts back.
  mutating func noteMerge(replacing isReplacing: Bool) {
    let last = isReplacing ? steps.indices.last : steps.lastIndex { $0.changes.hasLoad }
    if let last { steps.removeFirst(last + 1) }
  }

  /// Forgets all, for a load that cannot be undone.
  mutating func forget(loading path: String) {
    steps = []
    irrevocableLoad = path
  }

  mutating func push(_ step: Step) {
    steps.append(step)
    if beginning == nil { forgetOldest() }
  }

  /// The last step; within a transaction none of before it.
  mutating func pop() -> Step? { steps.count > beginning ?? 0 ? steps.popLast() : nil }

  mutating func beginTransaction() { beginning = steps.count }

  /// Makes one step of those of the transaction.
  mutating func endTransaction() {
    if let beginning, steps.count > beginning + 1 {
      let parts = Array(steps[beginning...])
      steps.removeSubrange(beginning...)
      steps.append(
        Step(
          changes: .transaction(parts), program: parts[0].program, graphVersion: parts[0].graphVersion,
          declared: Set(parts.flatMap(\.declared)).sorted()))
    }
    beginning = nil
    forgetOldest()
  }

  private mutating func forgetOldest() { steps.removeFirst(max(0, steps.count - Self.mostSteps)) }
}

extension Engine {
  /// What was undone.
  public struct Undone: Sendable {
    public var factsTakenBack = 0
    public var factsRestored = 0
    public var rulesForgotten = 0
    /// The first of the facts that were taken back and of those that were restored, as source, unless it was a load.
    public var takenBack: [String] = []
    public var restored: [String] = []
    /// The rules that were forgotten, where that is all that became of the rules.
    public var forgotten: [Rule] = []
    /// The file or folder, where it was a load.
    public var path: String?
    /// Whether it was a transaction of several entries.
    public var isTransaction = false
    /// The types and relations that it declared, which stay so.
    public var declared: [String] = []
    /// The version that the graph had before what was undone.
    public var graphVersion = 0

    /// So many facts of each sort are told one by one.
    public static let mostShown = 3

    /// Adds what an earlier entry of the same transaction had changed.
    mutating func add(before earlier: Undone) {
      factsTakenBack += earlier.factsTakenBack
      factsRestored += earlier.factsRestored
      takenBack = Array((earlier.takenBack + takenBack).prefix(Self.mostShown))
      restored = Array((earlier.restored + restored).prefix(Self.mostShown))
    }
  }

  /// Undoes the last entry of the prompt, the last load or the last transaction, whichever changed anything last; `nil` where there is none. Types and
  /// relations that it declared stay declared. Throws a ``Diagnostic`` where the last was a load that cannot be undone.
  public func undo() throws -> Undone? {
    if let step = undoing.pop() {
      do {
        return try underLimits { try graph.pace.governing { try undo(step) } }
      } catch {
        undoing.push(step)
        throw error
      }
    }
    guard let path = undoing.irrevocableLoad else { return nil }
    throw Diagnostic(
      .cannotUndoLoad, "the load of `\(path)` cannot be undone, nor what was done before it",
      help: "the graph had more than \(mostFactsOfCheckpoint) facts, too many to be kept as they were")
  }

  /// Notes that the graph was changed by what others have written, which ``undo()`` is not to take back.
  /// - Parameter isReplacing: whether rules, parameters or constraints were, or something that steps have changed.
  public func noteMerge(replacing isReplacing: Bool) { undoing.noteMerge(replacing: isReplacing) }

  /// Undoes all steps of a transaction.
  func undoTransaction() {
    Pace.uninterrupted {
      while let step = undoing.pop() {
        _ = try? undo(step)
      }
    }
  }

  /// Undoes a step, or throws and changes nothing.
  private func undo(_ step: Undoing.Step) throws -> Undone {
    var undone = Undone()
    undone.declared = step.declared
    undone.graphVersion = step.graphVersion
    undone.rulesForgotten = max(0, program.rules.count - step.program.rules.count)
    undone.forgotten = Array(program.rules.suffix(undone.rulesForgotten))
    switch step.changes {
    case .facts(let log):
      for change in log {
        switch change {
        case .added(let relation, let tuple):
          undone.factsTakenBack += 1
          if undone.factsTakenBack <= Undone.mostShown { undone.takenBack.append(source(relation, tuple)) }
        case .removed(let relation, let tuple, _):
          undone.factsRestored += 1
          if undone.factsRestored <= Undone.mostShown { undone.restored.append(source(relation, tuple)) }
        case .stated: break
        }
      }
      takeBack(log, step.program)
    case .load(let path, let checkpoint):
      undone.factsTakenBack = try max(0, graph.restore(checkpoint, counting: transaction == nil))
      takeBack([], step.program)
      undone.path = path
    case .transaction(let parts):
      undone.isTransaction = true
      // What begins with several steps ends with all of them.
      try Pace.uninterrupted {
        for part in parts.reversed() { undone.add(before: try undo(part)) }
      }
    }
    return undone
  }

  private func source(_ relation: StoredRelation, _ tuple: [UInt32]) -> String {
    Self.source(relation.name, tuple.map { graph.terms.value(Term($0)) })
  }

  /// A fact as a program writes it, without its full stop.
  public static func source(_ relation: String, _ values: [Value]) -> String {
    let arguments = values.map(\.description).joined(separator: ", ")
    return RelationName.source(relation) + (values.isEmpty ? "" : "(\(arguments))")
  }

  /// Loads what `load` reads so that ``undo()`` takes it back, as far as the graph is small enough to be kept as it is. In
  /// a transaction it always is.
  public func loadUndoably(_ path: String, _ load: () throws -> Void) throws {
    let isSmall = transaction != nil || graph.factCount <= mostFactsOfCheckpoint
    let checkpoint = isSmall ? try underLimits { try graph.pace.governing(graph.checkpoint) } : nil
    let before = (program: program, graphVersion: graph.version, declared: declaredNames)
    let (schema, mark) = (graph.schema, graph.recorder?.mark ?? 0)
    var isCutOff = false
    defer {
      if !isCutOff && (before.graphVersion != graph.version || before.program.version != program.version) {
        if let checkpoint {
          undoing.push(
            Undoing.Step(
              changes: .load(path: path, checkpoint), program: before.program, graphVersion: before.graphVersion,
              declared: declaredNames.subtracting(before.declared).sorted()))
        } else {
          undoing.forget(loading: path)
        }
      }
    }
    do {
      try underLimits {
        guard checkpoint != nil else { return try load() }
        try graph.pace.governing {
          try load()
          // What was read is put in order now, as that can be interrupted with the rest.
          _ = graph.factCount
        }
      }
    } catch let failure as QueryFailure {
      // Half of a file is no change that anybody meant.
      if let checkpoint {
        isCutOff = true
        withoutRecorder {
          _ = try? graph.restore(checkpoint)
          takeBack([], before.program)
          graph.restore(schema)
        }
        graph.recorder?.forget(since: mark)
      } else {
        // The facts stay, for they are too many to be kept as they were.
        takeBack([], before.program)
        if before.graphVersion != graph.version { note("note: the facts of `\(path)` that were read stay") }
      }
      throw failure
    } catch {
      if transaction == nil, before.graphVersion != graph.version || before.program.version != program.version {
        note("note: what could be read of `\(path)` stays" + (checkpoint == nil ? "" : "; `:undo` takes it back"))
      }
      throw error
    }
  }

  /// The types, and the relations that are declared.
  var declaredNames: Set<String> {
    Set(graph.relationNames.filter { graph.isType($0) || graph.relation(named: $0)?.declaration != nil })
  }

  /// What was loaded last, where that cannot be undone.
  public var irrevocableLoad: String? { undoing.steps.isEmpty ? undoing.irrevocableLoad : nil }

  /// Changes the graph, to its end, without the recorder being told.
  private func withoutRecorder(_ body: () -> Void) {
    let recorder = graph.recorder
    graph.recorder = nil
    Pace.uninterrupted(body)
    graph.recorder = recorder
  }

  /// Undoes changes, the last first, and puts the program back.
  func takeBack(_ log: [FactChange], _ savedProgram: Program) {
    Pace.uninterrupted { takeBackAll(log, savedProgram) }
  }

  private func takeBackAll(_ log: [FactChange], _ savedProgram: Program) {
    // A load that was undone has left other objects for the relations.
    func current(_ relation: StoredRelation) -> StoredRelation { graph.relation(named: relation.name) ?? relation }
    for change in log.reversed() {
      switch change {
      case .added(let relation, let tuple): _ = graph.retract(current(relation), tuple)
      case .stated(let relation, let tuple, let set): graph.takeBackStatement(current(relation), tuple, set)
      case .removed(let relation, let tuple, let sets):
        let relation = current(relation)
        tuple.withUnsafeBufferPointer { tuple in
          for set in sets.isEmpty ? [.empty] : sets { graph.state(relation, tuple, set) }
        }
      }
    }
    let version = program.version
    let places = program.places
    program = savedProgram
    program.places.merge(places) { $1 }
    // Where no rule has changed there is nothing for others to look at anew.
    if version != savedProgram.version { program.touch(beyond: version) }
  }
}
