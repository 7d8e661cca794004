import Diagnostics
import Graphs
import Terms

/// Puts together what a session has changed in memory and what others have changed in the snapshot that it goes on from.
///
/// Each fact, type and relation is looked at by itself: as it was when the session read it, as the session has it, and as it is
/// there now. What only one of them has changed, or both alike, is as that one has it. Of what both have changed otherwise
/// there is a ``Difference``.
public struct Rebase {
  /// What both have changed, and not alike.
  public struct Difference: Hashable, Sendable {
    public let item: Item
    /// Whether it is said there, and here.
    public let isThere: Bool
    public let isHere: Bool
  }

  public private(set) var differences: [Difference] = []
  /// Whether what is there can be taken for what both have changed: not for declarations, which nothing takes back.
  public private(set) var canTakeTheirs = true
  /// How many facts, types and relations the others have changed, and how many the session.
  public private(set) var theirCount = 0
  public private(set) var ownCount = 0
  private let home: Home
  private let news: Home.News
  /// What brings the session's graph to what is there, but for what the session alone has changed; and how each thing is here.
  private var theirs: [(item: Item, here: ItemState?, changes: [ValueChange])] = []
  /// What brings the file to what the session has.
  private var own: [ValueChange] = []
  private var ownItems: [(item: Item, state: ItemState?)] = []

  /// - Parameter takingTheirs: whether of what both have changed what is there holds, and not what the session has.
  public init(_ home: Home, _ news: Home.News, takingTheirs: Bool = false) throws {
    self.home = home
    self.news = news
    let before = home.before()
    try checkSameGraph(Set(before.map(\.item)))
    for (item, state) in before { compare(item, before: state, takingTheirs) }
    gatherTheirs(before.map(\.item))
    gatherOwn()
    let contradictions = contradictions()
    canTakeTheirs = contradictions.isEmpty && !differences.contains { $0.item.rank <= 1 }
    if takingTheirs && !canTakeTheirs { throw mismatch }
    differences += contradictions.map { Difference(item: $0, isThere: true, isHere: true) }
    try news.graph.checkSupplies()
    try home.graph.checkSupplies()
  }

  private var isUnchanged: Bool { news.isUnchanged }

  /// What is declared in one graph stays declared, so a file that lacks some of it has come from elsewhere.
  private func checkSameGraph(_ touched: Set<Item>) throws {
    if isUnchanged { return }
    let (here, there) = (home.graph, news.graph)
    let isMissing =
      here.typeNames.contains { !touched.contains(.type($0)) && !there.isType($0) }
      || here.relationNames.contains { name in
        guard !here.isType(name), !touched.contains(.relation(name)), let relation = here.relation(named: name) else {
          return false
        }
        let other = there.relation(named: name)
        return other.map { $0.arity != relation.arity } ?? (relation.declaration != nil)
      }
    if isMissing {
      throw Diagnostic(
        .changedByAnother, "`\(home.path)` was replaced by another graph since it was opened", help: Self.helpAnew)
    }
  }

  private var mismatch: Diagnostic {
    Diagnostic(
      .changedByAnother, "what `\(home.path)` holds now does not go with what you have declared", help: Self.helpAnew)
  }

  /// What to do where what is here and what is there can't be put together.
  public static let helpAnew = "`:save OTHER.tiltas` keeps what you have; to see what is there, open it anew"

  private mutating func compare(_ item: Item, before: ItemState?, _ takingTheirs: Bool) {
    let here = item.state(in: home.graph)
    let there = isUnchanged ? before : item.state(in: news.graph)
    if here == before || here == there { return }
    if there != before {
      differences.append(Difference(item: item, isThere: there != nil, isHere: here != nil))
      if takingTheirs { return }
    }
    ownItems.append((item, there))
  }

  private mutating func gatherTheirs(_ touched: [Item]) {
    if isUnchanged { return }
    var items: [Item]
    if let known = news.touched {
      items = known + touched
    } else {
      var difference = GraphDifference(home.graph, news.graph)
      items = difference.items()
    }
    var seen = Set(ownItems.map(\.item))
    items = items.filter { seen.insert($0).inserted }
    for item in (0...2).flatMap({ rank in items.filter { $0.rank == rank } }) {
      let here = item.state(in: home.graph)
      let changes = item.changes(from: here, to: item.state(in: news.graph))
      if !changes.isEmpty { theirs.append((item, here, changes)) }
      if changes.contains(where: Self.counts) { theirCount += 1 }
    }
  }

  private mutating func gatherOwn() {
    for (item, there) in ownItems {
      let changes = item.changes(from: there, to: item.state(in: home.graph))
      own += changes
      if changes.contains(where: Self.counts) { ownCount += 1 }
    }
  }

  /// A relation that is not declared comes with its first fact.
  private static func counts(_ change: ValueChange) -> Bool {
    if case .relation(_, _, nil) = change { false } else { true }
  }

  /// What is no contradiction by itself may be one together: facts that do not fit a declaration, types in a circle.
  private func contradictions() -> [Item] {
    if isUnchanged || own.isEmpty { return [] }
    let changes = theirs.flatMap(\.changes)
    let relations = Self.declared(own).intersection(Self.stated(changes))
      .union(Self.declared(changes).intersection(Self.stated(own)))
    if !relations.isEmpty { return relations.sorted().map { .relation($0) } }
    for change in own {
      addMissingRelation(for: change)
      if change.apply(to: news.graph) != nil { return change.items }
    }
    return []
  }

  /// A relation that was not declared goes with its last fact.
  private func addMissingRelation(for change: ValueChange) {
    guard case .state(let name, let tuples, _) = change, let arity = tuples.first?.count else { return }
    if news.graph.relation(named: name) == nil { news.graph.addRelation(name, arity: arity) }
  }

  private static func declared(_ changes: [ValueChange]) -> Set<String> {
    Set(
      changes.compactMap { change in
        if case .relation(let name, _, .some) = change { name } else { nil }
      })
  }

  private static func stated(_ changes: [ValueChange]) -> Set<String> {
    Set(
      changes.compactMap { change in
        if case .state(let name, _, _) = change { name } else { nil }
      })
  }

  /// Brings the session's graph to what is there, with what the session has changed, and does `rest`, which goes with it. With
  /// the lock, the latter is owed to the journal's next record, and what is changed from here on is kept there too.
  ///
  /// Where it throws, the session has what it had.
  /// - Parameter hasOwnRules: whether the rules of the session are not those that are there.
  public func carryOut(_ lock: Journal?, hasOwnRules: Bool, with rest: () throws -> Void) throws {
    do {
      for (_, _, changes) in theirs { try changes.forEach(apply) }
      try rest()
    } catch {
      putBack()
      throw error
    }
    guard let lock else { return home.goOn(from: news, own: ownItems, hasOwnRules: hasOwnRules) }
    lock.start(home.graph, owing: own, andRules: hasOwnRules)
  }

  private func apply(_ change: ValueChange) throws {
    if change.apply(to: home.graph) != nil { throw mismatch }
  }

  /// Takes back what others have changed. What they have declared stays, as it is there too.
  private func putBack() {
    for (item, here, _) in theirs.reversed() {
      for change in item.changes(from: item.state(in: home.graph), to: here) { _ = change.apply(to: home.graph) }
    }
  }
}
