import Graphs
import Terms

/// The snapshot that a session goes on from without having its lock: what was read of it, and what the session has changed in
/// memory since. What others change there meanwhile is read by ``news()`` and put together with that by ``Rebase``.
public final class Home {
  /// The snapshot, as messages name it.
  public let path: String
  private(set) var state: SnapshotState
  /// The texts of the rules that were read.
  public private(set) var rules: [(name: String, text: String)]
  let graph: Graph
  private let disk: any Disk
  /// From where in the graph's ledger changes, and those of rules, are the session's own.
  private var position = 0
  private var rulesPosition = 0
  /// What was there, for what has become another's and ours before that; and whether rules had.
  private var earlier: [(item: Item, state: ItemState?)] = []
  private var hadOwnRules = false
  private var stamps: [FileStatus?]
  private var hasToldOfChange = false

  /// From now on changes of the graph, which was just read from the snapshot alone, are the session's own.
  package init(_ path: String, _ opened: Snapshot.Opened, _ graph: Graph, on disk: any Disk) {
    self.path = path
    self.graph = graph
    self.disk = disk
    (state, rules) = (opened.state, opened.rules)
    stamps = []
    stamps = currentStamps
    position = graph.ledger.hold(.home)
    rulesPosition = position
  }

  /// From now on changes of rules are the session's own.
  package func startRules() { rulesPosition = graph.ledger.mark() }

  /// Whether a path leads to this snapshot.
  public func isAt(_ path: String) -> Bool { disk.target(of: path) == state.target }

  /// Whether the files are others than when they were last read, or longer; so once. They are not read.
  public func tellsOfChange() -> Bool {
    if hasToldOfChange || stamps == currentStamps { return false }
    hasToldOfChange = true
    return true
  }

  /// Whether the session has something that was not there when the snapshot was read, or lacks something that was.
  public var hasOwnChanges: Bool { before().contains { $0.item.state(in: graph) != $0.state } }

  /// Whether the session has changed rules, parameters or constraints.
  public var hasOwnRules: Bool {
    hadOwnRules
      || (graph.ledger.changes(since: rulesPosition) ?? []).contains { if case .rules = $0 { true } else { false } }
  }

  private var currentStamps: [FileStatus?] {
    [disk.status(of: state.target), disk.status(of: Journal.path(beside: state.target))]
      // A journal without a record says nothing, and comes and goes.
      .map { status in status.flatMap { $0.length <= JournalLayout.headerLength ? nil : $0 } }
  }

  /// The lock, if no other has it and something can be written there.
  public func lock() -> Journal? {
    // A journal beside no snapshot would be left there.
    guard disk.status(of: state.target) != nil else { return nil }
    return try? Journal(beside: state.target, on: disk)
  }

  /// What a snapshot and its journal hold now.
  public struct News {
    public let graph: Graph
    public let rules: [(name: String, text: String)]
    public let state: SnapshotState
    /// What may differ from what was read before; `nil` where that is not known.
    let touched: [Item]?
    let stamps: [FileStatus?]
    /// What the journal ends with that is no whole change.
    public let tail: JournalTail
    /// Whether it is what was read before, and nothing else.
    public var isUnchanged: Bool { touched?.isEmpty == true }
  }

  /// Reads what is there now.
  /// - Parameter lock: the lock, if it was taken. It goes on from what was read.
  public func news(_ lock: Journal?) throws -> News {
    let stamps = currentStamps
    return try Snapshot.reading(state.target, on: disk) { reader, contents in
      let graph = try reader.graph()
      let identity = reader.layout.identity
      let rules = try contents.apply(to: graph, since: identity)
      lock?.resume(contents, of: identity)
      return News(
        graph: graph, rules: try rules ?? reader.sources(), state: SnapshotState(state.target, identity, contents),
        touched: try touched(contents, identity), stamps: stamps, tail: contents.tail)
    }
  }

  /// What the records speak of that are behind those which were read.
  private func touched(_ contents: JournalContents, _ identity: UInt64) throws -> [Item]? {
    guard identity == state.identity, let records = contents.changes(since: identity), records.count >= state.changes,
      contents.digest(since: identity, first: state.changes) == state.digest
    else { return nil }
    var items: Set<Item> = []
    for record in records.dropFirst(state.changes) {
      try JournalContents.forEachChange(of: record) { items.formUnion($0.items) }
    }
    return Array(items)
  }

  /// How each thing that this session has touched was there when it was read: types, then relations, then facts.
  func before() -> [(item: Item, state: ItemState?)] {
    var all = earlier
    var known = Set(earlier.map(\.item))
    func note(_ item: Item, _ state: ItemState?) { if known.insert(item).inserted { all.append((item, state)) } }
    let changes = graph.ledger.changes(since: position) ?? []
    for change in changes {
      switch change {
      case .type(let name, _, let before):
        note(.type(name), before.map { .type(supertypes: Array(graph.supertypes(of: name).prefix($0))) })
      case .relation(let relation, _, let before): note(.relation(relation.name), before.map { .relation($0) })
      case .stated, .takenBack, .replaced, .rules: break
      }
    }
    var facts = EarlierFacts(graph)
    for change in changes.reversed() { facts.undo(change) }
    facts.visit { name, tuple, statements in
      note(
        .fact(name, tuple.map { graph.terms.value(Term($0)) }), statements.map { Item.fact($0, graph) })
    }
    return (0...2).flatMap { rank in all.filter { $0.item.rank == rank } }
  }

  /// Goes on from what was read, after the graph was brought there.
  /// - Parameter own: what the session has changed that is not there, and how it is there.
  func goOn(from news: News, own: [(item: Item, state: ItemState?)], hasOwnRules: Bool) {
    (state, rules, stamps, earlier, hadOwnRules) = (news.state, news.rules, news.stamps, own, hasOwnRules)
    hasToldOfChange = false
    position = graph.ledger.hold(.home)
    rulesPosition = position
  }

  deinit { graph.ledger.release(.home) }
}

extension ValueChange {
  /// What it changes.
  var items: [Item] {
    switch self {
    case .type(let name, _): [.type(name)]
    case .relation(let name, _, _): [.relation(name)]
    case .state(let name, let tuples, _): tuples.map { .fact(name, $0) }
    case .retract(let name, let values), .takeBackStatement(let name, let values, _): [.fact(name, values)]
    case .rules: []
    }
  }
}
