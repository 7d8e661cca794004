import Diagnostics
import Evaluation
import Graphs
import Terms

/// What rules derive about entities beside what is stated, asked of the engine for one entity at a time.
///
/// A relation whose rules are wrong, or take more work than a glance may, is left out, and ``gaps`` tells of it.
public final class Inferences {
  /// Why something that rules may derive is not shown.
  public enum Gap: Equatable, Sendable {
    /// The rules of a relation are wrong, with the first message about them.
    case wrong(relation: String, message: String)
    /// To derive what was sought of a relation takes too long.
    case tooMuch(relation: String)
    /// So many entities were looked at that what rules derive about the others was not sought.
    case tooMany
  }

  private let engine: Engine
  private var known: [Engine.InferredRelation] = []
  private var knownVersion = (graph: -1, program: -1)
  private var unanswered: [String: Gap] = [:]
  private var questionsLeft = Inferences.mostQuestions
  /// What was not found out since ``begin()``, each once.
  public private(set) var gaps: [Gap] = []

  /// How many relations may be asked by a query of their own before what is shown ends.
  private static let mostQuestions = 100
  /// How often one of these questions may ask whether to go on: a few million steps.
  private static let effort = 1000

  init(_ engine: Engine) { self.engine = engine }

  /// Whether no more entities are looked at until ``begin()``.
  private(set) var isSpent = false

  /// Begins something that is shown as one.
  public func begin() {
    gaps = []
    isSpent = false
    questionsLeft = Self.mostQuestions
  }

  /// The relations that rules define or widen.
  func relations() throws -> [Engine.InferredRelation] {
    let version = (engine.graph.version, engine.knowledge.version)
    if knownVersion == version { return known }
    unanswered = [:]
    known = []
    do { known = try engine.inferredRelations() } catch let found as Diagnostic {
      note(.wrong(relation: "", message: found.all.first?.message ?? ""))
    }
    knownVersion = version
    return known
  }

  /// The rows of a relation that have an entity in a column and are not stated.
  func rows(of relation: Engine.InferredRelation, where column: Int, is entity: Term) throws -> [[UInt32]] {
    if let gap = unanswered[relation.name] {
      note(gap)
      return []
    }
    return try answered(relation.name) {
      let mayQuery = questionsLeft > 0
      guard
        let found = try engine.rows(
          of: relation.name, where: column, is: entity, effort: Self.effort, mayQuery: mayQuery)
      else {
        isSpent = true
        note(.tooMany)
        return []
      }
      if found.tookQuery { questionsLeft -= 1 }
      return unstated(found.rows, relation.name)
    }
  }

  /// All rows of a relation that are not stated; none where the graph is too large for that.
  func rows(of relation: Engine.InferredRelation) throws -> [[UInt32]] {
    if let gap = unanswered[relation.name] {
      note(gap)
      return []
    }
    if engine.isLarge {
      note(.tooMuch(relation: relation.name))
      return []
    }
    return try answered(relation.name) {
      unstated(try engine.rows(of: relation.name, effort: Self.effort), relation.name)
    }
  }

  private func unstated(_ rows: [[UInt32]], _ relation: String) -> [[UInt32]] {
    guard let stored = engine.graph.relation(named: relation)?.facts, !stored.isEmpty else { return rows }
    return rows.filter { !stored.contains($0) }
  }

  private func answered(_ relation: String, _ ask: () throws -> [[UInt32]]) throws -> [[UInt32]] {
    do {
      return try ask()
    } catch let found as Diagnostic {
      leaveOut(relation, .wrong(relation: relation, message: found.all.first?.message ?? ""))
    } catch is TooMuchWork {
      leaveOut(relation, .tooMuch(relation: relation))
    }
    return []
  }

  private func leaveOut(_ relation: String, _ gap: Gap) {
    unanswered[relation] = gap
    note(gap)
  }

  private func note(_ gap: Gap) { if !gaps.contains(gap) { gaps.append(gap) } }
}

extension Engine.InferredRelation {
  /// The positions that may hold an entity.
  func entityPositions() -> [Int] {
    positions.indices.filter { positions[$0].contains { $0 == .any || $0.isEntity } }
  }

  /// Whether an entity that was stated to be of some types may stand in a position.
  func mayHold(_ types: [String], at position: Int, _ graph: Graph) -> Bool {
    positions[position].contains { type in
      switch type {
      case .any, .entity: true
      case .member(let name):
        types.isEmpty || types.contains { graph.isType($0, within: name) || graph.isType(name, within: $0) }
      default: false
      }
    }
  }

  /// Whether rows may have a date.
  var mayHoldDates: Bool { positions.contains { $0.contains { $0 == .date || $0 == .any } } }
}
