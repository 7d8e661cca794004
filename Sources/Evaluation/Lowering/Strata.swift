import Diagnostics
import Relations

/// The relations that a relation depends on, in an order of computation: strongly connected components, each after all
/// that it depends on.
struct Strata {
  /// Each a set of relations that depend on one another, or a single one.
  private(set) var components: [[RelationKey]] = []
  /// The first recursion through a negation or an aggregate, as a diagnostic.
  private(set) var problem: Diagnostic?

  private let base: ClauseBase
  /// The relations in the order in which they are come to, and their numbers in it.
  private var keys: [RelationKey] = []
  private var numbers: [RelationKey: Int] = [:]
  private var dependencies: [RelationKey: [Dependency]] = [:]

  private struct Dependency {
    var on: RelationKey
    /// Through a negation, an aggregate or a distance, which need all of the relation first.
    var needsAll: Bool
    var span: SourceSpan
  }

  init(of goals: [RelationKey], in base: ClauseBase) {
    self.base = base
    for goal in goals where numbers[goal] == nil { follow(goal) }
    findComponents()
    for component in components where problem == nil { check(component) }
  }

  /// Numbers what a relation depends on, with a stack of its own: rules may depend on one another in chains of any length.
  private mutating func follow(_ goal: RelationKey) {
    var path: [(key: RelationKey, next: Int)] = [(goal, 0)]
    enter(goal)
    while let (key, next) = path.last, base.graph.pace.goesOn(after: 8) {
      guard let edges = dependencies[key], next < edges.count else {
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      if numbers[edges[next].on] != nil { continue }
      enter(edges[next].on)
      path.append((edges[next].on, 0))
    }
  }

  private mutating func enter(_ key: RelationKey) {
    numbers[key] = keys.count
    keys.append(key)
    dependencies[key] = findDependencies(of: key)
  }

  private mutating func findComponents() {
    let edges = Relation(arity: 2)
    let all = Relation(arity: 1)
    for (number, key) in keys.enumerated() {
      all.append([UInt32(number)])
      for other in inputs(of: key) { if let to = numbers[other] { edges.append([UInt32(number), UInt32(to)]) } }
    }
    let proceed = { [pace = base.graph.pace] in pace.goesOn(after: 1024) }
    _ = Components.forEach(in: edges.rows([0, 1]), and: all.terms(ofColumn: 0), proceed: proceed) { members in
      components.append(members.reversed().map { keys[Int($0)] })
      return true
    }
  }

  private func findDependencies(of key: RelationKey) -> [Dependency] {
    if case .distance(let number, _) = key {
      let span = base.clauses(for: .auxiliary(number)).first?.span ?? SourceSpan(SourceFile(name: "", text: ""), 0, 0)
      return [Dependency(on: .auxiliary(number), needsAll: true, span: span)]
    }
    var result: [Dependency] = []
    var followed: RelationKey?
    if case .restricted(let whole, let bound, let scope) = key, base.isFollowed(key) {
      followed = whole
      let demanded = RelationKey.demanded(whole, bound: bound, scope: scope)
      result.append(Dependency(on: demanded, needsAll: false, span: .none))
    }
    for clause in base.clauses(for: followed ?? key) {
      for literal in clause.body {
        literal.forEachAtom { atom, nested in
          if atom.relation == followed { return }
          result.append(Dependency(on: atom.relation, needsAll: nested, span: atom.span))
        }
      }
    }
    return result
  }

  /// The relations that a relation depends on directly.
  func inputs(of key: RelationKey) -> [RelationKey] { (dependencies[key] ?? []).map(\.on) }

  /// Whether a component's relations depend on one another, or one on itself.
  func isRecursive(_ component: [RelationKey]) -> Bool {
    component.count > 1 || component.contains { key in dependencies[key]?.contains { $0.on == key } == true }
  }

  private mutating func check(_ component: [RelationKey]) {
    let members = Set(component)
    for key in component {
      guard let edge = dependencies[key]?.first(where: { $0.needsAll && members.contains($0.on) }) else { continue }
      let cycle = cycle(from: edge.on, to: key, within: members) + [edge.on]
      let shown = Diagnostic.shortened(cycle.map { base.name(of: $0) }).joined(separator: " -> ")
      problem = Diagnostic(
        .recursionThroughNegation,
        "recursion through a negation or an aggregate: `\(base.name(of: key))` needs all of `\(base.name(of: edge.on))`, which depends on it",
        at: edge.span, help: "the cycle is \(shown): break it by a relation that does not come back to itself")
      return
    }
  }

  /// A shortest way along dependencies.
  private func cycle(from start: RelationKey, to goal: RelationKey, within members: Set<RelationKey>) -> [RelationKey] {
    var origin: [RelationKey: RelationKey] = [:]
    var seen: Set<RelationKey> = [start]
    var queue = [start]
    var head = 0
    while head < queue.count, queue[head] != goal {
      for edge in dependencies[queue[head]] ?? [] where members.contains(edge.on) && seen.insert(edge.on).inserted {
        origin[edge.on] = queue[head]
        queue.append(edge.on)
      }
      head += 1
    }
    var path = [goal]
    while let last = path.last, last != start, let previous = origin[last] { path.append(previous) }
    return path.reversed()
  }
}
