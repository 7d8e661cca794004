import Diagnostics
import Graphs
import Language
import Terms

/// What atoms and `~` say: of relations with and without annotations, of `triple`, and of functions that are conditions.
extension Lowering {
  func literals(_ written: Atom, _ scope: Scope) -> [Literal] {
    let name = written.relation.name
    if written.columns.isEmpty { base.settleArity(of: name, written.arguments.count) }
    if name != ReservedName.triple, base.arity(of: .named(name)) == nil, Function.named(name) == nil {
      reportUnknown(written.relation)
      return []
    }
    let atom: Atom
    do throws(Diagnostic) {
      atom = try ColumnPlaces(base.graph).placed(written)
    } catch {
      fail(error)
      return []
    }
    if name == ReservedName.triple { return tripleLiterals(atom, scope) }
    if base.arity(of: .named(name)) == nil, let function = Function.named(name) {
      return conditionLiterals(function, atom, scope)
    }
    checkArity(atom)
    if hasFailed && base.arity(of: .named(name)) != atom.arguments.count { return [] }
    var literals: [Literal] = []
    var key = RelationKey.named(name)
    var arguments = atom.arguments.enumerated().map { position, expression in
      argument(
        named(expression) { base.expectedTypes(of: key, at: position) }, types: base.types(of: key, at: position),
        scope,
        &literals, known: true)
    }
    if atom.isStated {
      key = .stated(name, keys: atom.annotations.map(\.key.name))
      arguments += annotationArguments(atom, scope, &literals)
    }
    return [.atom(ClauseAtom(relation: key, arguments: arguments, span: atom.span))] + literals
  }

  /// What stands for the values of a literal's annotations.
  private func annotationArguments(_ atom: Atom, _ scope: Scope, _ literals: inout [Literal]) -> [Argument] {
    checkKeys(atom.annotations)
    return atom.annotations.map { argument($0, scope, &literals) }
  }

  /// What stands for an annotation's value, where a date may be written as a string as it may in a fact.
  func argument(_ annotation: Annotation, _ scope: Scope, _ literals: inout [Literal]) -> Argument {
    let value = fitted(annotation.value) { value, span throws(Diagnostic) in
      try PositionFit(base.graph).fit(value, toAnnotation: annotation.key.name, at: span)
    }
    return argument(value, types: [.any], scope, &literals, known: true)
  }

  /// An expression with an entity in place of a string that names it, where the relation's rules have entities.
  func named(_ expression: Expression, _ types: () -> [PositionType]) -> Expression {
    guard base.infers, let (value, _) = constant(expression), case .string = value else { return expression }
    return fitted(expression) { value, span throws(Diagnostic) in
      try PositionFit(base.graph, takesIds: expression.isParameter).fit(value, toDerived: types(), at: span)
    }
  }

  /// An expression of which a constant is brought into another form.
  private func fitted(
    _ expression: Expression, _ fit: (Value, SourceSpan) throws(Diagnostic) -> Value
  ) -> Expression {
    guard let (value, span) = constant(expression) else { return expression }
    do throws(Diagnostic) {
      let fitted = try fit(value, span)
      checkLookUp(value, fitted, span)
      return .constant(fitted, span)
    } catch {
      fail(error)
      return expression
    }
  }

  private func tripleLiterals(_ atom: Atom, _ scope: Scope) -> [Literal] {
    guard atom.arguments.count == 3 else {
      fail(
        .wrongArity, "`triple` takes 3 arguments, not \(atom.arguments.count)", at: atom.span,
        help: "triple(Subject, Relation, Object) ranges over the facts of all binary relations")
      return []
    }
    guard let relation = tripleRelation(atom.arguments[1]) else { return [] }
    var literals: [Literal] = []
    var arguments = [atom.arguments[0], relation, atom.arguments[2]].enumerated().map { position, expression in
      argument(expression, types: [.any], scope, &literals, known: position != 1)
    }
    arguments += annotationArguments(atom, scope, &literals)
    let key = RelationKey.triple(keys: atom.annotations.map(\.key.name))
    return [.atom(ClauseAtom(relation: key, arguments: arguments, span: atom.span))] + literals
  }

  /// The relation that a `triple` asks for, of which a string is the name as well; `nil` where it has none with facts.
  private func tripleRelation(_ expression: Expression) -> Expression? {
    guard let (value, span) = constant(expression), let name = Self.words(value) else { return expression }
    let key = RelationKey.named(name)
    base.settleArity(of: name, 2)
    switch base.arity(of: key) {
    case nil: reportUnknown(Identifier(name, span))
    case 2?:
      let hasFacts = base.graph.relation(named: name)?.facts.isEmpty == false
      if hasFacts || base.program.firstRule(for: name) == nil { return .constant(.name(name), span) }
      fail(
        .tripleOfNoFacts, "`triple` ranges over facts, and `\(name)` is defined by rules", at: span,
        help: "ask for the relation itself: \(RelationName.source(name))(S, O)")
    case let arity?:
      fail(
        .tripleOfNoFacts,
        "`triple` ranges over relations between two things; `\(name)` takes \(arity) argument\(arity == 1 ? "" : "s")",
        at: span)
    }
    return nil
  }

  /// The value that an expression is without anything computed, with its place.
  func constant(_ expression: Expression) -> (value: Value, span: SourceSpan)? {
    switch expression {
    case .constant(let value, let span): (value, span)
    case .parameter(let identifier):
      base.program.parameters[identifier.name].flatMap { _ in parameter(identifier).map { ($0, identifier.span) } }
    default: nil
    }
  }

  /// Reports the keys of annotations that no statement has.
  func checkKeys(_ annotations: [Annotation]) {
    for annotation in annotations where !base.isKey(annotation.key.name) {
      let key = annotation.key.name
      let nearest = Suggestion.nearest(to: key, among: base.knownKeys)
      fail(
        .unknownKey, "no statement has the annotation key `\(key)`", at: annotation.key.span,
        help: nearest.map { "did you mean `\($0)`?" } ?? "there are \(base.knownKeys.joined(separator: ", "))")
    }
  }

  private func conditionLiterals(_ function: Function, _ atom: Atom, _ scope: Scope) -> [Literal] {
    guard function.isCondition else {
      fail(
        .functionAsCondition, "`\(atom.relation.name)` computes a value and is not a condition", at: atom.span,
        help: "use its value: `X = \(function.form.signature)`")
      return []
    }
    guard checkCount(function, atom.arguments.count, atom.relation.name, atom.span) else { return [] }
    var literals: [Literal] = []
    let operands = atom.arguments.enumerated().map { position, expression in
      operand(expression, scope, &literals, dateWanted: function.form.arguments[position] == .date)
    }
    return literals + [.condition(function, operands, atom.span)]
  }

  func checkCount(_ function: Function, _ count: Int, _ name: String, _ span: SourceSpan) -> Bool {
    if function.argumentCounts.contains(count) { return true }
    let counts = function.argumentCounts
    let expected = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
    fail(
      .wrongArgumentCount, "`\(name)` takes \(expected) argument\(expected == "1" ? "" : "s"), not \(count)", at: span,
      help: "it is written `\(function.form.signature)`")
    return false
  }

  func similar(_ left: Expression, _ right: Expression, _ span: SourceSpan, _ scope: Scope) -> [Literal] {
    var literals: [Literal] = []
    if !base.looksUpNames {
      fail(
        .namesRestOnNames, "`~` searches by names, and names rest on this", at: span,
        help:
          "the rules of `label` and `alias` ask for relations: write `starts_with` or `matches` for a part of a text")
    }
    let subject = argument(left, types: [.entity], scope, &literals, known: true)
    let words = operand(right, scope, &literals)
    if case .constant(let term) = words {
      let value = base.graph.terms.value(term)
      guard let text = Self.words(value) else {
        fail(
          .noWords, "`~` takes words in quotes, not \(value.inMessage)", at: right.span,
          help: "write `X ~ \"\(value.plainText)\"`")
        return []
      }
      return [.atom(ClauseAtom(relation: .similar(text), arguments: [subject], span: span))] + literals
    }
    let operand: Operand =
      switch subject {
      case .variable(let number): .variable(number)
      case .constant(let term): .constant(term)
      }
    return literals + [.similar(operand, words, span)]
  }

  private static func words(_ value: Value) -> String? {
    switch value {
    case .string(let text), .name(let text): text
    default: nil
    }
  }

  func checkArity(_ atom: Atom) {
    guard let arity = base.arity(of: .named(atom.relation.name)), arity != atom.arguments.count else { return }
    let name = atom.relation.name
    let declaration = base.graph.relation(named: name)?.declaration
    let shown = declaration.map { "`\(name)\($0.signature)`" } ?? "with \(arity)"
    let note = base.program.places[name].map {
      [Diagnostic.Note(declaration == nil ? "first used \(shown) arguments here" : "declared \(shown) here", at: $0)]
    }
    fail(
      .wrongArity, "`\(name)` takes \(arity) argument\(arity == 1 ? "" : "s"), not \(atom.arguments.count)",
      at: atom.span,
      help: ForeignNames.decimalComma(atom.span) ?? declaration.map { "it is declared as `\(name)\($0.signature)`" }
        ?? (atom.arguments.count < arity ? "write `_` for each argument that may be anything" : nil), notes: note ?? [])
  }

  /// What a word with a capital before a parenthesis may have been meant to be.
  static func helpForVariable(_ word: Identifier) -> String? {
    guard let first = word.name.unicodeScalars.first, Text.isUpper(first) || first == "_",
      Text.isBareName("a" + word.name)
    else { return nil }
    return "before a `(` a word is the name of a relation or a function: a variable `\(word.name)` takes no arguments"
  }

  /// - Parameter isStep: whether it stands in a path, where no function can be meant.
  func reportUnknown(_ relation: Identifier, isStep: Bool = false) {
    let relations = base.graph.relationNames + base.program.rulesByHead.keys.sorted()
    let known = relations + (isStep ? [] : Function.allCases.filter(\.isCondition).map(\.rawValue))
    let below = base.statement(of: relation.name, behind: relation.span)
    let note = below.map {
      Diagnostic.Note("it is stated here, below the query, which sees what stands above it", at: $0)
    }
    let nearest = Suggestion.nearest(to: relation.name, among: known)
    let help =
      below.map { _ in "move the query down, or declare the relation" } ?? nearest.map { "did you mean `\($0)`?" }
      ?? ForeignNames.help(forRelation: relation.name) ?? Self.helpForVariable(relation)
    var problem = Diagnostic(
      .unknownRelation, "unknown relation `\(relation.name)`", at: relation.span,
      help: help ?? "declare it, state a fact of it or define it by a rule", notes: note.map { [$0] } ?? [])
    problem.isHelpGeneral = help == nil
    problem.unknownName = relation.name
    fail(problem)
  }
}
