import Graphs
import Terms

/// Rewrites a query so that only those rows of derived relations are computed that its constants ask for (magic sets:
/// Bancilhon, Maier, Sagiv and Ullman 1986).
///
/// For a relation with some columns bound there is a set of *demanded* values, grown by rules from the query's constants
/// along the literals that bind the columns, and a restricted relation whose rules begin with it. A closure is followed
/// from the demanded terms. Below negations and aggregates of rules whole relations stay, so the strata stay what they
/// were; those of the query itself are rewritten too.
final class Demand {
  private let base: ClauseBase
  /// Tells the restricted relations of one query from those of another.
  private let scope: Int
  private let isComplete: (RelationKey) -> Bool
  private let threshold: Int
  private var adorned: Set<RelationKey> = []
  /// Whether what a relation rests on may fail.
  private var fallible: [RelationKey: Bool] = [:]

  /// - Parameter threshold: how many stored facts a query must rest on for it to be rewritten.
  init(_ base: ClauseBase, scope: Int, threshold: Int, isComplete: @escaping (RelationKey) -> Bool) {
    self.threshold = threshold
    self.base = base
    self.scope = scope
    self.isComplete = isComplete
  }

  /// A relation that has the same rows as the goal and is cheaper to compute, or the goal itself.
  func restrict(_ goal: RelationKey) -> RelationKey {
    guard factCount(below: goal) >= threshold else { return goal }
    let restricted = RelationKey.restricted(goal, bound: [], scope: scope)
    var hasChanged = false
    let clauses = base.clauses(for: goal).map { clause in
      var rewritten = clause
      rewritten.head.relation = restricted
      rewritten.body = rewrite(clause.body, Context(clause: clause, prefix: [], bound: [], entersGroups: true))
      hasChanged = hasChanged || !adorned.isEmpty
      return rewritten
    }
    guard hasChanged else { return goal }
    for clause in clauses { base.add(clause) }
    return restricted
  }

  private func factCount(below goal: RelationKey) -> Int {
    var count = 0
    for key in Strata(of: [goal], in: base).components.joined() {
      count += base.stored(key)?.facts.roughCount ?? 0
    }
    return count
  }

  // MARK: Bodies

  /// What is known where a conjunction begins.
  private struct Context {
    var clause: Clause
    /// The literals that bind the variables of `bound`.
    var prefix: [Literal]
    var bound: Set<Int>
    var entersGroups: Bool
  }

  /// The conjunction with restricted relations in place of whole ones, as far as constants lead.
  private func rewrite(_ body: [Literal], _ start: Context) -> [Literal] {
    var context = start
    var rest = Array(body.enumerated())
    var result = body
    while let ready = nextReady(of: rest.map(\.element), context.bound) {
      let taken = ready.map { rest[$0] }
      for position in ready.reversed() { rest.remove(at: position) }
      let before = context
      for (number, literal) in taken {
        if case .atom(let atom) = literal { result[number] = .atom(restrict(atom, before)) }
        context.prefix.append(result[number])
        context.bound.formUnion(literal.variables)
      }
    }
    guard start.entersGroups else { return result }
    for (number, literal) in rest {
      switch literal {
      case .negation(let group, let span): result[number] = .negation(rewrite(group, context), span)
      case .aggregate(var aggregate):
        aggregate.group = rewrite(aggregate.group, context)
        result[number] = .aggregate(aggregate)
      default: break
      }
    }
    return result
  }

  private func rewrite(_ group: Group, _ context: Context) -> Group {
    var group = group
    group.alternatives = group.alternatives.map { rewrite($0, context) }
    return group
  }

  /// The places of the literals that are to be looked at next; `nil` where none can be.
  ///
  /// What is asked of a relation that may fail decides about errors. So all that can't fail and may rule a row out comes
  /// before, and those that may fail are asked alike for what that leaves: then the order of writing does not matter.
  private func nextReady(of literals: [Literal], _ bound: Set<Int>) -> [Int]? {
    let ready = literals.indices.filter { isReady(literals[$0], bound) }
    guard let first = ready.first else { return nil }
    if !mayFail(literals[first]) { return [first] }
    let others = ready.filter { !mayFail(literals[$0]) } + literals.indices.filter { isGuard(literals[$0], bound) }
    return others.first.map { [$0] } ?? ready
  }

  /// Whether a literal asks a relation that may fail, be it computed already or not: what was asked before must not matter.
  private func mayFail(_ literal: Literal) -> Bool {
    guard case .atom(let atom) = literal, isDerived(atom.relation) else { return false }
    if let known = fallible[atom.relation] { return known }
    let below = Strata(of: [atom.relation], in: base).components.joined()
    let mayFail = below.contains(where: base.mayFail)
    fallible[atom.relation] = mayFail
    return mayFail
  }

  /// Whether a literal binds nothing, can't fail, and rests on stored facts at most.
  private func isGuard(_ literal: Literal, _ bound: Set<Int>) -> Bool {
    if literal.mayFail || !literal.variables.isSubset(of: bound) { return false }
    switch literal {
    case .comparison: return true
    case .negation:
      var isStored = true
      literal.forEachAtom { atom, _ in isStored = isStored && base.clauses(for: atom.relation).isEmpty }
      return isStored
    case .atom, .condition, .similar, .aggregate: return false
    }
  }

  /// Whether a literal has something bound to begin with, or binds by `=` without computing.
  private func isReady(_ literal: Literal, _ bound: Set<Int>) -> Bool {
    switch literal {
    case .atom(let atom): atom.arguments.contains { isBound($0, bound) }
    case .comparison(.equal, let left, let right, _):
      !left.isComputed && !right.isComputed && !Safety.boundIn(literal, bound).isEmpty
    default: false
    }
  }

  private func isBound(_ argument: Argument, _ bound: Set<Int>) -> Bool {
    argument.variable.map { bound.contains($0) } ?? true
  }

  /// The atom of the restricted relation, with a rule for what is demanded of it.
  private func restrict(_ atom: ClauseAtom, _ context: Context) -> ClauseAtom {
    let pattern = atom.arguments.map { isBound($0, context.bound) }
    guard isWorthwhile(atom.relation) else { return atom }
    let wanted = ClauseAtom(
      relation: .demanded(atom.relation, bound: pattern, scope: scope),
      arguments: zip(atom.arguments, pattern).filter(\.1).map(\.0), span: atom.span)
    if context.prefix.count != 1 || !context.prefix[0].isSame(as: wanted) {
      var clause = context.clause
      clause.head = wanted
      clause.body = context.prefix
      base.add(clause)
    }
    adorn(atom.relation, pattern)
    var restricted = atom
    restricted.relation = .restricted(atom.relation, bound: pattern, scope: scope)
    return restricted
  }

  private func isWorthwhile(_ key: RelationKey) -> Bool { isDerived(key) && !isComplete(key) }

  private func isDerived(_ key: RelationKey) -> Bool {
    switch key {
    case .named(let name): !base.graph.isType(name) && !base.clauses(for: key).isEmpty
    case .auxiliary: true
    default: false
    }
  }

  // MARK: Relations

  /// Defines the restricted relation of a pattern by the relation's own clauses.
  private func adorn(_ key: RelationKey, _ pattern: [Bool]) {
    let restricted = RelationKey.restricted(key, bound: pattern, scope: scope)
    guard adorned.insert(restricted).inserted else { return }
    if base.isFollowed(restricted) { return }
    for clause in base.clauses(for: key) {
      let bound = zip(clause.head.arguments, pattern).filter(\.1).map(\.0)
      let wanted = ClauseAtom(
        relation: .demanded(key, bound: pattern, scope: scope), arguments: bound, span: clause.head.span)
      let context = Context(
        clause: clause, prefix: [.atom(wanted)], bound: Set(bound.compactMap(\.variable)), entersGroups: false)
      var rewritten = clause
      rewritten.head.relation = restricted
      rewritten.body = [.atom(wanted)] + rewrite(clause.body, context)
      base.add(rewritten)
    }
    addStored(key, pattern, restricted)
  }

  private func addStored(_ key: RelationKey, _ pattern: [Bool], _ restricted: RelationKey) {
    guard let stored = base.stored(key), !stored.facts.isEmpty else { return }
    let arguments = (0..<stored.arity).map { Argument.variable($0) }
    let wanted = RelationKey.demanded(key, bound: pattern, scope: scope)
    base.add(
      Clause(
        head: ClauseAtom(relation: restricted, arguments: arguments, span: .none),
        body: [
          .atom(
            ClauseAtom(relation: wanted, arguments: zip(arguments, pattern).filter(\.1).map(\.0), span: .none)),
          .atom(ClauseAtom(relation: .stated(stored.name, keys: []), arguments: arguments, span: .none)),
        ], variableNames: Array(repeating: nil, count: stored.arity), span: .none))
  }
}
