import Diagnostics
import Evaluation
import Terms

/// An explanation as a tree: beneath each thing what it follows from, and beside it why.
///
/// A recursion that goes from step to step is shown as the list of its steps. What was shown once is referred to by its
/// number, which then stands before it. What would stand too far to the right is a tree of its own below.
public struct ExplanationTree {
  private let nodes: [Explanation.Node]
  private let deepest: Int
  private let place: (SourceSpan) -> String
  private let recursions: [String: String]
  private var uses: [Int]
  /// The numbers of nodes that are referred to.
  private var numbers: [Int: Int] = [:]
  private var later: [Int] = []
  public private(set) var lines: [TreeLine] = []

  /// - Parameters:
  ///   - deepest: how many levels one tree may have.
  ///   - place: how the place of a rule is told.
  public init(_ explanation: Explanation, deepest: Int, place: @escaping (SourceSpan) -> String) {
    self.place = place
    nodes = explanation.nodes
    recursions = Recursions(nodes).representatives
    self.deepest = max(3, deepest)
    uses = [Int](repeating: 0, count: nodes.count)
    for node in nodes { for premise in node.premises { uses[premise] += 1 } }
    if !nodes.isEmpty { draw(from: 0) }
    var next = 0
    while next < later.count {
      lines.append(TreeLine(content: ""))
      draw(from: later[next])
      next += 1
    }
  }

  /// Depth first with a stack of its own, for a derivation may be as deep as the graph is large.
  private mutating func draw(from root: Int) {
    var open: [(node: Int, levels: [Bool])] = [(root, [])]
    while let (node, levels) = open.popLast() {
      let chain = chain(from: node)
      let premises = chain.count > 1 ? steps(of: chain) : nodes[node].premises
      if !premises.isEmpty, let number = numbers[node], node != root {
        lines.append(TreeLine(levels: levels, content: "\(nodes[node].conclusion)  (see \(number))"))
        continue
      }
      if !premises.isEmpty, levels.count >= deepest {
        numbers[node] = numbers.count + 1
        later.append(node)
        lines.append(
          TreeLine(levels: levels, content: "\(nodes[node].conclusion)  (see \(numbers.count) below)"))
        continue
      }
      if uses[node] > 1 && !premises.isEmpty && numbers[node] == nil { numbers[node] = numbers.count + 1 }
      let branches = premises.isEmpty ? Self.statements(nodes[node].reason) : []
      lines.append(
        TreeLine(
          levels: levels, content: content(node, chain), hasBranches: !premises.isEmpty || !branches.isEmpty))
      for (position, branch) in branches.enumerated() {
        lines.append(TreeLine(levels: levels + [position < branches.count - 1], content: branch))
      }
      for (position, premise) in premises.enumerated().reversed() {
        open.append((premise, levels + [position < premises.count - 1]))
      }
    }
  }

  private func content(_ node: Int, _ chain: [Int]) -> String {
    let number = numbers[node].map { "(\($0)) " } ?? ""
    var reason = Self.reason(nodes[node].reason, place)
    if chain.count > 1 { reason += ", \(stepCount(of: chain)) steps" }
    return number + nodes[node].conclusion + (reason.isEmpty ? "" : "  [\(reason)]")
  }

  // MARK: Chains

  /// A node and those that it follows from one after the other in the same recursion.
  private func chain(from node: Int) -> [Int] {
    var chain = [node]
    while let last = chain.last, let next = recursion(of: last), uses[next] == 1 { chain.append(next) }
    return chain
  }

  /// The one premise of a derived node that is of its own recursion; of two the one that goes on.
  private func recursion(of node: Int) -> Int? {
    guard isDerived(node) else { return nil }
    let own = ownPremises(of: node).filter { isDerived($0) }
    if own.count < 2 { return own.first }
    let further = own.filter { !ownPremises(of: $0).isEmpty }
    return further.count == 1 ? further[0] : nil
  }

  private func ownPremises(of node: Int) -> [Int] {
    guard let recursion = nodes[node].relation.flatMap({ recursions[$0] }) else { return [] }
    return nodes[node].premises.filter { nodes[$0].relation.flatMap { recursions[$0] } == recursion }
  }

  private func isDerived(_ node: Int) -> Bool {
    switch nodes[node].reason {
    case .rule, .path: true
    default: false
    }
  }

  /// What the nodes of a chain follow from besides one another, in the order of the way.
  private func steps(of chain: [Int]) -> [Int] {
    let members = Set(chain)
    let isAtEnd = nodes[chain[0]].premises.first.map { $0 == chain[1] } ?? false
    return (isAtEnd ? chain.reversed() : chain).flatMap { node in
      nodes[node].premises.filter { !members.contains($0) }
    }
  }

  /// A chain that joins two of its own recursion at its end has a step more than members.
  private func stepCount(of chain: [Int]) -> Int {
    chain.count - 1 + (chain.last.map { max(1, ownPremises(of: $0).count) } ?? 0)
  }

  // MARK: Reasons

  /// Why, in a few words.
  public static func reason(_ reason: Explanation.Reason, _ place: (SourceSpan) -> String) -> String {
    switch reason {
    case .stated(let statements): statements.count == 1 ? statement(statements[0], "stated") : "stated"
    case .rule(let span): "by \(place(span))"
    case .subtype: "by type"
    case .query: ""
    case .path: "by path"
    case .computed: ""
    case .notFound: "nothing found"
    case .aggregate(let rows, let shown):
      "of \(rows) row\(rows == 1 ? "" : "s")" + (shown < rows ? ", \(shown) shown" : "")
    case .name: "by name"
    }
  }

  /// The statements of a fact, where it has several.
  private static func statements(_ reason: Explanation.Reason) -> [String] {
    guard case .stated(let statements) = reason, statements.count > 1 else { return [] }
    return statements.map { statement($0, "stated") }
  }

  /// `stated in report, line 6, at: 2010-06-08`.
  private static func statement(_ annotations: [(key: String, value: Value)], _ word: String) -> String {
    var parts = [word]
    if let source = annotations.first(where: { $0.key == "source" }) { parts[0] += " in \(source.value.plainText)" }
    if let line = annotations.first(where: { $0.key == "line" }) { parts.append("line \(line.value.plainText)") }
    let others = annotations.filter { $0.key != "source" && $0.key != "line" }
    return (parts + others.map { "\($0.key): \($0.value.plainText)" }).joined(separator: ", ")
  }
}
