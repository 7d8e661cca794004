import Diagnostics
import Graphs
import Terms

/// Whether clauses ask for what can have no row: relations of which no fact is stated, nor of what their rules rest on, and parts
/// that no date has.
final class EmptinessCheck {
  private let base: ClauseBase
  /// The relations that may have rows, and those that were looked at.
  private var filled: Set<String> = []
  private var seen: Set<String> = []

  init(_ base: ClauseBase) { self.base = base }

  /// A warning for each literal of a clause that asks for such.
  func warnings(of clause: Clause) -> [Diagnostic] {
    emptyRelations(in: clause) + MissingParts(of: clause, base).warnings
  }

  private func emptyRelations(in clause: Clause) -> [Diagnostic] {
    clause.body.compactMap { literal in
      guard let (atom, relation) = Self.named(literal), isEmpty(relation) else { return nil }
      let name = Value.name(relation).description
      let reason =
        base.graph.isType(relation)
        ? "nothing is of the type `\(name)`"
        : base.program.firstRule(for: relation) == nil
          ? "no fact of `\(name)` is stated" : "no fact of `\(name)` is stated, and its rules give none"
      return Diagnostic(.nothingMatches, "\(reason): nothing matches here", at: atom.span, severity: .warning)
    }
  }

  private static func named(_ literal: Literal) -> (atom: ClauseAtom, relation: String)? {
    guard case .atom(let atom) = literal else { return nil }
    switch atom.relation {
    case .named(let name), .stated(let name, _): return (atom, name)
    default: return nil
    }
  }

  private func isEmpty(_ relation: String) -> Bool {
    if !seen.contains(relation) { fill(below: relation) }
    return !filled.contains(relation)
  }

  /// Finds which of the relations that one rests on may have rows: from facts upwards, until there are no more.
  private func fill(below relation: String) {
    var found = [relation]
    seen.insert(relation)
    var next = 0
    while next < found.count {
      for clause in base.clauses(for: .named(found[next])) {
        for (_, other) in clause.body.compactMap(Self.named) where seen.insert(other).inserted { found.append(other) }
      }
      next += 1
    }
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for name in found where !filled.contains(name) && mayHaveRows(name) {
        filled.insert(name)
        hasGrown = true
      }
    }
  }

  private func mayHaveRows(_ relation: String) -> Bool {
    if base.graph.relation(named: relation)?.facts.isEmpty == false { return true }
    return base.clauses(for: .named(relation)).contains { clause in
      clause.body.compactMap(Self.named).allSatisfy { filled.contains($0.relation) }
    }
  }
}
