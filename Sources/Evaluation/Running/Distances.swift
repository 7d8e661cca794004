import Graphs
import Relations
import Terms

/// The least numbers of steps along the edges of a graph, computed term by term as they are asked for: all pairs of a large
/// graph are more than can be held.
final class Distances {
  /// Rows of an origin, a term that it reaches, and the number of steps: by origins first, then by steps, as the terms of a
  /// layer come as one set.
  let relation = Relation(growingWithOrder: Distances.order)
  private static let order = [0, 2, 1]
  private let edges: Rows
  private let graph: Graph
  private let proceed: () -> Bool
  private let nodes: [UInt32]
  private let nodeSet = SetBuffer()
  private var done: Set<UInt32> = []

  init(_ edges: Rows, _ graph: Graph, proceed: @escaping () -> Bool) {
    self.edges = edges
    self.graph = graph
    self.proceed = proceed
    nodes = edges.nodes
    for node in nodes { nodeSet.insert(node) }
  }

  /// What a planner may expect of the whole.
  var size: RelationSize {
    let count = Double(nodes.count)
    return RelationSize(count: count * count, distinct: [count, count, 20])
  }

  /// Adds the rows of one origin that an edge touches, or of all such.
  func provide(_ origin: UInt32?) {
    guard let origin else { return nodes.forEach(addRows) }
    if nodeSet.contains(origin) { addRows(from: origin) }
  }

  /// Adds the rows of an origin; one that no edge touches is no step away from itself.
  func addRows(from origin: UInt32) {
    if done.contains(origin) { return }
    var steps: Int64 = 0
    let isComplete = Closure.layers(from: origin, edges: edges, proceed: proceed) { layer in
      let distance = graph.terms.intern(integer: steps).number
      relation.appendRow([origin, distance], layer, order: Self.order)
      steps += 1
    }
    if isComplete { done.insert(origin) }
  }
}
