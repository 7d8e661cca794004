import Diagnostics
import Language
import Relations
import Terms

extension Computations {
  /// A value, and in how many rows it stands.
  private struct Weighed {
    var value: Value
    var count: Int
  }

  /// Why an aggregate has no value: of which of its values, by the value's number.
  private struct Failure: Error {
    var code: Code
    var message: String
    var help: String?
    var number: Int?
  }

  /// The aggregate of a set of terms; `nil` where it has no answer.
  func aggregate(
    _ aggregate: AggregateLiteral, _ set: SetView, _ machine: JoinMachine, in clause: Clause
  ) throws -> Value? {
    if aggregate.kind == .count { return .integer(Int64(set.count)) }
    if let value = integer(aggregate.kind, set) { return value }
    let elements = set.elements
    if aggregate.kind == .list { return list(elements.map { ($0, 1) }) }
    do {
      return try Self.value(aggregate.kind, elements.map { Weighed(value: terms.value(Term($0)), count: 1) })
    } catch {
      throw ComputationFailure.told(
        diagnostic(error, aggregate, row: error.number.map { [elements[$0]] } ?? [], machine, clause))
    }
  }

  /// The least or greatest of a set of integers, or their sum, without making values of them; `nil` for others.
  private func integer(_ kind: Aggregate.Kind, _ set: SetView) -> Value? {
    guard kind == .min || kind == .max || kind == .sum, !set.isEmpty else { return nil }
    var (least, greatest, sum) = (Int64.max, Int64.min, Int128(0))
    let areIntegers = set.forEachNumber { number in
      guard let integer = terms.integer(Term(number)) else { return false }
      least = min(least, integer)
      greatest = max(greatest, integer)
      sum += Int128(integer)
      return true
    }
    if !areIntegers { return nil }
    if kind == .sum { return Int64(exactly: sum).map { .integer($0) } }
    return .integer(kind == .min ? least : greatest)
  }

  /// The aggregate of the first column over distinct rows; `nil` where it has no answer.
  func aggregate(
    _ aggregate: AggregateLiteral, _ rows: Relation, _ machine: JoinMachine, in clause: Clause
  ) throws -> Value? {
    if aggregate.kind == .count { return .integer(Int64(rows.count)) }
    let counts = rows.counts(ofColumn: 0)
    if aggregate.kind == .list { return list(counts.map { ($0.term, $0.count) }) }
    do {
      return try Self.value(
        aggregate.kind, counts.map { Weighed(value: terms.value(Term($0.term)), count: $0.count) })
    } catch {
      let row = error.number.map { Self.firstRow(of: rows, with: counts[$0].term) }
      throw ComputationFailure.told(diagnostic(error, aggregate, row: row ?? [], machine, clause))
    }
  }

  private static func firstRow(of rows: Relation, with term: UInt32) -> [UInt32] {
    var row = [term]
    rows.index(Array(0..<rows.arity)).forEachRow { prefix, set in
      guard prefix[0] == term, let last = set.first else { return true }
      row = Array(prefix) + [last]
      return false
    }
    return row
  }

  /// Names the row that an aggregate failed on, and for which values around it.
  private func diagnostic(
    _ failure: Failure, _ aggregate: AggregateLiteral, row: [UInt32], _ machine: JoinMachine, _ clause: Clause
  ) -> Diagnostic {
    let around = aggregate.group.shared.sorted().map { ($0, machine.registers[$0]) }
    let bindings = (around + zip(aggregate.columns, row)).compactMap { variable, term in
      clause.variableNames[variable].map { "\($0) = \(terms.value(Term(term)).shortened)" }
    }
    let note = Diagnostic.Note("this happened where \(bindings.joined(separator: ", "))")
    return Diagnostic(
      failure.code, failure.message, at: aggregate.span, help: failure.help, notes: bindings.isEmpty ? [] : [note])
  }

  private static func value(_ kind: Aggregate.Kind, _ values: [Weighed]) throws(Failure) -> Value? {
    switch kind {
    case .count: return .integer(count(values))
    case .sum: return try sum(values)
    case .avg: return values.isEmpty ? nil : try average(values)
    case .min, .max:
      try checkOneKind(values, for: kind)
      let values = values.map(\.value)
      return kind == .min
        ? values.min { Value.order($0, $1) < 0 } : values.max { Value.order($0, $1) < 0 }
    case .list: return nil
    }
  }

  /// The texts of terms in order; `nil` where there are none. Of which entities it is made is noted, for those who show names.
  private func list(_ elements: [(term: UInt32, count: Int)]) -> Value? {
    let pace = base.graph.pace
    guard !elements.isEmpty, pace.hasRoom(for: MemoryLayout<(Value, UInt32, Int)>.stride * elements.count) else {
      return nil
    }
    let values = elements.map { (value: terms.value(Term($0.term)), element: $0) }
    let ordered = values.sorted { pace.goesOn(after: 8) && Value.order($0.value, $1.value) < 0 }
    guard let text = joined(ordered.lazy.map { ($0.value.plainText, $0.element.count) }, pace) else { return nil }
    if elements.contains(where: { terms.isName(Term($0.term)) }) {
      let count = elements.reduce(0) { $0 + $1.count }
      guard pace.hasRoom(for: 2 * MemoryLayout<Term>.stride * count) else { return nil }
      let parts = ordered.flatMap { repeatElement(Term($0.element.term), count: $0.element.count) }
      terms.noteList(terms.intern(.string(text)), of: parts)
    }
    return .string(text)
  }

  /// Texts, each so many times, with commas between them; `nil` if the work is to end.
  private func joined(_ pieces: some Sequence<(text: String, count: Int)>, _ pace: Pace) -> String? {
    var joined = ""
    var room = 0
    var isFirst = true
    for piece in pieces {
      let size = joined.utf8.count + (piece.text.utf8.count + 2) * piece.count
      if size > room {
        room = 2 * size
        guard pace.hasRoom(for: room) else { return nil }
        joined.reserveCapacity(room)
      }
      for _ in 0..<piece.count {
        if !pace.goesOn(after: 4) { return nil }
        if !isFirst { joined += ", " }
        isFirst = false
        joined += piece.text
      }
    }
    return joined
  }

  private static func count(_ values: [Weighed]) -> Int64 { values.reduce(0) { $0 + Int64($1.count) } }

  /// Values of different kinds are in no order, so that none of them is the least.
  private static func checkOneKind(_ values: [Weighed], for kind: Aggregate.Kind) throws(Failure) {
    let values = values.map(\.value)
    guard let first = values.first, values.contains(where: { !$0.isComparable(with: first) }) else { return }
    let order = values.indices.sorted { Value.order(values[$0], values[$1]) < 0 }
    let least = values[order[0]]
    guard let odd = order.first(where: { !values[$0].isComparable(with: least) }) else { return }
    throw Failure(
      code: .severalKinds,
      message: "`\(kind.rawValue)` takes values of one kind, not \(least.inMessage) and \(values[odd].inMessage)",
      help: "ask for the values of each kind by themselves", number: odd)
  }

  /// The exact sum, rounded once if it is no integer. That of integers must be an integer of 64 bits.
  private static func sum(_ values: [Weighed]) throws(Failure) -> Value {
    guard let whole = whole(values) else {
      if let sum = try exactSum(values, for: .sum).value() { return sum }
      throw Failure(code: .overflow, message: "the sum is beyond what a decimal can be")
    }
    if let sum = Int64(exactly: whole) { return .integer(sum) }
    throw Failure(
      code: .overflow, message: "the sum \(whole) does not fit 64 bits",
      help: "a sum of decimals is rounded: `sum{ N * 1.0, X : p(X, N) }`")
  }

  /// The exact sum divided by how many there are, rounded once: always between the least and the greatest.
  private static func average(_ values: [Weighed]) throws(Failure) -> Value? {
    let count = Int(count(values))
    if let whole = whole(values), whole.magnitude < 1 << 53 { return Value.number(Double(whole) / Double(count)) }
    return try exactSum(values, for: .avg).value(dividedBy: count)
  }

  private static func exactSum(_ values: [Weighed], for kind: Aggregate.Kind) throws(Failure) -> ExactSum {
    var sum = ExactSum()
    for value in values {
      switch value.value {
      case .integer(let integer): sum.add(integer, times: value.count)
      case .decimal(let decimal): sum.add(decimal, times: value.count)
      case .name, .string, .boolean, .date: throw notANumber(values, for: kind)
      }
    }
    return sum
  }

  /// Tells of the first in order of the values that are no numbers.
  private static func notANumber(_ values: [Weighed], for kind: Aggregate.Kind) -> Failure {
    let odd = values.indices.filter { !values[$0].value.isComparable(with: .integer(0)) }
    let number = odd.min { Value.order(values[$0].value, values[$1].value) < 0 } ?? 0
    let value = values[number].value
    let help: String? = if case .string = value { "`to_number` reads a number from text" } else { nil }
    return Failure(
      code: .wrongArgument, message: "`\(kind.rawValue)` takes numbers, not \(value.inMessage)",
      help: help ?? "`count` tells how many there are, and `list` which ones", number: number)
  }

  /// What integers add up to; `nil` where not all values are integers.
  private static func whole(_ values: [Weighed]) -> Int128? {
    var whole: Int128 = 0
    for value in values {
      guard case .integer(let integer) = value.value else { return nil }
      whole += Int128(integer) * Int128(value.count)
    }
    return whole
  }
}
