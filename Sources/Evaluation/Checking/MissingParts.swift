import Diagnostics
import Terms

/// Literals of a clause that take a part of dates, `month(D)`, where D ranges over stated dates none of which has that part.
struct MissingParts {
  private let clause: Clause
  private let base: ClauseBase

  init(of clause: Clause, _ base: ClauseBase) {
    self.clause = clause
    self.base = base
  }

  /// A warning for each such literal.
  var warnings: [Diagnostic] {
    clause.body.compactMap { literal in
      for (function, variable) in Self.parts(literal) {
        guard let relation = relation(of: variable, without: function) else { continue }
        return Diagnostic(
          .nothingMatches,
          "no date of `\(Value.name(relation).description)` has a \(function.rawValue): nothing matches here",
          at: literal.span, severity: .warning)
      }
      return nil
    }
  }

  /// The parts that a literal takes of variables.
  private static func parts(_ literal: Literal) -> [(Function, Int)] {
    switch literal {
    case .comparison(_, let left, let right, _), .similar(let left, let right, _): parts(left) + parts(right)
    case .condition(_, let operands, _): operands.flatMap(parts)
    case .atom, .negation, .aggregate: []
    }
  }

  private static func parts(_ operand: Operand) -> [(Function, Int)] {
    guard case .call(let function, let operands, _) = operand else { return [] }
    if function == .year || function == .month || function == .day, case .variable(let variable) = operands[0] {
      return [(function, variable)]
    }
    return operands.flatMap(parts)
  }

  /// The relation in one of whose columns a variable stands, if that holds dates alone and each lacks a part.
  private func relation(of variable: Int, without part: Function) -> String? {
    for case .atom(let atom) in clause.body {
      guard case .named(let name) = atom.relation, base.clauses(for: atom.relation).isEmpty,
        let column = atom.arguments.firstIndex(of: .variable(variable)),
        let facts = base.graph.relation(named: name)?.facts, !facts.isEmpty
      else { continue }
      var lacksPart = true
      facts.forEachTuple { tuple in
        lacksPart = isDate(base.graph.terms.value(Term(tuple[column])), without: part)
        return lacksPart
      }
      if lacksPart { return name }
    }
    return nil
  }

  private func isDate(_ value: Value, without part: Function) -> Bool {
    do throws(FunctionFailure) {
      _ = try part.apply([value])
      return false
    } catch {
      return error.isAbsence
    }
  }
}
