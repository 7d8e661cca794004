/// The strongly connected components of a graph, found with a stack of its own (Tarjan 1972).
struct Components {
  /// A node whose edges are being followed, and the earliest node on the stack that they lead to.
  private struct Frame {
    var node: Int
    var targets: SetView
    var cursor = 0
    var low: UInt32
  }

  private var index = TermIndex()
  private var terms: [UInt32] = []
  /// When each node was come to, from 1 on; 0 before that, and ``closed`` when its component is known.
  private var visits: [UInt32] = []
  private var visitCount: UInt32 = 0
  private var open: [Int] = []
  private var members: [UInt32] = []

  private static let closed = UInt32.max

  /// Calls `body` with the nodes of each component, after those of all that it leads to, until it or `proceed` answers false;
  /// whether it came to the end.
  ///
  /// Nodes are the terms that have edges, and others that are named.
  static func forEach(
    in edges: Rows, and others: SetView, proceed: () -> Bool, _ body: ([UInt32]) -> Bool
  ) -> Bool {
    var components = Components(edges.keys, others)
    for start in components.terms.indices where components.visits[start] == 0 {
      if !components.follow(start, edges, proceed, body) { return false }
    }
    return true
  }

  private init(_ keys: SetView, _ others: SetView) {
    for keys in [keys, others] {
      keys.forEachNumber { term in
        if index.find(term) == nil {
          index.append(term)
          terms.append(term)
        }
        return true
      }
    }
    visits = [UInt32](repeating: 0, count: terms.count)
  }

  private mutating func follow(_ start: Int, _ edges: Rows, _ proceed: () -> Bool, _ body: ([UInt32]) -> Bool) -> Bool {
    var path: [Frame] = []
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
        if !body(members) { return false }
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
    open.append(node)
    return Frame(node: node, targets: edges[terms[node]], low: visitCount)
  }

  private mutating func close(_ root: Int) {
    members.removeAll(keepingCapacity: true)
    var node: Int
    repeat {
      node = open.removeLast()
      visits[node] = Self.closed
      members.append(terms[node])
    } while node != root
  }
}
