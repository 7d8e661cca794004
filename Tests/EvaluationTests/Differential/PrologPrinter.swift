import Terms

/// Writes a program for SWI-Prolog with tabling. Prolog goes from left to right, so that literals are put in an order in
/// which each finds bound what it needs.
struct PrologPrinter {
  /// What each relation's name begins with, so that many programs share a file.
  let prefix: String

  /// A literal of a body: what it needs bound, and what it binds.
  private struct Goal {
    var needs: Set<Int>
    var binds: Set<Int>
    /// The text, given what is bound.
    var text: (Set<Int>) -> String
  }

  /// Clauses, and a goal that writes all rows.
  func source(of program: ReferenceProgram) -> (clauses: String, goals: [String]) {
    var lines = program.arities.sorted { $0.key < $1.key }.map { name, arity in
      program.rules.contains { $0.head.relation == name }
        ? ":- table \(prefix)\(name)/\(arity)." : ":- dynamic \(prefix)\(name)/\(arity)."
    }
    for fact in program.facts { lines.append(atom(fact.relation, fact.values.map { value($0) }) + ".") }
    lines += program.rules.map { rule($0) }
    let goals = program.arities.sorted { $0.key < $1.key }.map { name, arity in
      let row = atom(name, (0..<arity).map { "X\($0)" })
      return "forall(\(row), (writeq(\(row)), nl))"
    }
    return (lines.joined(separator: "\n"), goals)
  }

  private func atom(_ relation: String, _ arguments: [String]) -> String {
    arguments.isEmpty ? prefix + relation : "\(prefix)\(relation)(\(arguments.joined(separator: ",")))"
  }

  private func value(_ value: Value) -> String { value.description }

  private func rule(_ rule: ReferenceRule) -> String {
    var computed: [String] = []
    let head = rule.head.arguments.enumerated().map { position, operand in
      guard case .binary = operand else { return text(operand) }
      computed.append("H\(position) is \(text(operand))")
      return "H\(position)"
    }
    let body = ordered(rule.body, bound: []) + computed
    return atom(rule.head.relation, head) + (body.isEmpty ? "." : " :- \(body.joined(separator: ", ")).")
  }

  private func text(_ operand: Operand) -> String {
    switch operand {
    case .variable(let number): "V\(number)"
    case .wildcard: "_"
    case .constant(let value): self.value(value)
    case .binary(let operation, let left, let right): "(\(text(left)) \(operation.rawValue) \(text(right)))"
    case .call: "no such program is written"
    }
  }

  private func ordered(_ body: [ReferenceLiteral], bound: Set<Int>) -> [String] {
    var open = body.enumerated().flatMap { goals($1, number: $0) }
    var bound = bound
    var texts: [String] = []
    while let next = open.firstIndex(where: { $0.needs.isSubset(of: bound) }) ?? open.indices.first {
      let goal = open.remove(at: next)
      texts.append(goal.text(bound))
      bound.formUnion(goal.binds)
    }
    return texts
  }

  private func goals(_ literal: ReferenceLiteral, number: Int) -> [Goal] {
    switch literal {
    case .atom(let atom): return goals(atom, number)
    case .comparison(let comparison, let left, let right): return [goal(comparison, left, right)]
    case .not(let body):
      let needs = literal.variables.filter { $0 < ReferenceProgram.firstLocal }
      return [Goal(needs: needs, binds: []) { "\\+ (\(ordered(body, bound: $0).joined(separator: ", ")))" }]
    case .either(let branches):
      let own = branches.map { branch in
        Set(branch.flatMap { literal -> Set<Int> in if case .atom = literal { literal.variables } else { [] } })
      }
      let common = own.dropFirst().reduce(own.first ?? []) { $0.intersection($1) }
      let needs = literal.variables.subtracting(common).filter { $0 < ReferenceProgram.firstLocal }
      return [
        Goal(needs: needs, binds: common) { bound in
          "(\(branches.map { ordered($0, bound: bound).joined(separator: ", ") }.joined(separator: " ; ")))"
        }
      ]
    case .path, .distance, .condition, .similar: return []
    case .aggregate(let result, let kind, let columns, let body):
      let needs = Set(body.flatMap(\.variables) + columns.flatMap(\.variables)).filter {
        $0 < ReferenceProgram.firstLocal && $0 != result
      }
      return [Goal(needs: needs, binds: [result]) { aggregate(result, kind, columns, body, number, $0) }]
    }
  }

  private func goals(_ atom: ReferenceAtom, _ number: Int) -> [Goal] {
    var checks: [Goal] = []
    let arguments = atom.arguments.enumerated().map { position, operand in
      guard case .binary = operand else { return text(operand) }
      let fresh = "F\(number)_\(position)"
      checks.append(
        Goal(needs: operand.variables, binds: []) { _ in "number(\(fresh)), \(fresh) =:= \(text(operand))" })
      return fresh
    }
    let binds = Set(atom.arguments.flatMap { if case .variable(let variable) = $0 { [variable] } else { [Int]() } })
    return [Goal(needs: [], binds: binds) { _ in self.atom(atom.relation, arguments) }] + checks
  }

  private func goal(_ comparison: ReferenceComparison, _ left: Operand, _ right: Operand) -> Goal {
    let all = left.variables.union(right.variables)
    let isComputed = [left, right].contains { if case .binary = $0 { true } else { false } }
    let (one, other) = (text(left), text(right))
    switch comparison {
    case .equal:
      var needs = all
      var binds: Set<Int> = []
      for (side, rest) in [(left, right), (right, left)] {
        if case .variable(let variable) = side, !rest.variables.contains(variable), binds.isEmpty {
          needs = rest.variables
          binds = [variable]
        }
      }
      return Goal(needs: needs, binds: binds) { bound in
        if all.isSubset(of: bound) {
          return isComputed ? numbers(left, right) + "\(one) =:= \(other)" : "\(one) == \(other)"
        }
        return isComputed
          ? (binds == left.variables ? "\(one) is \(other)" : "\(other) is \(one)") : "\(one) = \(other)"
      }
    case .notEqual:
      return Goal(needs: all, binds: []) { _ in
        isComputed ? "\\+ (\(numbers(left, right))\(one) =:= \(other))" : "\(one) \\== \(other)"
      }
    case .lessOrEqual: return Goal(needs: all, binds: []) { _ in "\(one) =< \(other)" }
    default: return Goal(needs: all, binds: []) { _ in "\(one) \(comparison.rawValue) \(other)" }
    }
  }

  private func numbers(_ operands: Operand...) -> String {
    operands.map { if case .binary = $0 { "" } else { "number(\(text($0))), " } }.joined()
  }

  private func aggregate(
    _ result: Int, _ kind: ReferenceAggregate, _ columns: [Operand], _ body: [ReferenceLiteral], _ number: Int,
    _ bound: Set<Int>
  ) -> String {
    let row = "t(\(columns.map { text($0) }.joined(separator: ",")))"
    let rows = "A\(number)_\(result)"
    let found =
      "findall(\(row), (\(ordered(body, bound: bound).joined(separator: ", "))), \(rows)L), sort(\(rows)L, \(rows))"
    let firsts = "findall(\(rows)E, (member(\(rows)T, \(rows)), arg(1, \(rows)T, \(rows)E)), \(rows)F)"
    let value =
      switch kind {
      case .count: "length(\(rows), \(rows)N)"
      case .sum: "\(firsts), sum_list(\(rows)F, \(rows)N)"
      case .min: "\(firsts), \(rows)F = [_|_], min_list(\(rows)F, \(rows)N)"
      case .max: "\(firsts), \(rows)F = [_|_], max_list(\(rows)F, \(rows)N)"
      case .avg, .list: "fail"
      }
    return "\(found), \(value), V\(result) = \(rows)N"
  }
}
