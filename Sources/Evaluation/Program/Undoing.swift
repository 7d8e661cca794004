import Graphs

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
  }

  enum Changes {
    case facts([FactChange])
    case load(path: String, GraphCheckpoint)
  }

  private(set) var steps: [Step] = []
  /// So many steps can be undone.
  private static let mostSteps = 100
  /// The step with which a transaction begins, all of whose steps are remembered.
  private var beginning: Int?

  /// Remembers an entry that changed something.
  mutating func remember(_ log: [FactChange], _ before: Program, _ after: Program, _ graphVersion: Int) {
    guard !log.isEmpty || before.version != after.version else { return }
    push(Step(changes: .facts(log), program: before, graphVersion: graphVersion))
  }

  mutating func push(_ step: Step) {
    steps.append(step)
    if beginning == nil { forgetOldest() }
  }

  /// The last step; within a transaction none of before it.
  mutating func pop() -> Step? { steps.count > beginning ?? 0 ? steps.popLast() : nil }

  mutating func beginTransaction() { beginning = steps.count }

  mutating func endTransaction() {
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
    /// The file or folder, where it was a load.
    public var path: String?
    /// The version that the graph had before what was undone.
    public var graphVersion = 0
  }

  /// Undoes the last entry of the prompt, or the last load, that changed anything; `nil` where there is none. Types and
  /// relations that it declared stay declared.
  public func undo() -> Undone? {
    undoing.pop().map { undo($0) }
  }

  private func undo(_ step: Undoing.Step) -> Undone {
    var undone = Undone()
    undone.graphVersion = step.graphVersion
    undone.rulesForgotten = max(0, program.rules.count - step.program.rules.count)
    switch step.changes {
    case .facts(let log):
      for change in log {
        switch change {
        case .added: undone.factsTakenBack += 1
        case .removed: undone.factsRestored += 1
        case .stated: break
        }
      }
      takeBack(log, step.program)
    case .load(let path, let checkpoint):
      let before = graph.factCount
      graph.restore(checkpoint)
      takeBack([], step.program)
      undone.factsTakenBack = max(0, before - graph.factCount)
      undone.path = path
    }
    return undone
  }

  /// Loads what `load` reads so that ``undo()`` takes it back, as far as the graph is small enough to be kept as it is. In
  /// a transaction it always is.
  public func loadUndoably(_ path: String, _ load: () throws -> Void) throws {
    let isSmall = transaction != nil || graph.factCount <= Engine.mostFactsOfCheckpoint
    let step =
      isSmall
      ? Undoing.Step(
        changes: .load(path: path, graph.checkpoint()), program: program, graphVersion: graph.version) : nil
    defer { if let step { undoing.push(step) } else { undoing = Undoing() } }
    try load()
  }

  private static let mostFactsOfCheckpoint = 2_000_000

  /// Undoes changes, the last first, and puts the program back.
  func takeBack(_ log: [FactChange], _ savedProgram: Program) {
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
    program.touch(beyond: version)
  }
}
