import Graphs
import Language
import Terms

/// Whether functions and comparisons can meet values of the kinds that they need, as far as declarations tell.
struct KindCheck {
  private let base: ClauseBase
  private let clause: Clause
  /// The kinds that each variable can have; none is known of a variable that is not in it.
  private var kinds: [Int: Set<TermDictionary.Kind>] = [:]

  init(_ base: ClauseBase, _ clause: Clause) {
    self.base = base
    self.clause = clause
    for literal in clause.body {
      guard case .atom(let atom) = literal else { continue }
      for (position, argument) in atom.arguments.enumerated() {
        guard let number = argument.variable,
          let own = Self.kinds(of: base.types(of: atom.relation, at: position))
        else { continue }
        kinds[number] = kinds[number]?.intersection(own) ?? own
      }
    }
  }

  private static func kinds(of types: [PositionType]) -> Set<TermDictionary.Kind>? {
    var result: Set<TermDictionary.Kind> = []
    for type in types {
      switch type {
      case .any: return nil
      case .entity, .member: result.insert(.name)
      case .string: result.insert(.string)
      case .integer, .decimal: result.formUnion([.integer, .decimal])
      case .boolean: result.insert(.boolean)
      case .date: result.insert(.date)
      }
    }
    return result
  }

  private static func kinds(of kind: Function.Kind) -> Set<TermDictionary.Kind>? {
    switch kind {
    case .any: nil
    case .number, .integer: [.integer, .decimal]
    case .text: [.string, .name]
    case .date: [.date]
    case .boolean: [.boolean]
    }
  }

  /// The first function or comparison that can never have a value, as a diagnostic. What a function makes of a constant
  /// shows when it is computed.
  func problem() -> Diagnostic? {
    for literal in clause.body {
      switch literal {
      case .comparison(let comparison, let left, let right, let span):
        if let problem = problem(in: left) ?? problem(in: right) { return problem }
        if comparison != .equal && comparison != .notEqual, let problem = problem(left, right, comparison, span) {
          return problem
        }
      case .condition(let function, let operands, let span):
        if let problem = problem(in: .call(function, operands, span)) { return problem }
      default: continue
      }
    }
    return nil
  }

  private func problem(in operand: Operand) -> Diagnostic? {
    guard case .call(let function, let operands, let span) = operand else { return nil }
    for (position, argument) in operands.enumerated() {
      if let problem = problem(in: argument) { return problem }
      if case .constant = argument { continue }
      let wanted = function.argumentKinds[min(position, function.argumentKinds.count - 1)]
      guard let needed = Self.kinds(of: wanted), let own = kinds(of: argument), own.isDisjoint(with: needed) else {
        continue
      }
      return Diagnostic(
        "`\(function.symbol)` takes \(Self.phrase(needed)), and \(name(argument)) is \(Self.phrase(own))", at: span,
        help: function.isOperator ? nil : "it is written \(function.signature)")
    }
    return nil
  }

  private func problem(
    _ left: Operand, _ right: Operand, _ comparison: Comparison, _ span: SourceSpan
  ) -> Diagnostic? {
    guard let one = kinds(of: left), let other = kinds(of: right) else { return nil }
    let comparable = one.contains { kind in other.contains { Self.group($0) == Self.group(kind) } }
    if comparable { return nil }
    let isYear = one.union(other).isSuperset(of: [.date, .integer])
    return Diagnostic(
      "\(name(left)) is \(Self.phrase(one)) and \(name(right)) is \(Self.phrase(other)): `\(comparison.rawValue)` can never hold",
      at: span, help: isYear ? "take the date's year, such as `year(D)`, or write a date" : nil)
  }

  private func kinds(of operand: Operand) -> Set<TermDictionary.Kind>? {
    switch operand {
    case .variable(let number): kinds[number]
    case .constant(let term): [base.graph.terms.kind(of: term)]
    case .call(let function, _, _): Self.kinds(of: function.resultKind)
    }
  }

  /// Integers and decimals are in one order.
  private static func group(_ kind: TermDictionary.Kind) -> TermDictionary.Kind { kind == .decimal ? .integer : kind }

  private func name(_ operand: Operand) -> String {
    switch operand {
    case .variable(let number): clause.variableNames[number].map { "`\($0)`" } ?? "this value"
    case .constant(let term): "`\(base.graph.terms.value(term).description)`"
    case .call(let function, _, _): "the value of `\(function.symbol)`"
    }
  }

  private static func phrase(_ kinds: Set<TermDictionary.Kind>) -> String {
    if kinds.isSuperset(of: [.string, .name]) { return "text" }
    switch kinds.min(by: { $0.rawValue < $1.rawValue }) {
    case .name: return "an entity"
    case .string: return "text"
    case .integer, .decimal: return "a number"
    case .boolean: return "true or false"
    case .date: return "a date"
    case nil: return "nothing"
    }
  }
}
