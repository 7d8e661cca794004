import Tiltas

/// An explanation as a tree: beneath each thing what it follows from, and beside it why.
///
/// A recursion that goes from step to step is shown as the list of its steps. What was shown once is referred to by its
/// number, which then stands before it.
struct ExplanationTree {
  private let nodes: [Explanation.Node]
  private var uses: [Int]
  private var shown: [Int: Int] = [:]
  private(set) var lines: [TreeLine] = []

  init(_ explanation: Explanation) {
    nodes = explanation.nodes
    uses = [Int](repeating: 0, count: nodes.count)
    for node in nodes { for premise in node.premises { uses[premise] += 1 } }
    draw()
  }

  /// Depth first with a stack of its own, for a derivation may be as deep as the graph is large.
  private mutating func draw() {
    var open: [(node: Int, levels: [Bool])] = nodes.isEmpty ? [] : [(0, [])]
    while let (node, levels) = open.popLast() {
      if let number = shown[node] {
        lines.append(TreeLine(levels: levels, content: "\(nodes[node].conclusion)  (see \(number))"))
        continue
      }
      var content = nodes[node].conclusion
      let chain = chain(from: node)
      let premises = chain.count > 1 ? steps(of: chain) : nodes[node].premises
      if uses[node] > 1 && !premises.isEmpty {
        shown[node] = shown.count + 1
        content = "(\(shown.count)) " + content
      }
      let reason = Self.reason(nodes[node].reason) + (chain.count > 1 ? ", \(chain.count) steps" : "")
      lines.append(TreeLine(levels: levels, content: reason.isEmpty ? content : "\(content)  [\(reason)]"))
      for (position, premise) in premises.enumerated().reversed() {
        open.append((premise, levels + [position < premises.count - 1]))
      }
    }
  }

  /// A node and those that it follows from one after the other by the same relation.
  private func chain(from node: Int) -> [Int] {
    var chain = [node]
    while let last = chain.last, let next = recursion(of: last), uses[next] == 1 { chain.append(next) }
    return chain
  }

  /// The one premise of a derived node that is of its own relation.
  private func recursion(of node: Int) -> Int? {
    guard isDerived(node) else { return nil }
    let own = nodes[node].premises.filter { nodes[$0].relation == nodes[node].relation }
    return own.count == 1 && isDerived(own[0]) ? own[0] : nil
  }

  private func isDerived(_ node: Int) -> Bool {
    switch nodes[node].reason {
    case .rule, .path: true
    default: false
    }
  }

  /// What the nodes of a chain follow from besides one another, in the order of the way.
  private func steps(of chain: [Int]) -> [Int] {
    let isAtEnd = nodes[chain[0]].premises.first.map { $0 == chain[1] } ?? false
    return (isAtEnd ? chain.reversed() : chain).flatMap { node in
      nodes[node].premises.filter { !chain.contains($0) || $0 == node }
    }
  }

  /// Why, in a few words.
  static func reason(_ reason: Explanation.Reason) -> String {
    switch reason {
    case .stated(let statements):
      statements.isEmpty ? "stated" : statements.map { statement($0) }.joined(separator: "; ")
    case .rule(let span): "by \(place(span))"
    case .subtype: "by its type"
    case .query: ""
    case .path: "along the path"
    case .computed: ""
    case .notFound: "nothing found"
    case .aggregate(let rows, let shown):
      "of \(Decimals.count(rows, "row", "rows"))" + (shown < rows ? ", the first \(shown) of them here" : "")
    case .name: "by its name"
    }
  }

  /// `report, line 6; at: 2010-06-08`.
  private static func statement(_ annotations: [(key: String, value: Value)]) -> String {
    var parts: [String] = []
    if let source = annotations.first(where: { $0.key == "source" }) { parts.append(source.value.plainText) }
    if let line = annotations.first(where: { $0.key == "line" }) { parts.append("line \(line.value.plainText)") }
    let others = annotations.filter { $0.key != "source" && $0.key != "line" }
    return (parts + others.map { "\($0.key): \($0.value.plainText)" }).joined(separator: ", ")
  }

  /// A rule's file and line.
  static func place(_ span: SourceSpan) -> String { "\(span.file.name):\(span.file.line(of: span.start))" }
}
