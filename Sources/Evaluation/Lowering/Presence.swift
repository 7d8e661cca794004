import Graphs
import Language
import Terms

/// Has clauses find no facts that say nothing of what is asked: adds a condition for each variable that stands in a column in which
/// a fact may be silent. `_` asks nothing.
struct Presence {
  private let base: ClauseBase
  private let absent: Term
  private let clause: Clause

  /// `nil` in a graph of which no fact is silent.
  init?(_ base: ClauseBase, _ clause: Clause) {
    guard let absent = base.absent else { return nil }
    self.base = base
    self.absent = absent
    self.clause = clause
  }

  func asked() -> Clause {
    var result = clause
    result.body = asked(clause.body, given: [])
    return result
  }

  /// - Parameter given: variables that have a value.
  private func asked(_ body: [Literal], given: Set<Int>) -> [Literal] {
    var known = given
    return body.flatMap { literal -> [Literal] in
      switch literal {
      case .atom(let atom): return [literal] + conditions(atom, &known)
      case .negation(var group, let span):
        // What stands around a negation gives the values of the variables that they share.
        let shared = group.shared
        group.alternatives = group.alternatives.map { asked($0, given: shared) }
        return [.negation(group, span)]
      case .aggregate(var aggregate):
        aggregate.group.alternatives = aggregate.group.alternatives.map { asked($0, given: []) }
        return [.aggregate(aggregate)]
      case .comparison, .condition, .similar: return [literal]
      }
    }
  }

  private func conditions(_ atom: ClauseAtom, _ known: inout Set<Int>) -> [Literal] {
    let columns = base.absentColumns(of: atom.relation)
    if columns.isEmpty { return [] }
    return columns.sorted().compactMap { column in
      guard let number = atom.arguments[column].variable, isAsked(number), known.insert(number).inserted else {
        return nil
      }
      return .comparison(.notEqual, .variable(number), .constant(absent), atom.span)
    }
  }

  private func isAsked(_ variable: Int) -> Bool {
    clause.origin == .path || clause.variableNames[variable] != nil
  }
}

extension ClauseBase {
  func absentColumns(of key: RelationKey) -> Set<Int> {
    switch key {
    case .named(let name), .stated(let name, keys: _):
      let columns = graph.absentColumns(of: name)
      noteAbsence(in: name, columns)
      return columns
    default: return []
    }
  }

  /// Whether a literal is a condition that no user wrote: that a fact says something.
  func isPresence(_ literal: Literal) -> Bool {
    if case .comparison(.notEqual, _, .constant(let term), _) = literal { term == absent } else { false }
  }

  /// Whether facts say nothing where they did when clauses were made, and nowhere else.
  var hasSameAbsences: Bool {
    absent == graph.absentTerm && absences.allSatisfy { graph.absentColumns(of: $0.key) == $0.value }
  }
}
