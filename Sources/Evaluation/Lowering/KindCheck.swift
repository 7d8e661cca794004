import Diagnostics
import Graphs
import Language
import Terms

/// Whether functions and comparisons can meet values of the kinds that they need, as far as declarations tell.
struct KindCheck {
  private let base: ClauseBase
  private let clause: Clause
  /// The literals that are checked: the clause's, or those of a group within it.
  private let literals: [Literal]
  /// The places of paths, of which none steps at all makes an equation that no user wrote.
  private let paths: Set<SourceSpan>
  /// The kinds that each variable can have; none is known of a variable that is not in it.
  private var kinds: [Int: Set<TermDictionary.Kind>] = [:]
  /// The relation whose declaration or rules tell what a variable is, and where it stands in it.
  private var declaring: [Int: RelationKey] = [:]
  private var places: [Int: SourceSpan] = [:]
  /// The aggregates whose results variables are.
  private var aggregates: [Int: AggregateLiteral] = [:]

  init(_ base: ClauseBase, _ clause: Clause, paths: Set<SourceSpan>) {
    self.base = base
    self.clause = clause
    self.paths = paths
    literals = clause.body
    gather()
  }

  /// A group within what is checked, whose literals tell more of its variables.
  private init(_ literals: [Literal], within outer: KindCheck) {
    base = outer.base
    clause = outer.clause
    paths = outer.paths
    self.literals = literals
    kinds = outer.kinds
    declaring = outer.declaring
    places = outer.places
    aggregates = outer.aggregates
    gather()
  }

  private mutating func gather() {
    for case .atom(let atom) in literals {
      for (position, argument) in atom.arguments.enumerated() {
        guard let number = argument.variable,
          let own = Self.kinds(of: base.knownTypes(of: atom.relation, at: position))
        else { continue }
        kinds[number] = kinds[number]?.intersection(own) ?? own
        if declaring[number] == nil {
          declaring[number] = atom.relation
          places[number] = atom.span
        }
      }
    }
    for case .aggregate(let aggregate) in literals {
      aggregates[aggregate.result] = aggregate
      if kinds[aggregate.result] == nil { kinds[aggregate.result] = kinds(of: aggregate) }
    }
    handOn()
  }

  /// Hands on what is known of one side of an equation to a variable on the other; a chain of them takes as many turns.
  private mutating func handOn() {
    let equations = literals.filter { if case .comparison(.equal, _, _, _) = $0 { true } else { false } }
    for _ in equations {
      for case .comparison(.equal, let left, let right, let span) in equations where !paths.contains(span) {
        for (side, other) in [(left, right), (right, left)] {
          // What is a constant beside may as well be asked for where it can't be.
          guard case .variable(let number) = side, kinds[number] == nil, !other.isConstant,
            let known = kinds(of: other)
          else { continue }
          kinds[number] = known
          places[number] = span
        }
      }
    }
  }

  private func kinds(of aggregate: AggregateLiteral) -> Set<TermDictionary.Kind>? {
    switch aggregate.kind {
    case .count: return [.integer]
    case .sum, .avg: return [.integer, .decimal]
    case .list: return [.string]
    case .min, .max:
      let groups = aggregate.group.alternatives.map { KindCheck($0, within: self).kinds[aggregate.columns[0]] }
      return groups.contains { $0 == nil } ? nil : groups.reduce(into: []) { $0.formUnion($1 ?? []) }
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

  private static func kinds(of kind: Function.Form.Kind) -> Set<TermDictionary.Kind>? {
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
    for literal in literals {
      switch literal {
      case .comparison(let comparison, let left, let right, let span):
        if let problem = problem(in: left) ?? problem(in: right) { return problem }
        if comparison == .notEqual || comparison == .equal && !isDeclared(left, right, span) { continue }
        if let problem = problem(left, right, comparison, span) { return problem }
      case .condition(let function, let operands, let span):
        if let problem = problem(in: .call(function, operands, span)) { return problem }
      case .negation(let group, _): if let problem = problem(in: group) { return problem }
      case .aggregate(let aggregate): if let problem = problem(in: aggregate.group) { return problem }
      default: continue
      }
    }
    return nil
  }

  /// Whether an equation is one of the user's about a variable: of constants it is a question like any other. What differs
  /// in kind is unequal, which `!=` may well ask.
  private func isDeclared(_ left: Operand, _ right: Operand, _ span: SourceSpan) -> Bool {
    if paths.contains(span) { return false }
    return [left, right].contains { if case .variable = $0 { true } else { false } }
  }

  private func problem(in group: Group) -> Diagnostic? {
    for alternative in group.alternatives {
      if let problem = KindCheck(alternative, within: self).problem() { return problem }
    }
    return nil
  }

  private func problem(in operand: Operand) -> Diagnostic? {
    guard case .call(let function, let operands, let span) = operand else { return nil }
    for (position, argument) in operands.enumerated() {
      if let problem = problem(in: argument) { return problem }
      if case .constant = argument { continue }
      let wanted = function.form.arguments[min(position, function.form.arguments.count - 1)]
      guard let needed = Self.kinds(of: wanted), let own = kinds(of: argument), own.isDisjoint(with: needed) else {
        continue
      }
      return Diagnostic(
        .wrongArgument,
        "`\(function.symbol)` takes \(Self.phrase(needed)), and \(name(argument)) is \(Self.phrase(own))", at: span,
        help: help(function, needs: needed, own, argument), notes: declarations(argument))
    }
    return nil
  }

  private func problem(
    _ left: Operand, _ right: Operand, _ comparison: Comparison, _ span: SourceSpan
  ) -> Diagnostic? {
    guard let one = kinds(of: left), let other = kinds(of: right) else { return nil }
    let comparable = one.contains { kind in other.contains { Self.group($0) == Self.group(kind) } }
    if comparable { return nil }
    return Diagnostic(
      .neverHolds,
      "\(name(left)) is \(Self.phrase(one)) and \(name(right)) is \(Self.phrase(other)): `\(comparison.rawValue)` can never hold",
      at: span, help: help(left, one, right, other) ?? help(right, other, left, one),
      notes: (left.isConstant || right.isConstant ? [] : occurrences(left, span) + occurrences(right, span))
        + declarations(left) + declarations(right))
  }

  /// Where else a variable stands, so that it is known what it is.
  private func occurrences(_ operand: Operand, _ span: SourceSpan) -> [Diagnostic.Note] {
    guard case .variable(let number) = operand, aggregates[number] == nil, let place = places[number],
      let own = kinds[number], place.file === span.file, place.start > span.end || place.end < span.start
    else { return [] }
    return [Diagnostic.Note("\(name(operand)) is \(Self.phrase(own)) here", at: place)]
  }

  private func help(
    _ function: Function, needs: Set<TermDictionary.Kind>, _ own: Set<TermDictionary.Kind>, _ argument: Operand
  ) -> String {
    let name = if case .variable(let number) = argument { clause.variableNames[number] ?? "X" } else { "X" }
    switch (own, function) {
    case ([.date], .subtract): return "`days_between` counts the days from one date to another"
    case ([.date], _) where needs.contains(.integer): return "`year`, `month` and `day` are the numbers of a date"
    case ([.string], .add): return "`++` joins texts"
    case ([.string], _) where needs.contains(.integer): return "`to_number(\(name))` reads a number from text"
    case ([.string], _) where needs == [.date]: return "`date(\(name))` makes a date from text"
    case (_, _) where needs.contains(.string): return "`to_string(\(name))` makes text of it"
    default: return "it is written `\(function.form.signature)`"
    }
  }

  /// What to compare instead of a variable, or what to write instead of a constant.
  private func help(
    _ left: Operand, _ own: Set<TermDictionary.Kind>, _ right: Operand, _ other: Set<TermDictionary.Kind>
  ) -> String? {
    guard case .variable(let number) = left, let name = clause.variableNames[number] else { return nil }
    switch (own, other) {
    case ([.date], _) where other.contains(.integer): return "compare the date's year, `year(\(name))`, or write a date"
    case ([.date], [.string]):
      guard case .constant(let term) = right, case .string(let text) = base.graph.terms.value(term) else { return nil }
      return Self.date(text)
    case (_, [.string]) where own.contains(.integer): return "a number is written without quotes"
    case ([.string], _) where other.contains(.integer): return "`to_number(\(name))` reads a number from text"
    case ([.name], [.string]) where declaring[number]?.isTriple == true:
      return "a relation's name is written without quotes"
    case ([.name], [.string]):
      guard case .constant(let term) = right else { return "compare its label: `label(\(name), L)`" }
      return "an entity is found by its names: `\(name) ~ \(base.graph.terms.value(term))`"
    default: return nil
    }
  }

  /// How a date is written instead of a text that is meant as one.
  static func date(_ text: String) -> String {
    if DateSpan(text) != nil, text.utf8.count == 4 { return "a whole year is written `date(\"\(text)\")`" }
    guard let date = DateSpan(text) ?? WrittenDate.date(text) else {
      return "a date is written without quotes: `2013-02-14`"
    }
    return (date.isBare ? "a date is written without quotes: " : "as a date it is ")
      + "`\(Value.date(date).description)`"
  }

  /// Where the relation is declared that tells what a variable is, as a remark.
  private func declarations(_ operand: Operand) -> [Diagnostic.Note] {
    guard case .variable(let number) = operand, case .named(let relation)? = declaring[number],
      let place = base.program.places[relation],
      let declaration = base.graph.relation(named: relation)?.declaration, !base.graph.isType(relation)
    else { return [] }
    return [Diagnostic.Note("declared `\(relation)\(declaration.signature)` here", at: place)]
  }

  private func kinds(of operand: Operand) -> Set<TermDictionary.Kind>? {
    switch operand {
    case .variable(let number): kinds[number]
    case .constant(let term): [base.graph.terms.kind(of: term)]
    case .call(let function, _, _): Self.kinds(of: function.form.result)
    }
  }

  /// Integers and decimals are in one order.
  private static func group(_ kind: TermDictionary.Kind) -> TermDictionary.Kind { kind == .decimal ? .integer : kind }

  private func name(_ operand: Operand) -> String {
    switch operand {
    case .variable(let number):
      clause.variableNames[number].map { "`\($0)`" }
        ?? aggregates[number].map { "the value of `\($0.kind.rawValue)`" } ?? "this value"
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

extension Operand {
  fileprivate var isConstant: Bool { if case .constant = self { true } else { false } }
}
