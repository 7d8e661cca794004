import Terms

extension ReferenceProgram {
  /// The program with each string that names an entity, or writes a date, replaced by what it means in its place.
  func fitted() throws -> ReferenceProgram {
    let fitting = ConstantFitting(program: self, names: ReferenceNames(self))
    var result = self
    result.facts = try facts.map { try fitting.fact($0) }
    result.rules = try rules.map { rule in
      ReferenceRule(head: try fitting.atom(rule.head), body: try fitting.body(rule.body))
    }
    for index in queries.indices { result.queries[index].body = try fitting.body(queries[index].body) }
    return result
  }

  /// What a position of a relation takes.
  func types(_ relation: String, _ position: Int) -> [String] {
    if ["label", "alias"].contains(relation) { return position == 0 ? ["entity"] : ["string"] }
    return isType(relation) ? ["entity"] : declarations[relation]?[position] ?? ["any"]
  }
}

private struct ConstantFitting {
  let program: ReferenceProgram
  let names: ReferenceNames

  func fact(_ fact: ReferenceProgram.Fact) throws -> ReferenceProgram.Fact {
    var fact = fact
    for place in fact.values.indices {
      fact.values[place] = try value(fact.values[place], program.types(fact.relation, place))
    }
    return fact
  }

  func body(_ literals: [ReferenceLiteral]) throws -> [ReferenceLiteral] { try literals.map { try literal($0) } }

  func atom(_ atom: ReferenceAtom) throws -> ReferenceAtom {
    var atom = atom
    for place in atom.arguments.indices {
      atom.arguments[place] = try operand(atom.arguments[place], program.types(atom.relation, place))
    }
    for place in atom.annotations.indices where ["from", "until"].contains(atom.annotations[place].key) {
      atom.annotations[place].value = try operand(atom.annotations[place].value, ["date", "any"])
    }
    return atom
  }

  private func literal(_ literal: ReferenceLiteral) throws -> ReferenceLiteral {
    switch literal {
    case .atom(let atom): .atom(try self.atom(atom))
    case .not(let body): .not(try self.body(body))
    case .either(let branches): .either(try branches.map { try body($0) })
    case .aggregate(let result, let kind, let columns, let body):
      .aggregate(result: result, kind, columns: columns, try self.body(body))
    case .path(let path, let from, let to):
      .path(path, from: try operand(from, types(path, 0)), to: try operand(to, types(path, 1)))
    case .distance(let result, let path, let from, let to):
      .distance(result: result, path, from: try operand(from, types(path, 0)), to: try operand(to, types(path, 1)))
    case .comparison, .condition, .similar: literal
    }
  }

  /// What an end of a path takes.
  private func types(_ path: ReferencePath, _ end: Int) -> [String] {
    path.steps.flatMap { program.types($0.relation, $0.isBackward ? 1 - end : end) }
  }

  private func operand(_ operand: Operand, _ types: [String]) throws -> Operand {
    if case .constant(let value) = operand { .constant(try self.value(value, types)) } else { operand }
  }

  private func value(_ value: Value, _ types: [String]) throws -> Value {
    guard let fitted = names.fitted(value, types) else { throw ReferenceEvaluator.Failure.unsafe }
    return fitted
  }
}
