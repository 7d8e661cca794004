import Terms

/// How a program is written: what its variables are called.
struct ReferencePrinter {
  var variable: @Sendable (Int) -> String = { "V\($0)" }

  func source(of program: ReferenceProgram) -> String {
    let given = Set(program.facts.map(\.relation) + program.rules.map(\.head.relation))
    let empty = program.arities.filter { !given.contains($0.key) }
    var lines = empty.sorted { $0.key < $1.key }.map { name, arity in
      "relation \(name)(\(Array(repeating: "any", count: arity).joined(separator: ", ")))."
    }
    let step = program.facts.isEmpty ? 0 : (program.padding + program.facts.count - 1) / program.facts.count
    for (index, fact) in program.facts.enumerated() {
      lines += (0..<step).map { "pad(pad_\(index)_\($0))." }
      lines.append(source(of: fact) + ".")
    }
    // A name in a body that no fact speaks of would be an error.
    lines += Set(program.rules.flatMap(\.names)).sorted().map { "pad(\($0))." }
    lines += program.rules.map { source(of: $0) + "." }
    return lines.joined(separator: "\n") + "\n"
  }

  func source(of fact: ReferenceProgram.Fact) -> String {
    "\(fact.relation)(\(fact.values.map(\.description).joined(separator: ", ")))"
  }

  func source(of rule: ReferenceRule) -> String { "\(source(of: rule.head)) :- \(source(of: rule.body))" }

  func source(of atom: ReferenceAtom) -> String {
    "\(atom.relation)(\(atom.arguments.map { source(of: $0) }.joined(separator: ", ")))"
  }

  func source(of operand: Operand) -> String {
    switch operand {
    case .variable(let number): variable(number)
    case .wildcard: "_"
    case .constant(let value): value.description
    case .binary(let operation, let left, let right):
      "(\(source(of: left)) \(operation.rawValue) \(source(of: right)))"
    }
  }

  func source(of body: [ReferenceLiteral]) -> String { body.map { source(of: $0) }.joined(separator: ", ") }

  private func source(of literal: ReferenceLiteral) -> String {
    switch literal {
    case .atom(let atom): return source(of: atom)
    case .not(let body): return body.count == 1 ? "not \(source(of: body))" : "not (\(source(of: body)))"
    case .comparison(let comparison, let left, let right):
      return "\(source(of: left)) \(comparison.rawValue) \(source(of: right))"
    case .path(let path, let from, let to): return "\(path.text)(\(source(of: from)), \(source(of: to)))"
    case .either(let branches): return "(\(branches.map { source(of: $0) }.joined(separator: " ; ")))"
    case .aggregate(let result, let kind, let columns, let body):
      let tuple = columns.map(variable).joined(separator: ", ")
      return "\(variable(result)) = \(kind.rawValue){ \(tuple) : \(source(of: body)) }"
    }
  }
}
