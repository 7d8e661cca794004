import Terms

/// Writes a program for clingo, as far as it can say the same: `nil` where the program negates several literals at once,
/// or takes a least or greatest of what may be nothing.
struct ClingoPrinter {
  /// What each relation's name begins with, so that many programs share a file.
  let prefix: String

  func source(of program: ReferenceProgram) -> String? {
    var lines: [String] = []
    for fact in program.facts { lines.append(atom(fact.relation, fact.values.map(\.description)) + ".") }
    for rule in program.rules {
      guard let bodies = alternatives(rule.body) else { return nil }
      let head = atom(rule.head.relation, rule.head.arguments.map { text($0) })
      lines += bodies.map { $0.isEmpty ? "\(head)." : "\(head) :- \($0.joined(separator: ", "))." }
    }
    lines += program.arities.map { "#show \(prefix)\($0.key)/\($0.value)." }
    return lines.joined(separator: "\n")
  }

  private func atom(_ relation: String, _ arguments: [String]) -> String {
    arguments.isEmpty ? prefix + relation : "\(prefix)\(relation)(\(arguments.joined(separator: ",")))"
  }

  private func text(_ operand: Operand) -> String {
    switch operand {
    case .variable(let number): "V\(number)"
    case .wildcard: "_"
    case .constant(let value): value.description
    case .binary(.modulo, let left, let right): "(\(text(left)) \\ \(text(right)))"
    case .binary(let operation, let left, let right): "(\(text(left)) \(operation.rawValue) \(text(right)))"
    case .call: "no such program is written"
    }
  }

  /// The conjunctions that a body is the disjunction of.
  private func alternatives(_ body: [ReferenceLiteral]) -> [[String]]? {
    var result: [[String]] = [[]]
    for literal in body {
      var choices: [[String]] = []
      if case .either(let branches) = literal {
        for branch in branches {
          guard let inner = alternatives(branch) else { return nil }
          choices += inner
        }
      } else {
        guard let text = text(literal) else { return nil }
        choices = [[text]]
      }
      result = result.flatMap { left in choices.map { left + $0 } }
    }
    return result
  }

  private func text(_ literal: ReferenceLiteral) -> String? {
    switch literal {
    case .atom(let atom): return self.atom(atom.relation, atom.arguments.map { text($0) })
    case .comparison(let comparison, let left, let right): return "\(text(left)) \(comparison.rawValue) \(text(right))"
    case .not(let body):
      guard body.count == 1, case .atom(let atom) = body[0] else { return nil }
      let locals = atom.arguments.flatMap(\.variables).filter { $0 >= ReferenceProgram.firstLocal }
      guard Set(locals).count == locals.count else { return nil }
      let arguments = atom.arguments.map { operand -> String in
        if case .variable(let variable) = operand, variable >= ReferenceProgram.firstLocal { return "_" }
        return text(operand)
      }
      return "not " + self.atom(atom.relation, arguments)
    case .aggregate(let result, let kind, let columns, let body):
      guard kind == .count || kind == .sum, let bodies = alternatives(body) else { return nil }
      let row = columns.map { text($0) }.joined(separator: ",")
      let elements = bodies.map { "\(row) : \($0.joined(separator: ", "))" }.joined(separator: " ; ")
      return "V\(result) = #\(kind.rawValue){ \(elements) }"
    case .either, .path, .distance, .condition, .similar: return nil
    }
  }
}
