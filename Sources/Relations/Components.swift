/// The strongly connected components of a graph, found with a stack of its own (Tarjan 1972).
struct Components: ~Copyable {
  /// A node whose edges are being followed, and the earliest node on the stack that they lead to.
  private struct Frame {
    var node: Int
    var targets: SetView
    var cursor = 0
    var low: UInt32
  }

  private var index = TermIndex()
  // Of each of these there are at most as many as there are nodes.
  private let terms: UnsafeMutablePointer<UInt32>
  /// When each node was come to, from 1 on; 0 before that, and ``closed`` when its component is known.
  private let visits: UnsafeMutablePointer<UInt32>
  private let open: UnsafeMutablePointer<Int>
  private let members: UnsafeMutablePointer<UInt32>
  private var nodeCount = 0
  private var visitCount: UInt32 = 0
  private var openCount = 0
  private var memberCount = 0
  private var path: [Frame] = []

  private static let closed = UInt32.max

  /// Calls `body` with the nodes of each component, after those of all that it leads to, until it or `proceed` answers false;
  /// whether it came to the end.
  ///
  /// Nodes are the terms that have edges, and others that are named.
  static func forEach(
    in edges: Rows, and others: SetView, proceed: () -> Bool, _ body: (UnsafeBufferPointer<UInt32>) -> Bool
  ) -> Bool {
    var components = Components(edges.keys, others)
    for start in 0..<components.nodeCount where components.visits[start] == 0 {
      if !components.follow(start, edges, proceed, body) { return false }
    }
    return true
  }

  private init(_ keys: SetView, _ others: SetView) {
    let capacity = keys.count + others.count
    terms = .allocate(capacity: capacity)
    visits = .allocate(capacity: capacity)
    visits.initialize(repeating: 0, count: capacity)
    open = .allocate(capacity: capacity)
    members = .allocate(capacity: capacity)
    for keys in [keys, others] {
      keys.forEachNumber { term in
        if index.find(term) == nil {
          index.append(term)
          terms[nodeCount] = term
          nodeCount += 1
        }
        return true
      }
    }
  }

  deinit {
    terms.deallocate()
    visits.deallocate()
    open.deallocate()
    members.deallocate()
  }

  private mutating func follow(
    _ start: Int, _ edges: Rows, _ proceed: () -> Bool, _ body: (UnsafeBufferPointer<UInt32>) -> Bool
  ) -> Bool {
    var frame = enter(start, edges)
    while true {
      if let target = frame.targets.next(&frame.cursor) {
        guard let node = index.find(target) else { continue }
        let visit = visits[node]
        if visit == 0 {
          if visitCount & 1023 == 0 && !proceed() { return false }
          path.append(frame)
          frame = enter(node, edges)
        } else {
          frame.low = min(frame.low, visit)
        }
        continue
      }
      if frame.low == visits[frame.node] {
        close(frame.node)
        if !body(UnsafeBufferPointer(start: members, count: memberCount)) { return false }
      }
      guard let parent = path.popLast() else { return true }
      let low = frame.low
      frame = parent
      frame.low = min(frame.low, low)
    }
  }

  private mutating func enter(_ node: Int, _ edges: Rows) -> Frame {
    visitCount += 1
    visits[node] = visitCount
    open[openCount] = node
    openCount += 1
    return Frame(node: node, targets: edges[terms[node]], low: visitCount)
  }

  private mutating func close(_ root: Int) {
    memberCount = 0
    var node: Int
    repeat {
      openCount -= 1
      node = open[openCount]
      visits[node] = Self.closed
      members[memberCount] = terms[node]
      memberCount += 1
    } while node != root
  }
}
