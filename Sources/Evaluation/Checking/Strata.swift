import Diagnostics

/// The relations that a relation depends on, in an order of computation: strongly connected components, each after all
/// that it depends on.
struct Strata {
  /// Each a set of relations that depend on one another, or a single one.
  private(set) var components: [[RelationKey]] = []
  /// The first recursion through a negation or an aggregate, as a diagnostic.
  private(set) var problem: Diagnostic?

  private let base: ClauseBase
  private var visit: [RelationKey: Int] = [:]
  private var low: [RelationKey: Int] = [:]
  private var open: [RelationKey] = []
  private var isOpen: Set<RelationKey> = []
  private var dependencies: [RelationKey: [Dependency]] = [:]

  private struct Dependency {
    var on: RelationKey
    /// Through a negation, an aggregate or a distance, which need all of the relation first.
    var needsAll: Bool
    var span: SourceSpan
  }

  init(of goals: [RelationKey], in base: ClauseBase) {
    self.base = base
    for goal in goals where visit[goal] == nil { search(from: goal) }
    for component in components where problem == nil { check(component) }
  }

  /// Tarjan's algorithm with a stack of its own: rules may depend on one another in chains of any length.
  private mutating func search(from goal: RelationKey) {
    var path: [(key: RelationKey, next: Int)] = []
    enter(goal)
    path.append((goal, 0))
    while let (key, next) = path.last, base.graph.pace.goesOn(after: 8) {
      let edges = dependencies[key] ?? []
      if next < edges.count {
        path[path.count - 1].next += 1
        let target = edges[next].on
        if visit[target] == nil {
          enter(target)
          path.append((target, 0))
        } else if isOpen.contains(target) {
          low[key] = min(low[key] ?? 0, visit[target] ?? 0)
        }
        continue
      }
      path.removeLast()
      if let parent = path.last?.key { low[parent] = min(low[parent] ?? 0, low[key] ?? 0) }
      if low[key] == visit[key] { close(key) }
    }
  }

  private mutating func enter(_ key: RelationKey) {
    visit[key] = visit.count
    low[key] = visit[key]
    open.append(key)
    isOpen.insert(key)
    dependencies[key] = findDependencies(of: key)
  }

  private mutating func close(_ root: RelationKey) {
    var component: [RelationKey] = []
    while let key = open.popLast() {
      isOpen.remove(key)
      component.append(key)
      if key == root { break }
    }
    components.append(component.reversed())
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
