import Language
import Relations
import Terms

extension Computations {
  /// Why an aggregate has no value: of which of its rows, by the row's number.
  private struct Failure: Error {
    var message: String
    var help: String?
    var row: Int?
  }

  /// Binds an aggregate's result, or compares it where it is bound.
  func finish(
    _ aggregate: AggregateLiteral, binds: Bool, _ result: @escaping (JoinMachine) throws -> Value?
  ) -> (JoinMachine) throws -> Bool {
    { [self] machine in
      guard let value = try result(machine) else { return false }
      let term = try intern(value, at: aggregate.span)
      if !binds { return machine.registers[aggregate.result] == term.number }
      machine.registers[aggregate.result] = term.number
      return true
    }
  }

  /// The aggregate of a set of terms; `nil` where it has no answer.
  func aggregate(
    _ aggregate: AggregateLiteral, _ set: SetView, _ machine: JoinMachine, in clause: Clause
  ) throws -> Value? {
    if aggregate.kind == .count { return .integer(Int64(set.count)) }
    let elements = set.elements
    do {
      return try Self.value(aggregate.kind, elements.map { terms.value(Term($0)) })
    } catch {
      throw diagnostic(error, aggregate, row: error.row.map { [elements[$0]] } ?? [], machine, clause)
    }
  }

  /// The aggregate of the first column over distinct rows; `nil` where it has no answer.
  func aggregate(
    _ aggregate: AggregateLiteral, _ rows: Relation, _ machine: JoinMachine, in clause: Clause
  ) throws -> Value? {
    if aggregate.kind == .count { return .integer(Int64(rows.count)) }
    var values: [Value] = []
    rows.forEachTuple {
      values.append(terms.value(Term($0[0])))
      return true
    }
    do {
      return try Self.value(aggregate.kind, values)
    } catch {
      throw diagnostic(error, aggregate, row: error.row.map { Self.row($0, of: rows) } ?? [], machine, clause)
    }
  }

  private static func row(_ number: Int, of rows: Relation) -> [UInt32] {
    var left = number
    var row: [UInt32] = []
    rows.forEachTuple {
      if left == 0 { row = Array($0) }
      left -= 1
      return left >= 0
    }
    return row
  }

  /// Names the row that an aggregate failed on, and for which values around it.
  private func diagnostic(
    _ failure: Failure, _ aggregate: AggregateLiteral, row: [UInt32], _ machine: JoinMachine, _ clause: Clause
  ) -> Diagnostic {
    let around = aggregate.group.shared.sorted().map { ($0, machine.registers[$0]) }
    let bindings = (around + zip(aggregate.columns, row)).compactMap { variable, term in
      clause.variableNames[variable].map { "\($0) = \(terms.value(Term(term)).excerpt)" }
    }
    let note = Diagnostic.Note("this happened where \(bindings.joined(separator: ", "))")
    return Diagnostic(
      failure.message, at: aggregate.span, help: failure.help, notes: bindings.isEmpty ? [] : [note])
  }

  private static func value(_ kind: Aggregate.Kind, _ values: [Value]) throws(Failure) -> Value? {
    switch kind {
    case .count: return .integer(Int64(values.count))
    case .sum: return try sum(values, for: kind)
    case .avg:
      if values.isEmpty { return nil }
      if let whole = whole(values) { return average(whole, of: values.count) }
      return try apply(.divide, [sum(values, for: kind), .integer(Int64(values.count))])
    case .min, .max:
      try checkOneKind(values, for: kind)
      return kind == .min
        ? values.min { Value.order($0, $1) < 0 } : values.max { Value.order($0, $1) < 0 }
    case .list:
      if values.isEmpty { return nil }
      return .string(values.sorted { Value.order($0, $1) < 0 }.map(\.plainText).joined(separator: ", "))
    }
  }

  /// Values of different kinds are in no order, so that none of them is the least.
  private static func checkOneKind(_ values: [Value], for kind: Aggregate.Kind) throws(Failure) {
    guard let first = values.first, values.contains(where: { !$0.isComparable(with: first) }) else { return }
    let order = values.indices.sorted { Value.order(values[$0], values[$1]) < 0 }
    let least = values[order[0]]
    guard let odd = order.first(where: { !values[$0].isComparable(with: least) }) else { return }
    throw Failure(
      message: "`\(kind.rawValue)` takes values of one kind, not \(least.inMessage) and \(values[odd].inMessage)",
      help: "ask for the values of each kind by themselves", row: odd)
  }

  /// The sum in the order of the values, so that decimals add up to the same on every run. Of integers only the whole must
  /// fit 64 bits.
  private static func sum(_ values: [Value], for kind: Aggregate.Kind) throws(Failure) -> Value {
    guard let whole = whole(values) else {
      let order = values.indices.sorted { Value.order(values[$0], values[$1]) < 0 }
      var sum = Value.integer(0)
      for index in order {
        if !values[index].isComparable(with: .integer(0)) { throw notANumber(values[index], kind, row: index) }
        sum = try apply(.add, [sum, values[index]])
      }
      return sum
    }
    if let sum = Int64(exactly: whole) { return .integer(sum) }
    throw Failure(
      message: "the sum \(whole) does not fit 64 bits",
      help: "a sum of decimals is rounded: `sum{ N * 1.0, X : p(X, N) }`")
  }

  private static func notANumber(_ value: Value, _ kind: Aggregate.Kind, row: Int) -> Failure {
    let help: String? = if case .string = value { "`to_number` reads a number from text" } else { nil }
    return Failure(
      message: "`\(kind.rawValue)` takes numbers, not \(value.inMessage)",
      help: help ?? "`count` tells how many there are, and `list` which ones", row: row)
  }

  /// What integers add up to; `nil` where not all values are integers.
  private static func whole(_ values: [Value]) -> Int128? {
    var whole: Int128 = 0
    for value in values {
      guard case .integer(let integer) = value else { return nil }
      whole += Int128(integer)
    }
    return whole
  }

  /// An integer where the division comes out even: what lies between integers of 64 bits is one.
  private static func average(_ whole: Int128, of count: Int) -> Value? {
    let (quotient, remainder) = whole.quotientAndRemainder(dividingBy: Int128(count))
    if remainder == 0, let result = Int64(exactly: quotient) { return .integer(result) }
    return Value.number(Double(whole) / Double(count))
  }

  private static func apply(_ function: Function, _ arguments: [Value]) throws(Failure) -> Value {
    do {
      return try function.apply(arguments)
    } catch {
      throw Failure(message: error.message, help: error.help)
    }
  }
}
