import Diagnostics
import Graphs
import Terms

/// Whether each variable of a clause stands only in positions whose types have a value in common.
struct TypeCheck {
  private let base: ClauseBase
  private let clause: Clause

  init(_ base: ClauseBase, _ clause: Clause) {
    self.base = base
    self.clause = clause
  }

  private struct Use {
    var types: [PositionType]
    var relation: RelationKey
    var span: SourceSpan
    /// Whether it is the question for a type itself: two of these may be asked of one variable, to find what is both.
    var asksForType: Bool
  }

  /// The first variable that can never have a value, as a diagnostic.
  func problem() -> Diagnostic? {
    var uses: [Int: [Use]] = [:]
    return problem(clause.head, &uses) ?? problem(clause.body, uses)
  }

  /// What is wrong with literals that hold together. Each alternative of a group within them is looked at by itself, for its
  /// variables are not those of the next.
  private func problem(_ literals: [Literal], _ outer: [Int: [Use]]) -> Diagnostic? {
    var uses = outer
    for case .atom(let atom) in literals {
      if let problem = problem(atom, &uses) { return problem }
    }
    for literal in literals {
      for alternative in literal.group?.alternatives ?? [] {
        if let problem = problem(alternative, uses) { return problem }
      }
    }
    return nil
  }

  private func problem(_ atom: ClauseAtom, _ uses: inout [Int: [Use]]) -> Diagnostic? {
    for (position, argument) in atom.arguments.enumerated() {
      guard let number = argument.variable else { continue }
      let use = use(atom, position)
      // A relation whose rules can give no row has no types, and no answer is no conflict.
      if use.types.isEmpty || use.types.contains(.any) { continue }
      for earlier in uses[number] ?? []
      where !(earlier.asksForType && use.asksForType) && !compatible(earlier.types, use.types) {
        return conflict(number, earlier, use)
      }
      uses[number, default: []].append(use)
    }
    return nil
  }

  private func use(_ atom: ClauseAtom, _ position: Int) -> Use {
    if case .named(let name) = atom.relation, base.graph.isType(name) {
      return Use(types: [.member(name)], relation: atom.relation, span: atom.span, asksForType: true)
    }
    let types = base.knownTypes(of: atom.relation, at: position)
    return Use(types: types, relation: atom.relation, span: atom.span, asksForType: false)
  }

  private func conflict(_ number: Int, _ first: Use, _ second: Use) -> Diagnostic {
    let name = clause.variableNames[number] ?? "_"
    func phrase(_ use: Use) -> String { use.types.map { PositionFit.phrase($0) }.joined(separator: " or ") }
    var notes: [Diagnostic.Note] = []
    for use in [first, second] {
      if case .named(let relation) = use.relation, let place = base.program.places[relation],
        let declaration = base.graph.relation(named: relation)?.declaration
      {
        let isType = base.graph.isType(relation)
        let shown = isType ? "the type `\(relation)` is declared" : "declared `\(relation)\(declaration.signature)`"
        notes.append(Diagnostic.Note("\(shown) here", at: place))
      }
    }
    if notes.isEmpty, first.span != second.span {
      notes.append(Diagnostic.Note("`\(name)` is \(phrase(first)) here", at: first.span))
    }
    return Diagnostic(
      .impossibleType, "`\(name)` can never be both \(phrase(first)) and \(phrase(second))", at: second.span,
      help: "give one of the two places another variable, or mend a declaration", notes: notes)
  }

  private func compatible(_ left: [PositionType], _ right: [PositionType]) -> Bool {
    left.contains { one in right.contains { overlaps(one, $0) } }
  }

  private func overlaps(_ one: PositionType, _ other: PositionType) -> Bool {
    switch (one, other) {
    case (.any, _), (_, .any): return true
    case (.entity, _): return other.isEntity
    case (_, .entity): return one.isEntity
    case (.integer, .decimal), (.decimal, .integer): return true
    case (.member(let left), .member(let right)): return mayShare(left, right)
    default: return one == other
    }
  }

  /// Whether two types have a subtype in common, or a member.
  private func mayShare(_ left: String, _ right: String) -> Bool {
    let graph = base.graph
    if left == right || graph.isType(left, within: right) || graph.isType(right, within: left) { return true }
    let lefts = graph.typeNames.filter { graph.isType($0, within: left) }
    if lefts.contains(where: { graph.isType($0, within: right) }) { return true }
    let rights = graph.typeNames.filter { graph.isType($0, within: right) }
    return lefts.contains { one in
      rights.contains { other in
        guard let first = graph.relation(named: one), let second = graph.relation(named: other) else { return false }
        return !first.facts.forEachTuple { !second.facts.contains([$0[0]]) }
      }
    }
  }
}
