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
  private var ledger: ChangeLedger
  /// What was there, for what has become another's and ours since ``ledger`` began.
  private var earlier: [(item: Item, state: ItemState?)] = []
  private var stamps: [FileStatus?]
  private var hasToldOfChange = false

  /// From now on the changes of the graph, which was just read from the snapshot alone, are noted.
  package init(_ path: String, _ opened: Snapshot.Opened, _ graph: Graph, on disk: any Disk) {
    self.path = path
    self.graph = graph
    self.disk = disk
    (state, rules) = (opened.state, opened.rules)
    ledger = ChangeLedger(graph)
    stamps = []
    stamps = currentStamps
  }

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
    /// How many bytes at the end of the journal belong to no whole change.
    public let tornBytes: Int
    /// Whether these may be a change that was acknowledged and is damaged.
    public let isEndDoubtful: Bool
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
        touched: try touched(contents, identity), stamps: stamps, tornBytes: contents.tornBytes,
        isEndDoubtful: contents.isEndDoubtful)
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
    let known = Set(earlier.map(\.item))
    func note(_ item: Item, _ state: ItemState?) { if !known.contains(item) { all.append((item, state)) } }
    for (name, supertypes) in ledger.types.sorted(by: { $0.key < $1.key }) {
      note(.type(name), supertypes.map { .type(supertypes: $0) })
    }
    for (name, shape) in ledger.relations.sorted(by: { $0.key < $1.key }) {
      note(.relation(name), shape.map { .relation($0) })
    }
    ledger.forEachFact { name, tuple, wasThere, statements in
      let item = Item.fact(name, tuple.map { graph.terms.value(Term($0)) })
      note(item, wasThere ? Item.fact(statements, graph) : nil)
    }
    return (0...2).flatMap { rank in all.filter { $0.item.rank == rank } }
  }

  /// Goes on noting changes as before.
  func goOnNoting() { graph.recorder = ledger }

  /// Goes on from what was read, after the graph was brought there.
  /// - Parameter own: what the session has changed that is not there, and how it is there.
  func goOn(from news: News, own: [(item: Item, state: ItemState?)]) {
    (state, rules, stamps, earlier) = (news.state, news.rules, news.stamps, own)
    hasToldOfChange = false
    ledger = ChangeLedger(graph)
  }
}

extension Change {
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
