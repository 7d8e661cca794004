import Terms

/// How a program is written: what its variables are called, and whether columns stand by their names.
struct ReferencePrinter {
  var variable: @Sendable (Int) -> String = { "V\($0)" }
  /// The relations whose columns are declared with names, and stand by these in facts, heads and bodies.
  var named: Set<String> = []

  /// One that names the columns of each relation that the program declares.
  static func namingColumns(of program: ReferenceProgram) -> ReferencePrinter {
    ReferencePrinter(
      named: Set(program.declarations.keys.filter { !program.isType($0) && !["label", "alias"].contains($0) }))
  }

  /// The program without its queries.
  func source(of program: ReferenceProgram) -> String {
    // Statements are carried out in their order, and strings name entities by the labels and types that stand above.
    let isEarly = { (fact: ReferenceProgram.Fact) in
      program.isType(fact.relation) || ["label", "alias"].contains(fact.relation)
    }
    let facts = program.facts.filter(isEarly) + program.facts.filter { !isEarly($0) }
    let step = facts.isEmpty ? 0 : (program.padding + facts.count - 1) / facts.count
    var lines = declarations(program)
    for (index, fact) in facts.enumerated() {
      lines += (0..<step).map { "pad(pad\(index)x\($0))." }
      lines += statement(of: fact)
    }
    lines += program.namesInRules.sorted().map { "pad(\(Value.name($0)))." }
    lines += program.rules.map { source(of: $0) + "." }
    return lines.joined(separator: "\n") + "\n"
  }

  private func declarations(_ program: ReferenceProgram) -> [String] {
    let given = Set(program.facts.map(\.relation) + program.rules.map(\.head.relation))
    let types = program.types.map { type in
      "type \(type.name)\(type.supertypes.isEmpty ? "" : " : " + type.supertypes.joined(separator: ", "))."
    }
    let relations = program.arities.sorted { $0.key < $1.key }.compactMap { name, arity -> String? in
      if program.isType(name) || ["label", "alias"].contains(name) { return nil }
      guard program.declarations[name] != nil || !given.contains(name) else { return nil }
      let positions = (0..<arity).map { column in
        (named.contains(name) ? "c\(column): " : "") + program.types(name, column).joined(separator: " or ")
      }
      return "relation \(name)(\(positions.joined(separator: ", ")))."
    }
    return types + relations
  }

  /// A fact with what is said of it, or with some of that before it, for all facts that follow.
  private func statement(of fact: ReferenceProgram.Fact) -> [String] {
    let text = source(of: ReferenceAtom(relation: fact.relation, arguments: fact.values.map { .constant($0) }))
    if fact.annotations.isEmpty { return [text + "."] }
    let pairs = fact.annotations.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    if pairs.count == 1 { return ["\(text) @ {\(pairs[0])}."] }
    // The first key is overridden by the fact's own.
    let defaults = "@ {\(fact.annotations.keys.min() ?? ""): 0, \(pairs.dropFirst().joined(separator: ", "))}."
    return [defaults, "\(text) @ {\(pairs[0])}.", "@ {}."]
  }

  func source(of rule: ReferenceRule) -> String { "\(source(of: rule.head)) :- \(source(of: rule.body))" }

  /// A query as it is asked; its columns are named where they are not those of the body in their order.
  func source(of query: ReferenceQuery) -> String {
    let order = query.order.map { variable($0.variable) + ($0.isDescending ? " desc" : "") }
    var text = source(of: query.body) + " | select \(query.columns.map(variable).joined(separator: ", "))"
    if !order.isEmpty { text += " | order by \(order.joined(separator: ", "))" }
    if let limit = query.limit { text += " | limit \(limit)" }
    if let offset = query.offset { text += " | offset \(offset)" }
    return text
  }

  func source(of atom: ReferenceAtom) -> String {
    let annotations = atom.asksForFacts && atom.annotations.isEmpty ? " @ {}" : source(of: atom.annotations)
    return "\(atom.relation)(\(arguments(of: atom)))\(annotations)"
  }

  /// By the columns' names the last one comes first, and `_` is left out.
  private func arguments(of atom: ReferenceAtom) -> String {
    if !named.contains(atom.relation) { return source(of: atom.arguments) }
    return atom.arguments.enumerated().reversed().filter { $1 != .wildcard }.map { "c\($0): \(source(of: $1))" }
      .joined(separator: ", ")
  }

  private func source(of operands: [Operand]) -> String { operands.map { source(of: $0) }.joined(separator: ", ") }

  private func source(of annotations: [ReferenceAtom.Annotation]) -> String {
    if annotations.isEmpty { return "" }
    return " @ {\(annotations.map { "\($0.key): \(source(of: $0.value))" }.joined(separator: ", "))}"
  }

  func source(of operand: Operand) -> String {
    switch operand {
    case .variable(let number): variable(number)
    case .wildcard: "_"
    case .constant(let value): value.description
    case .binary(let operation, let left, let right):
      "(\(source(of: left)) \(operation.rawValue) \(source(of: right)))"
    case .call(let function, let arguments): "\(function.rawValue)(\(source(of: arguments)))"
    }
  }

  func source(of body: [ReferenceLiteral]) -> String { body.map { source(of: $0) }.joined(separator: ", ") }

  private func source(of literal: ReferenceLiteral) -> String {
    switch literal {
    case .atom(let atom): return source(of: atom)
    case .not(let body): return body.count == 1 ? "not \(source(of: body))" : "not (\(source(of: body)))"
    case .comparison(let comparison, let left, let right):
      return "\(source(of: left)) \(comparison.rawValue) \(source(of: right))"
    case .path(let path, let from, let to):
      return "\(path.text)(\(source(of: [from, to])))\(source(of: path.annotations))"
    case .either(let branches): return "(\(branches.map { source(of: $0) }.joined(separator: " ; ")))"
    case .aggregate(let result, let kind, let columns, let body):
      return "\(variable(result)) = \(kind.rawValue){ \(source(of: columns)) : \(source(of: body)) }"
    case .distance(let result, let path, let from, let to):
      return "\(variable(result)) = distance{ \(path.stepText) : \(source(of: from)) -> \(source(of: to)) }"
    case .condition(let function, let arguments): return source(of: .call(function, arguments))
    case .similar(let subject, let words): return "\(source(of: subject)) ~ \(source(of: words))"
    }
  }
}
