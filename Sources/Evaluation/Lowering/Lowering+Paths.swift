import Diagnostics
import Graphs
import Language
import Terms

extension Lowering {
  /// What a path says between two terms. A repeated path becomes a relation of its own, defined by recursion; equal
  /// paths share it.
  func pathConjunctions(
    _ path: PathExpression, _ from: Expression, _ to: Expression, _ annotations: [Annotation], _ span: SourceSpan,
    _ scope: Scope
  ) -> [[Literal]] {
    guard isFew(path.alternativeCount, at: span), checkPath(path) else { return [] }
    var literals: [Literal] = []
    let walker = PathWalk(path: path, annotations: annotations)
    let start = argument(
      named(from) { walker.expectedTypes(0, base) }, types: walker.startTypes(base), scope, &literals, known: true)
    let goal = argument(
      named(to) { walker.expectedTypes(1, base) }, types: walker.endTypes(base), scope, &literals, known: true)
    checkKeys(annotations)
    let values = annotations.map { argument($0, scope, &literals) }
    let constants = values.map { value -> Term? in if case .constant(let term) = value { term } else { nil } }
    if !annotations.isEmpty, path.isRepeated, constants.contains(nil) {
      fail(
        .pathAnnotations, "the annotations of a repeated path must be constants", at: span,
        help: "each step has annotations of its own: ask for one step with annotations in a rule, and repeat that")
      return []
    }
    return steps(path, start, goal, annotations.map(\.key.name), values, span).map { $0 + literals }
  }

  /// A path's alternatives as conjunctions between two arguments.
  private func steps(
    _ path: PathExpression, _ from: Argument, _ to: Argument, _ keys: [String], _ values: [Argument], _ span: SourceSpan
  ) -> [[Literal]] {
    switch path {
    case .relation(let identifier):
      let key: RelationKey =
        keys.isEmpty ? .named(identifier.name) : .stated(identifier.name, keys: keys)
      return [[.atom(ClauseAtom(relation: key, arguments: [from, to] + values, span: span))]]
    case .inverse(let inner): return steps(inner, to, from, keys, values, span)
    case .alternatives(let parts): return parts.flatMap { steps($0, from, to, keys, values, span) }
    case .oneOrMore(let inner):
      return [[.atom(ClauseAtom(relation: closure(inner, keys, values, span), arguments: [from, to], span: span))]]
    case .zeroOrMore(let inner):
      let closure = closure(inner, keys, values, span)
      pathNodes[span] = nodes(of: closure, span)
      return [
        [.atom(ClauseAtom(relation: closure, arguments: [from, to], span: span))],
        [.comparison(.equal, operand(from), operand(to), span)],
      ]
    }
  }

  /// The terms at either end of a relation.
  private func nodes(of relation: RelationKey, _ span: SourceSpan) -> RelationKey {
    base.auxiliary(forPath: "nodes of \(relation)", arity: 1, name: "on \(base.name(of: relation))") { key in
      for column in 0...1 {
        let ends: [Argument] = [.variable(column), .variable(1 - column)]
        base.add(
          Clause(
            origin: .path, head: ClauseAtom(relation: key, arguments: [.variable(0)], span: span),
            body: [.atom(ClauseAtom(relation: relation, arguments: ends, span: span))], variableNames: [nil, nil],
            span: span))
      }
    }
  }

  /// A conjunction in which the ends of a path of no step range over the path's nodes, where nothing binds either.
  private func withPathNodes(_ literals: [Literal], given: Set<Int>) -> [Literal] {
    if pathNodes.isEmpty { return literals }
    var result = literals
    for literal in literals {
      guard case .comparison(.equal, .variable(let left), .variable(let right), let span) = literal,
        let nodes = pathNodes[span]
      else { continue }
      let bound = Safety.bound(by: result, given: given)
      if !bound.contains(left) && !bound.contains(right) {
        result.append(.atom(ClauseAtom(relation: nodes, arguments: [.variable(left)], span: span)))
      }
    }
    return result
  }

  /// A conjunction with what its paths range over, and once more for each distance that may be of a thing which its steps
  /// do not touch: from there to itself it is 0.
  func completed(_ literals: [Literal], given: Set<Int>) -> [[Literal]] {
    let literals = withPathNodes(literals, given: given)
    let distances = literals.compactMap(\.openDistance)
    if distances.isEmpty { return [literals] }
    let zero = Operand.constant(base.graph.terms.intern(integer: 0))
    var result = [literals.filter { $0.openDistance == nil }]
    for atom in distances {
      let arguments = atom.arguments.map { operand($0) }
      let staying: [Literal] = [
        .comparison(.equal, arguments[0], arguments[1], atom.span), .comparison(.equal, arguments[2], zero, atom.span),
      ]
      result = result.flatMap { [$0 + [.atom(atom)], $0 + staying] }
      if result.count > Self.mostAlternatives {
        fail(
          .bodyTooLarge, "this body has more distances than can be told apart", at: atom.span,
          help: "define a relation for each distance, with a rule of its own")
        return []
      }
    }
    // Where only distances bind their ends, these are what the steps touch.
    let ends = distances.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
    return result.filter { ends.isSubset(of: Safety.bound(by: $0, given: given)) }
  }

  private func operand(_ argument: Argument) -> Operand {
    switch argument {
    case .variable(let number): .variable(number)
    case .constant(let term): .constant(term)
    }
  }

  /// One or more steps of a path.
  private func closure(_ path: PathExpression, _ keys: [String], _ values: [Argument], _ span: SourceSpan)
    -> RelationKey
  {
    let step = stepRelation(path, keys, values, span)
    return base.auxiliary(forPath: "\(step)+", name: PathExpression.oneOrMore(path).source) { key in
      func atom(_ relation: RelationKey, _ from: Int, _ to: Int) -> ClauseAtom {
        ClauseAtom(relation: relation, arguments: [.variable(from), .variable(to)], span: span)
      }
      base.add(
        Clause(
          origin: .path, head: atom(key, 0, 1), body: [.atom(atom(step, 0, 1))], variableNames: [nil, nil], span: span))
      base.add(
        Clause(
          origin: .path, head: atom(key, 0, 2), body: [.atom(atom(key, 0, 1)), .atom(atom(step, 1, 2))],
          variableNames: [nil, nil, nil], span: span))
    }
  }

  /// The relation of single steps of a path: a relation itself, or one that is made.
  func stepRelation(_ path: PathExpression, _ keys: [String], _ values: [Argument], _ span: SourceSpan) -> RelationKey {
    if case .relation(let identifier) = path, keys.isEmpty { return .named(identifier.name) }
    let text = path.text + (keys.isEmpty ? "" : " @ \(keys) \(values)")
    return base.auxiliary(forPath: text, name: keys.isEmpty ? path.source : text) { key in
      let head = ClauseAtom(relation: key, arguments: [.variable(0), .variable(1)], span: span)
      for body in Lowering(base).steps(path, .variable(0), .variable(1), keys, values, span) {
        base.add(Clause(origin: .path, head: head, body: bound(body, span), variableNames: [nil, nil], span: span))
      }
    }
  }

  /// A step that is no step, `A = B` alone, has no terms to range over: nothing is added by it to a repeated path.
  private func bound(_ body: [Literal], _ span: SourceSpan) -> [Literal] {
    if body.count == 1, case .comparison = body[0] { return body + [.atom(Self.nothing(span))] }
    return body
  }

  private static func nothing(_ span: SourceSpan) -> ClauseAtom {
    ClauseAtom(relation: .similar(""), arguments: [.variable(0)], span: span)
  }

  /// The result variable of a distance.
  func distance(
    _ path: PathExpression, _ from: Expression, _ to: Expression, _ span: SourceSpan, _ scope: Scope,
    _ literals: inout [Literal]
  ) -> Int {
    let result = freshVariable()
    guard isFew(path.alternativeCount, at: span), checkPath(path) else { return result }
    let walker = PathWalk(path: path, annotations: [])
    let start = argument(
      named(from) { walker.expectedTypes(0, base) }, types: walker.startTypes(base), scope, &literals, known: true)
    let goal = argument(
      named(to) { walker.expectedTypes(1, base) }, types: walker.endTypes(base), scope, &literals, known: true)
    let step = stepRelation(path.withoutRepetition, [], [], span)
    guard let number = auxiliaryNumber(step, path, span) else { return result }
    var origin: Term?
    if case .constant(let term) = start { origin = term }
    literals.append(
      .atom(
        ClauseAtom(
          relation: .distance(number, from: origin), arguments: [start, goal, .variable(result)], span: span)))
    return result
  }

  /// A step relation as an auxiliary one, also where it is a relation of the graph.
  private func auxiliaryNumber(_ step: RelationKey, _ path: PathExpression, _ span: SourceSpan) -> Int? {
    if case .auxiliary(let number) = step { return number }
    let wrapped = base.auxiliary(forPath: "distance \(path.text)", name: path.source) { key in
      let arguments: [Argument] = [.variable(0), .variable(1)]
      base.add(
        Clause(
          origin: .path, head: ClauseAtom(relation: key, arguments: arguments, span: span),
          body: [.atom(ClauseAtom(relation: step, arguments: arguments, span: span))], variableNames: [nil, nil],
          span: span))
    }
    if case .auxiliary(let number) = wrapped { return number }
    return nil
  }

  /// Whether all relations of a path are known and binary.
  private func checkPath(_ path: PathExpression) -> Bool {
    var isSound = true
    path.forEachRelation { identifier in
      let isTriple = identifier.name == ReservedName.triple
      if !isTriple { base.settleArity(of: identifier.name, 2) }
      switch base.arity(of: isTriple ? .triple(keys: []) : .named(identifier.name)) {
      case 2: break
      case let arity?:
        isSound = false
        fail(
          .pathStep,
          "a path goes along relations between two things; `\(identifier.name)` takes \(arity) argument\(arity == 1 ? "" : "s")",
          at: identifier.span, help: "define a rule with two arguments for the step")
      case nil:
        isSound = false
        reportUnknown(identifier, isStep: true)
      }
    }
    return isSound
  }
}

extension Literal {
  /// The atom of a distance from whatever is bound.
  fileprivate var openDistance: ClauseAtom? {
    guard case .atom(let atom) = self, case .distance(_, from: nil) = atom.relation else { return nil }
    return atom
  }
}

/// The types at the ends of a path, for constants that stand there.
struct PathWalk {
  let path: PathExpression
  let annotations: [Annotation]

  func startTypes(_ base: ClauseBase) -> [PositionType] { types(path, 0, base.types) }
  func endTypes(_ base: ClauseBase) -> [PositionType] { types(path, 1, base.types) }

  /// The types at one end, those that rules tell among them.
  func expectedTypes(_ end: Int, _ base: ClauseBase) -> [PositionType] { types(path, end, base.expectedTypes) }

  private func types(
    _ path: PathExpression, _ end: Int, _ known: (RelationKey, Int) -> [PositionType]
  ) -> [PositionType] {
    switch path {
    case .relation(let identifier): return known(.named(identifier.name), end)
    case .inverse(let inner): return types(inner, 1 - end, known)
    case .oneOrMore(let inner), .zeroOrMore(let inner): return types(inner, end, known)
    case .alternatives(let parts): return parts.flatMap { types($0, end, known) }
    }
  }
}

extension PathExpression {
  var isRepeated: Bool {
    switch self {
    case .relation: false
    case .inverse(let inner): inner.isRepeated
    case .oneOrMore, .zeroOrMore: true
    case .alternatives(let parts): parts.contains(where: \.isRepeated)
    }
  }

  /// How many relations it goes along.
  var alternativeCount: Int {
    switch self {
    case .relation: 1
    case .inverse(let inner), .oneOrMore(let inner), .zeroOrMore(let inner): inner.alternativeCount
    case .alternatives(let parts): parts.reduce(0) { $0 + $1.alternativeCount }
    }
  }

  /// A distance counts steps, so `r+` and `r` mean the same to it.
  var withoutRepetition: PathExpression {
    switch self {
    case .oneOrMore(let inner), .zeroOrMore(let inner): inner.withoutRepetition
    default: self
    }
  }

  /// As source, in a form that equal paths share.
  var text: String {
    switch self {
    case .relation(let identifier): Value.name(identifier.name).description
    case .inverse(let inner): "^\(inner.text)"
    case .oneOrMore(let inner): "\(inner.text)+"
    case .zeroOrMore(let inner): "\(inner.text)*"
    case .alternatives(let parts): "(" + parts.map(\.text).joined(separator: " | ") + ")"
    }
  }

  func forEachRelation(_ body: (Identifier) -> Void) {
    switch self {
    case .relation(let identifier): body(identifier)
    case .inverse(let inner), .oneOrMore(let inner), .zeroOrMore(let inner): inner.forEachRelation(body)
    case .alternatives(let parts): for part in parts { part.forEachRelation(body) }
    }
  }
}
