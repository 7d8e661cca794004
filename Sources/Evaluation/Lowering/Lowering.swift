import Diagnostics
import Graphs
import Language
import Terms

/// Turns one rule or query from its syntax tree into clauses: numbers variables, looks names up, takes expressions out of
/// arguments, and multiplies disjunctions out.
final class Lowering {
  let base: ClauseBase
  var variableNames: [String?] = []
  /// Where each variable stands first.
  private var variableSpans: [SourceSpan?] = []
  private(set) var hasFailed = false
  /// The nodes of each path that may be of no step, by the path's place: what its ends range over where nothing else
  /// binds them.
  var pathNodes: [SourceSpan: RelationKey] = [:]

  /// How many clauses a disjunction may become, and how many literals a conjunction may have.
  static let mostAlternatives = 1024
  static let mostLiterals = 256

  init(_ base: ClauseBase) { self.base = base }

  /// The variables in force at a place: of the clause, or of a group within it.
  final class Scope {
    var numbers: [String: Int] = [:]
    /// The variables of the conjunctions around a group, by name.
    let outer: [String: Int]
    /// The variables of `outer` that the group uses.
    var shared: Set<Int> = []
    init(outer: [String: Int]) { self.outer = outer }
  }

  func fail(
    _ code: Code, _ message: String, at span: SourceSpan?, help: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    fail(Diagnostic(code, message, at: span, help: help, notes: notes))
  }

  func fail(_ problem: Diagnostic) {
    hasFailed = true
    base.report(problem)
  }

  func freshVariable() -> Int {
    variableNames.append(nil)
    variableSpans.append(nil)
    return variableNames.count - 1
  }

  func variable(_ identifier: Identifier, _ scope: Scope) -> Int {
    if identifier.name == "_" { return freshVariable() }
    if let number = scope.numbers[identifier.name] { return number }
    if let number = scope.outer[identifier.name] {
      scope.shared.insert(number)
      return number
    }
    variableNames.append(identifier.name)
    variableSpans.append(identifier.span)
    scope.numbers[identifier.name] = variableNames.count - 1
    return variableNames.count - 1
  }

  /// The clauses of a rule; none where it has a mistake.
  func clauses(head: Atom, body: Formula, span: SourceSpan) -> [Clause] {
    let scope = Scope(outer: [:])
    register(namesIn: body, scope)
    for argument in head.arguments { VariableNames.collect(argument) { _ = variable($0, scope) } }
    var headLiterals: [Literal] = []
    let key = RelationKey.named(head.relation.name)
    checkArity(head)
    // The body first: a name that it asks for is not known by standing in the head.
    let alternatives = conjunctions(body, scope)
    if hasFailed { return [] }
    let arguments = head.arguments.enumerated().map { position, expression in
      argument(expression, types: base.types(of: key, at: position), scope, &headLiterals, known: false)
    }
    if hasFailed { return [] }
    let atom = ClauseAtom(relation: key, arguments: arguments, span: head.span)
    return finish(
      alternatives.flatMap { completed($0 + headLiterals, given: []) }.map { body in
        var clause = clause(atom, body, span)
        clause.headSpans = head.arguments.map(\.span)
        return clause
      })
  }

  func clause(_ head: ClauseAtom, _ body: [Literal], _ span: SourceSpan) -> Clause {
    Clause(head: head, body: body, variableNames: variableNames, variableSpans: variableSpans, span: span)
  }

  /// The clauses, where they are safe and their types agree; none otherwise.
  func finish(_ clauses: [Clause]) -> [Clause] {
    if variableNames.count > Bits.capacity, let span = clauses.first?.span {
      fail(
        .bodyTooLarge,
        "this has \(variableNames.count) variables, with those of parts without a name; at most \(Bits.capacity) can be bound",
        at: span, help: "define relations for parts of it")
      return []
    }
    for clause in clauses {
      var problem = Safety(clause).problem()
      if problem == nil { problem = TypeCheck(base, clause).problem() }
      if problem == nil { problem = KindCheck(base, clause, paths: Set(pathNodes.keys)).problem() }
      if problem == nil { problem = ConstantCheck(base, clause).problem() }
      if let problem {
        hasFailed = true
        base.report(problem)
        return []
      }
    }
    return clauses.map { Presence(base, $0)?.asked() ?? $0 }
  }

  /// Numbers the variables that a body shows outside of groups, in order of first appearance.
  func register(namesIn body: Formula, _ scope: Scope) {
    VariableNames.collect(body) { identifier in _ = variable(identifier, scope) }
  }

  /// A body as alternatives, each a conjunction.
  func conjunctions(_ formula: Formula, _ scope: Scope) -> [[Literal]] {
    switch formula {
    case .and(let parts):
      var result: [[Literal]] = [[]]
      for part in parts {
        let alternatives = conjunctions(part, scope)
        guard isFew(result.count * alternatives.count, at: formula.span) else { return [] }
        result =
          alternatives.count == 1
          ? result.map { $0 + alternatives[0] } : result.flatMap { left in alternatives.map { left + $0 } }
        if result.contains(where: { $0.count > Self.mostLiterals }) {
          fail(
            .bodyTooLarge, "this body has more than \(Self.mostLiterals) conditions, which can't be joined at once",
            at: formula.span,
            help: "define relations for parts of it")
          return []
        }
      }
      return result
    case .or(let parts):
      guard isFew(parts.count, at: formula.span) else { return [] }
      let alternatives = parts.flatMap { conjunctions($0, scope) }
      return isFew(alternatives.count, at: formula.span) ? alternatives : []
    case .atom(let atom): return [literals(atom, scope)]
    case .path(let path, let from, let to, let annotations, let span):
      return pathConjunctions(path, from, to, annotations, span, scope)
    case .comparison(let comparison, let left, let right, let span):
      var literals: [Literal] = []
      let first = operand(left, scope, &literals)
      let second = operand(right, scope, &literals)
      literals.append(.comparison(comparison, first, second, span))
      return [literals]
    case .similar(let left, let right, let span): return [similar(left, right, span, scope)]
    case .not(let inner, let span):
      checkAlone(in: inner, scope)
      let group = group(scope) {
        register(namesIn: inner, $0)
        return conjunctions(inner, $0)
      }
      return [[.negation(group, span)]]
    }
  }

  /// Reports a body that would become more clauses than can be planned; whether it is none.
  func isFew(_ alternatives: Int, at span: SourceSpan?) -> Bool {
    if alternatives <= Self.mostAlternatives { return true }
    if !hasFailed {
      fail(
        .bodyTooLarge, "this body has more than \(Self.mostAlternatives) combinations of alternatives", at: span,
        help: "define a relation for each disjunction, with a rule for each of its alternatives")
    }
    return false
  }

  /// Reports a named variable that stands in a negation once, and nowhere else: it would say no more than `_`.
  private func checkAlone(in negated: Formula, _ scope: Scope) {
    var counts: [String: Int] = [:]
    VariableNames.collectAll(negated) { counts[$0.name, default: 0] += 1 }
    VariableNames.collect(negated) { identifier in
      let name = identifier.name
      guard counts[name] == 1, !name.hasPrefix("_"), scope.numbers[name] == nil, scope.outer[name] == nil else {
        return
      }
      fail(
        .unboundVariable, "the variable `\(name)` of this negation is not bound by a positive literal",
        at: identifier.span,
        help: "bind it outside of the negation, or write `_` if any value is meant")
    }
  }

  /// A group with a scope of its own, which sees the variables around it.
  func group(_ scope: Scope, _ alternatives: (Scope) -> [[Literal]]) -> Group {
    let inner = Scope(outer: scope.outer.merging(scope.numbers) { $1 })
    let literals = alternatives(inner)
    scope.shared.formUnion(inner.shared.intersection(scope.outer.values))
    return Group(alternatives: literals.flatMap { completed($0, given: inner.shared) }, shared: inner.shared)
  }

  // MARK: Expressions

  /// What stands in a column: a variable, a constant in the form that the column's types take, or a fresh variable that
  /// an expression is computed for.
  /// - Parameter known: whether a name must be one that the graph has, as in a body.
  func argument(
    _ expression: Expression, types: [PositionType], _ scope: Scope, _ literals: inout [Literal], known: Bool
  ) -> Argument {
    switch expression {
    case .variable(let identifier): return .variable(variable(identifier, scope))
    case .constant(let value, let span):
      return .constant(constant(value, span, types: types, known: known))
    case .parameter(let identifier):
      guard let value = parameter(identifier) else { return .variable(freshVariable()) }
      return .constant(constant(value, identifier.span, types: types, known: known, takesIds: true))
    default:
      let result = operand(expression, scope, &literals)
      if case .constant(let term) = result { return .constant(term) }
      if case .variable(let number) = result { return .variable(number) }
      let number = freshVariable()
      literals.append(.comparison(.equal, .variable(number), result, expression.span))
      return .variable(number)
    }
  }

  func parameter(_ identifier: Identifier) -> Value? {
    do throws(Diagnostic) {
      if let value = try ParameterNames(program: base.program, graph: base.graph).value(identifier) { return value }
    } catch {
      fail(error)
      return nil
    }
    let nearest = Suggestion.nearest(to: identifier.name, among: base.program.parameters.keys.sorted())
    fail(
      .unknownParameter, "unknown parameter `$\(identifier.name)`", at: identifier.span,
      help: nearest.map { "did you mean `$\($0)`?" }
        ?? ForeignNames.help(forParameter: identifier.name))
    return nil
  }

  private func constant(
    _ value: Value, _ span: SourceSpan, types: [PositionType], known: Bool, takesIds: Bool = false
  ) -> Term {
    do {
      let fitted = try PositionFit(base.graph, takesIds: takesIds).fit(value, to: types, at: span)
      checkLookUp(value, fitted, span)
      guard case .name(let name) = fitted else { return base.graph.terms.intern(fitted) }
      return !known || checkKnown(name, types, span) ? base.graph.coin(name) : Term(0)
    } catch {
      fail(error)
      return Term(0)
    }
  }

  /// Reports a string that was looked up as a name in what gives names.
  func checkLookUp(_ value: Value, _ fitted: Value, _ span: SourceSpan) {
    guard !base.looksUpNames, case .string = value, case .name = fitted else { return }
    fail(
      .namesRestOnNames, "\(value.inMessage) is looked up as a name here, and names rest on this", at: span,
      help: "write the entity itself: `\(fitted.description)`")
  }

  /// Whether a name is one that the graph or a rule speaks of, and of a type that the position takes.
  private func checkKnown(_ name: String, _ types: [PositionType], _ span: SourceSpan) -> Bool {
    let shown = Value.name(name).description
    guard base.isMentioned(name) else {
      let asString = base.graph.terms.find(.string(name)).map { _ in "as a string it is written \"\(name)\"" }
      // One letter is meant as a variable, however near it is to a name.
      let nearest = name.count == 1 ? nil : NameSuggestion(graph: base.graph).nearest(to: name)
      var problem = Diagnostic(
        .unknownName, "nothing in the graph is named `\(shown)`", at: span,
        help: asString ?? nearest.map { "did you mean `\(Value.name($0).description)`?" }
          ?? (Text.isBareName(name)
            ? "a variable starts with an upper-case letter, `\(name.prefix(1).uppercased() + name.dropFirst())`, and "
            : "")
          + "an entity is found by its words with X ~ \"…\"")
      problem.isHelpGeneral = asString != nil || nearest == nil
      problem.unknownName = shown
      fail(problem)
      return false
    }
    guard let term = base.graph.terms.find(.name(name)), !PositionFit(base.graph).mayBe(term, types) else {
      return true
    }
    let own = base.graph.types(of: term).map { PositionFit.phrase(.member($0)) }.joined(separator: " and ")
    let expected = types.map { PositionFit.phrase($0) }.joined(separator: " or ")
    fail(.wrongType, "`\(shown)` is \(own), and here stands \(expected)", at: span)
    return false
  }

  /// An expression over the clause's variables; aggregates in it become literals of their own.
  func operand(
    _ expression: Expression, _ scope: Scope, _ literals: inout [Literal], dateWanted: Bool = false
  ) -> Operand {
    switch expression {
    case .variable(let identifier): return .variable(variable(identifier, scope))
    case .constant(let value, let span):
      return .constant(constant(value, span, types: dateWanted ? [.date, .any] : [.any], known: true))
    case .parameter(let identifier):
      guard let value = parameter(identifier) else { return .variable(freshVariable()) }
      return .constant(constant(value, identifier.span, types: dateWanted ? [.date, .any] : [.any], known: true))
    case .negative(let inner, let span): return .call(.negate, [operand(inner, scope, &literals)], span)
    case .binary(let symbol, let left, let right, let span):
      let first = operand(left, scope, &literals)
      let second = operand(right, scope, &literals)
      return .call(Function(symbol), [first, second], span)
    case .call(let identifier, let arguments, let span):
      return call(identifier, arguments, span, scope, &literals)
    case .aggregate(let aggregate): return .variable(self.aggregate(aggregate, scope, &literals))
    case .distance(let path, let from, let to, let span):
      return .variable(distance(path, from, to, span, scope, &literals))
    }
  }

  private func call(
    _ identifier: Identifier, _ arguments: [Expression], _ span: SourceSpan, _ scope: Scope,
    _ literals: inout [Literal]
  ) -> Operand {
    guard let function = Function.named(identifier.name) else {
      let nearest = Suggestion.nearest(to: identifier.name, among: Function.allCases.map(\.rawValue))
      let isRelation = base.arity(of: .named(identifier.name)) != nil
      fail(
        isRelation ? .relationAsValue : .unknownFunction,
        isRelation ? "`\(identifier.name)` is a relation and has no value" : "unknown function `\(identifier.name)`",
        at: identifier.span,
        help: isRelation
          ? "ask it as a condition of its own: \(identifier.name)(…, X), and use X here"
          : Self.helpForVariable(identifier) ?? ForeignNames.help(forFunction: identifier.name, nearest: nearest))
      return .variable(freshVariable())
    }
    guard checkCount(function, arguments.count, identifier.name, span) else { return .variable(freshVariable()) }
    let operands = arguments.enumerated().map { position, expression in
      operand(
        expression, scope, &literals,
        dateWanted: function != .date && function.form.arguments[position] == .date)
    }
    return .call(function, operands, span)
  }

  private func aggregate(_ aggregate: Aggregate, _ scope: Scope, _ literals: inout [Literal]) -> Int {
    let result = freshVariable()
    var columns: [Int] = []
    let group = group(scope) { inner in
      register(namesIn: aggregate.body, inner)
      var computed: [Literal] = []
      columns = aggregate.columns.map { column in
        switch argument(column, types: [.any], inner, &computed, known: true) {
        case .variable(let number): return number
        case .constant(let term):
          let number = freshVariable()
          computed.append(.comparison(.equal, .variable(number), .constant(term), column.span))
          return number
        }
      }
      return conjunctions(aggregate.body, inner).map { $0 + computed }
    }
    literals.append(
      .aggregate(
        AggregateLiteral(result: result, kind: aggregate.kind, columns: columns, group: group, span: aggregate.span)))
    return result
  }
}

extension Function {
  init(_ symbol: BinaryOperator) {
    switch symbol {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .modulo: self = .modulo
    case .concatenate: self = .concatenate
    }
  }
}
