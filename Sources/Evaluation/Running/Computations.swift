import Language
import Relations
import Terms

/// Computes on values while a join runs: expressions, comparisons, conditions and aggregates.
final class Computations {
  private let base: ClauseBase
  let terms: TermDictionary

  init(_ base: ClauseBase) {
    self.base = base
    terms = base.graph.terms
  }

  /// The term of a computed value; text is brought to NFC first.
  func intern(_ value: Value, at span: SourceSpan) throws -> Term {
    guard case .string(let text) = value else { return terms.intern(value) }
    guard text.utf8.count <= TermDictionary.longestText else {
      throw Diagnostic("the text computed here has \(text.utf8.count) bytes, more than a text can have", at: span)
    }
    return terms.intern(.string(Text.nfc(text)))
  }

  // MARK: Expressions

  private func value(_ operand: Operand, _ machine: JoinMachine, _ clause: Clause) throws -> Value {
    switch operand {
    case .variable(let number): return terms.value(Term(machine.registers[number]))
    case .constant(let term): return terms.value(term)
    case .call(let function, let operands, let span):
      let arguments = try operands.map { try value($0, machine, clause) }
      do {
        return try function.apply(arguments)
      } catch {
        throw Diagnostic(
          error.message, at: span, help: error.help, notes: row(operand, machine, clause))
      }
    }
  }

  /// The row that an expression failed on.
  private func row(_ operand: Operand, _ machine: JoinMachine, _ clause: Clause) -> [Diagnostic.Note] {
    let bindings = operand.variables.sorted().compactMap { number -> String? in
      clause.variableNames[number].map { "\($0) = \(terms.value(Term(machine.registers[number])).excerpt)" }
    }
    return bindings.isEmpty ? [] : [Diagnostic.Note("this happened where \(bindings.joined(separator: ", "))")]
  }

  private func term(_ operand: Operand, _ machine: JoinMachine, _ clause: Clause) throws -> Term {
    switch operand {
    case .variable(let number): return Term(machine.registers[number])
    case .constant(let term): return term
    case .call(_, _, let span): return try intern(value(operand, machine, clause), at: span)
    }
  }

  // MARK: Conditions

  /// What a literal that is neither an atom nor an aggregate does to the registers: binds a variable, or answers
  /// whether the literal holds.
  func condition(_ literal: Literal, binds: Int?, in clause: Clause) -> (JoinMachine) throws -> Bool {
    let compute = computation(literal, binds: binds, in: clause)
    let inputs = binds.map { literal.variables.subtracting([$0]) } ?? literal.variables
    guard inputs.count == 1, let input = inputs.first, literal.isFunctionOfTerms else { return compute }
    let memo = TermMemo()
    if let binds {
      return { machine in
        machine.registers[binds] = try memo.number(of: machine.registers[input]) {
          _ = try compute(machine)
          return machine.registers[binds]
        }
        return true
      }
    }
    return { machine in try memo.number(of: machine.registers[input]) { try compute(machine) ? 1 : 0 } == 1 }
  }

  private func computation(_ literal: Literal, binds: Int?, in clause: Clause) -> (JoinMachine) throws -> Bool {
    switch literal {
    case .comparison(.equal, let left, let right, _):
      guard let binds else { return equality(left, right, clause, wanted: true) }
      let source: Operand = if case .variable(binds) = left { right } else { left }
      let text = TextExpression(source, terms)
      let integer = IntegerExpression(source, terms)
      return { [self] machine in
        let term =
          try text?.intern(by: terms, machine.registers)
          ?? integer?.value(machine.registers).map { terms.intern(integer: $0) } ?? term(source, machine, clause)
        machine.registers[binds] = term.number
        return true
      }
    case .comparison(.notEqual, let left, let right, _): return equality(left, right, clause, wanted: false)
    case .comparison(let comparison, let left, let right, _):
      let integers = IntegerPair(left, right, terms)
      return { [self] machine in
        if let (left, right) = integers?.values(machine.registers) {
          return comparison.holds(left < right ? -1 : left > right ? 1 : 0)
        }
        return compare(try value(left, machine, clause), comparison, try value(right, machine, clause))
      }
    case .condition(let function, let operands, let span):
      let call = Operand.call(function, operands, span)
      let compute = { [self] machine in try value(call, machine, clause) == .boolean(true) }
      return textCondition(function, operands, else: compute) ?? compute
    case .similar(let subject, let words, _):
      return { [self] machine in
        let entity = try term(subject, machine, clause)
        let text = try value(words, machine, clause).plainText
        return base.entities(similarTo: text).contains(entity)
      }
    case .atom, .negation, .aggregate: return { _ in true }
    }
  }

  /// A condition on a text and a part of it that the clause writes, asked of the bytes of the text; `nil` for any other
  /// condition. What is no text is left to `compute`, which tells of it.
  private func textCondition(
    _ function: Function, _ operands: [Operand], else compute: @escaping (JoinMachine) throws -> Bool
  ) -> ((JoinMachine) throws -> Bool)? {
    guard operands.count == 2, let text = TextExpression(operands[0], terms), case .constant(let part) = operands[1],
      terms.isText(part), let test = function.textTest(terms.value(part).plainText)
    else { return nil }
    return { [terms] machine in try text.withUTF8(terms, machine.registers, test) ?? compute(machine) }
  }

  private func equality(
    _ left: Operand, _ right: Operand, _ clause: Clause, wanted: Bool
  ) -> (JoinMachine) throws -> Bool {
    if !left.isComputed && !right.isComputed {
      return { [self] machine in
        (try term(left, machine, clause) == term(right, machine, clause)) == wanted
      }
    }
    let integers = IntegerPair(left, right, terms)
    return { [self] machine in
      if let (left, right) = integers?.values(machine.registers) { return (left == right) == wanted }
      return (try value(left, machine, clause) == value(right, machine, clause)) == wanted
    }
  }

  /// Whether an order holds between two values. Values of different kinds are in no order: neither is less.
  private func compare(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
    guard left.isComparable(with: right) else { return false }
    return comparison.holds(Value.order(left, right))
  }
}

extension Comparison {
  /// Whether it holds of two values whose order, as a number below, at or above 0, is given.
  fileprivate func holds(_ order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .equal: order == 0
    case .notEqual: order != 0
    }
  }
}

extension Literal {
  /// Whether what it does depends on nothing but the terms of its variables, and costs more than to look that up.
  fileprivate var isFunctionOfTerms: Bool {
    switch self {
    case .comparison(.equal, let left, let right, _), .comparison(.notEqual, let left, let right, _):
      left.isComputed || right.isComputed
    case .comparison, .condition: true
    default: false
    }
  }
}

extension Value {
  /// Whether two values have an order: both numbers, both dates, both strings, both names or both booleans.
  func isComparable(with other: Value) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal): true
    case (.date, .date), (.string, .string), (.name, .name), (.boolean, .boolean): true
    default: false
    }
  }
}
