/// The strongly connected components of a graph, found with a stack of its own (Tarjan 1972).
package struct Components: ~Copyable {
  /// A node whose edges are being followed, and the earliest node on the stack that they lead to.
  private struct Frame {
    var node: Int
    var targets: SetView
    var cursor = 0
    var low: UInt32
  }

  /// Whether the terms are so dense that they number themselves as nodes.
  private let isDense: Bool
  /// The numbers of the nodes by their terms, and the terms by those, where they do not.
  private let index: TermIndex
  private let terms: UnsafeMutablePointer<UInt32>
  /// How many numbers there are.
  private let limit: Int
  /// When the node of each number was come to, from 1 on; 0 before that, and ``closed`` when its component is known or where there
  /// is none of that number.
  private let visits: UnsafeMutablePointer<UInt32>
  // Of each of these there are at most as many as there are nodes.
  private let open: UnsafeMutablePointer<UInt32>
  private let members: UnsafeMutablePointer<UInt32>
  private var visitCount: UInt32 = 0
  private var openCount = 0
  private var memberCount = 0
  /// The frames of the nodes on the way to the one whose edges are followed. Bare memory: an array would be counted as used with
  /// each step.
  private var path: UnsafeMutableBufferPointer<Frame> = .allocate(capacity: 64)
  private var depth = 0

  private static let closed = UInt32.max

  /// Calls `body` with the nodes of each component, after those of all that it leads to, until it or `proceed` answers false;
  /// whether it came to the end.
  ///
  /// Nodes are the terms that have edges, and others that are named.
  package static func forEach(
    in edges: Rows, and others: SetView, proceed: () -> Bool, _ body: (UnsafeBufferPointer<UInt32>) -> Bool
  ) -> Bool {
    var components = Components(edges.keys, others)
    for start in 0..<components.limit where components.visits[start] == 0 {
      if !components.follow(start, edges, proceed, body) { return false }
    }
    return true
  }

  private init(_ keys: SetView, _ others: SetView) {
    let most = keys.count + others.count
    let behind = [keys, others].map { $0.isEmpty ? 0 : Int($0.bounds.greatest) + 1 }.reduce(0, max)
    isDense = TermIndex.isDense(below: behind, most)
    open = .allocate(capacity: most)
    members = .allocate(capacity: most)
    terms = .allocate(capacity: isDense ? 0 : most)
    index = isDense ? TermIndex() : Self.number([keys, others], terms)
    limit = isDense ? behind : index.count
    visits = .allocate(capacity: limit)
    visits.initialize(repeating: isDense ? Self.closed : 0, count: limit)
    if !isDense { return }
    for keys in [keys, others] {
      keys.forEachNumber {
        visits[Int($0)] = 0
        return true
      }
    }
  }

  /// Numbers terms as they come, and puts each at the place of its number.
  private static func number(_ sets: [SetView], _ terms: UnsafeMutablePointer<UInt32>) -> TermIndex {
    var index = TermIndex()
    for set in sets {
      set.forEachNumber { term in
        if index.find(term) == nil {
          terms[index.count] = term
          index.append(term)
        }
        return true
      }
    }
    return index
  }

  deinit {
    terms.deallocate()
    visits.deallocate()
    open.deallocate()
    members.deallocate()
    path.deallocate()
  }

  @inline(__always) private func number(of term: UInt32) -> Int? {
    isDense ? Int(term) < limit ? Int(term) : nil : index.find(term)
  }

  @inline(__always) private func term(of number: Int) -> UInt32 { isDense ? UInt32(number) : terms[number] }

  private mutating func follow(
    _ start: Int, _ edges: Rows, _ proceed: () -> Bool, _ body: (UnsafeBufferPointer<UInt32>) -> Bool
  ) -> Bool {
    var frame = enter(start, edges)
    while true {
      if let target = frame.targets.next(&frame.cursor) {
        guard let node = number(of: target) else { continue }
        let visit = visits[node]
        if visit == 0 {
          if visitCount & 1023 == 0 && !proceed() { return false }
          push(frame)
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
      if depth == 0 { return true }
      depth -= 1
      let low = frame.low
      frame = path[depth]
      frame.low = min(frame.low, low)
    }
  }

  @inline(__always) private mutating func push(_ frame: Frame) {
    if depth == path.count {
      let larger = UnsafeMutableBufferPointer<Frame>.allocate(capacity: 2 * depth)
      _ = larger.moveInitialize(fromContentsOf: path)
      path.deallocate()
      path = larger
    }
    path.initializeElement(at: depth, to: frame)
    depth += 1
  }

  private mutating func enter(_ node: Int, _ edges: Rows) -> Frame {
    visitCount += 1
    visits[node] = visitCount
    open[openCount] = UInt32(node)
    openCount += 1
    return Frame(node: node, targets: edges[term(of: node)], low: visitCount)
  }

  private mutating func close(_ root: Int) {
    memberCount = 0
    var node: Int
    repeat {
      openCount -= 1
      node = Int(open[openCount])
      visits[node] = Self.closed
      members[memberCount] = term(of: node)
      memberCount += 1
    } while node != root
  }
}
