import Diagnostics
import Language
import Relations
import Terms

/// Computes on values while a join runs: expressions, comparisons, conditions and aggregates.
final class Computations {
  let base: ClauseBase
  let terms: TermDictionary
  /// How many plans were made to look for rows in error.
  var checks = 0

  init(_ base: ClauseBase) {
    self.base = base
    terms = base.graph.terms
  }

  /// The term of a computed value; text is brought to NFC first.
  func intern(_ value: Value, at span: SourceSpan) throws -> Term {
    guard case .string(let text) = value else { return terms.intern(value) }
    guard text.utf8.count <= TermDictionary.longestText else {
      throw ComputationFailure.told(
        Diagnostic(
          .textTooLong, "the text computed here has \(text.utf8.count) bytes, more than a text can have", at: span))
    }
    return terms.intern(.string(Text.nfc(text)))
  }

  // MARK: Expressions

  private func value(_ operand: Operand, _ machine: JoinMachine) throws -> Value {
    switch operand {
    case .variable(let number): return terms.value(Term(machine.registers[number]))
    case .constant(let term): return terms.value(term)
    case .call(let function, let operands, _):
      let arguments = try values(operands, machine)
      // Nothing is done with what comes of it then.
      guard base.graph.pace.goesOn(after: function == .matches ? 256 : 4) else { return .boolean(false) }
      do {
        return try function.apply(arguments)
      } catch {
        throw ComputationFailure(error, of: operand)
      }
    }
  }

  /// The values of operands. That one has none prevails over that another one fails, whichever stands first.
  private func values(_ operands: [Operand], _ machine: JoinMachine) throws -> [Value] {
    var count = 0
    do {
      return try operands.map { operand in
        let value = try value(operand, machine)
        count += 1
        return value
      }
    } catch let failure as ComputationFailure {
      for operand in operands.dropFirst(count + 1) {
        do { _ = try value(operand, machine) } catch ComputationFailure.absence {
          throw ComputationFailure.absence
        } catch {}
      }
      throw failure
    }
  }

  /// The values of both sides of a comparison.
  private func values(_ left: Operand, _ right: Operand, _ machine: JoinMachine) throws -> (Value, Value) {
    guard left.isComputed && right.isComputed else { return (try value(left, machine), try value(right, machine)) }
    let both = try values([left, right], machine)
    return (both[0], both[1])
  }

  /// Why a literal that is no group fails for the registers as they are; `nil` where it does not.
  func failure(of literal: Literal, _ machine: JoinMachine) throws -> ComputationFailure? {
    do {
      switch literal {
      case .comparison(.equal, .variable, let other, let span) where other.isComputed:
        _ = try intern(value(other, machine), at: span)
      case .comparison(.equal, let other, .variable, let span) where other.isComputed:
        _ = try intern(value(other, machine), at: span)
      case .comparison(_, let left, let right, _): _ = try values(left, right, machine)
      case .condition(let function, let operands, let span): _ = try value(.call(function, operands, span), machine)
      case .similar(_, let words, _): _ = try value(words, machine)
      case .atom, .negation, .aggregate: break
      }
      return nil
    } catch let failure as ComputationFailure {
      return failure.isAbsence ? nil : failure
    }
  }

  /// What a user is told of a failure in the row that the registers hold.
  func diagnostic(_ failure: ComputationFailure, _ machine: JoinMachine, _ clause: Clause) -> Diagnostic? {
    switch failure {
    case .absence: nil
    case .told(let diagnostic): diagnostic
    case .function(let failure, let call):
      Diagnostic(failure.code, failure.message, at: call.span, help: failure.help, notes: row(call, machine, clause))
    }
  }

  /// The row that an expression failed on.
  private func row(_ operand: Operand, _ machine: JoinMachine, _ clause: Clause) -> [Diagnostic.Note] {
    let bindings = operand.variables.sorted().compactMap { number -> String? in
      clause.variableNames[number].map { "\($0) = \(terms.value(Term(machine.registers[number])).shortened)" }
    }
    return bindings.isEmpty ? [] : [Diagnostic.Note("this happened where \(bindings.joined(separator: ", "))")]
  }

  private func term(_ operand: Operand, _ machine: JoinMachine) throws -> Term {
    switch operand {
    case .variable(let number): return Term(machine.registers[number])
    case .constant(let term): return term
    case .call(_, _, let span): return try intern(value(operand, machine), at: span)
    }
  }

  // MARK: Conditions

  /// What a literal that is neither an atom nor an aggregate does to the registers: binds a variable, or answers
  /// whether the literal holds. Where it fails it does not hold.
  /// - Parameter hasFailed: told of each row for which it fails.
  func condition(
    _ literal: Literal, binds: Int?, hasFailed: @escaping () -> Void
  ) -> (JoinMachine) throws -> Bool {
    if let remembered = remembered(literal, binds: binds, hasFailed) { return remembered }
    let compute = computation(literal, binds: binds)
    let isHandled = Self.handler(hasFailed)
    return { machine in
      do {
        return try compute(machine)
      } catch {
        if isHandled(error) { return false }
        throw error
      }
    }
  }

  /// The same for a node of a join.
  func computation(_ literal: Literal, binds: Int?, hasFailed: @escaping () -> Void) -> JoinComputation {
    if let remembered = remembered(literal, binds: binds, hasFailed) { return JoinComputation(holds: remembered) }
    return JoinComputation(passesOver: Self.handler(hasFailed), holds: computation(literal, binds: binds))
  }

  /// Whether an error is that of a literal that fails or has no value.
  private static func handler(_ hasFailed: @escaping () -> Void) -> (any Error) -> Bool {
    { error in
      guard let failure = error as? ComputationFailure else { return false }
      if !failure.isAbsence { hasFailed() }
      return true
    }
  }

  /// The same for a literal of one variable, computed once for each term; `nil` where that is not worth it.
  private func remembered(
    _ literal: Literal, binds: Int?, _ hasFailed: @escaping () -> Void
  ) -> ((JoinMachine) throws -> Bool)? {
    let inputs = binds.map { literal.variables.subtracting([$0]) } ?? literal.variables
    guard inputs.count == 1, let input = inputs.first, literal.isFunctionOfTerms else { return nil }
    let compute = computation(literal, binds: binds)
    let memo = TermMemo()
    return { machine in
      let number = try memo.number(of: machine.registers[input]) {
        do {
          guard try compute(machine) else { return TermMemo.none }
          return binds.map { machine.registers[$0] } ?? 0
        } catch let failure as ComputationFailure {
          return failure.isAbsence ? TermMemo.none : TermMemo.failed
        }
      }
      if number >= TermMemo.failed {
        if number == TermMemo.failed { hasFailed() }
        return false
      }
      if let binds { machine.registers[binds] = number }
      return true
    }
  }

  private func computation(_ literal: Literal, binds: Int?) -> (JoinMachine) throws -> Bool {
    switch literal {
    case .comparison(.equal, let left, let right, _):
      guard let binds else { return equality(left, right, wanted: true) }
      let source: Operand = if case .variable(binds) = left { right } else { left }
      let text = TextExpression(source, terms)
      let integer = IntegerExpression(source, terms)
      return { [self] machine in
        let term =
          try text?.intern(by: terms, machine.registers)
          ?? integer?.value(machine.registers).map { terms.intern(integer: $0) } ?? term(source, machine)
        machine.registers[binds] = term.number
        return true
      }
    case .comparison(.notEqual, let left, let right, _): return equality(left, right, wanted: false)
    case .comparison(let comparison, let left, let right, _):
      let integers = IntegerPair(left, right, terms)
      return { [self] machine in
        if let (left, right) = integers?.values(machine.registers) {
          return comparison.holds(left < right ? -1 : left > right ? 1 : 0)
        }
        let (left, right) = try values(left, right, machine)
        return compare(left, comparison, right)
      }
    case .condition(let function, let operands, let span):
      let call = Operand.call(function, operands, span)
      let compute = { [self] machine in try value(call, machine) == .boolean(true) }
      return textCondition(function, operands, else: compute) ?? compute
    case .similar(let subject, let words, _):
      return { [self] machine in
        let entity = try term(subject, machine)
        let text = try value(words, machine).plainText
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

  private func equality(_ left: Operand, _ right: Operand, wanted: Bool) -> (JoinMachine) throws -> Bool {
    if !left.isComputed && !right.isComputed {
      return { [self] machine in (try term(left, machine) == term(right, machine)) == wanted }
    }
    let integers = IntegerPair(left, right, terms)
    return { [self] machine in
      if let (left, right) = integers?.values(machine.registers) { return (left == right) == wanted }
      let (left, right) = try values(left, right, machine)
      return (left == right) == wanted
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

extension Operand {
  fileprivate var span: SourceSpan { if case .call(_, _, let span) = self { span } else { .none } }
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
