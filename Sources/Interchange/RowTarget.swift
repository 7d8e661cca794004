import Graphs

/// What the rows of a table go to: what each of their fields holds, and which of them each column of the relation takes.
struct RowTarget {
  let relation: String
  /// The types that each field takes; `nil` for one that is left out.
  let fields: [[PositionType]?]
  /// For each column of the relation the field that it takes, from 0.
  let order: [Int]
  /// How the relation is declared already, if it is.
  let declaration: RelationDeclaration?
  /// The names that its columns get.
  let names: [String]

  /// - Parameter width: how many fields each row has.
  init(_ relation: String, _ stored: StoredRelation?, width: Int, order: [Int], names: [String]) {
    var fields: [[PositionType]?] = Array(repeating: nil, count: width)
    for (position, field) in order.enumerated() { fields[field] = stored?.types(at: position) ?? [.any] }
    self.relation = relation
    self.fields = fields
    self.order = order
    self.names = names
    declaration = stored?.declaration
  }

  /// The tuples of the relation, made of the rows' fields.
  func arranged(_ fields: [UInt32]) -> [UInt32] {
    let width = self.fields.count
    if order.elementsEqual(0..<width) { return fields }
    var tuples: [UInt32] = []
    tuples.reserveCapacity(fields.count / width * order.count)
    for row in stride(from: 0, to: fields.count, by: width) {
      for field in order { tuples.append(fields[row + field]) }
    }
    return tuples
  }

  /// The relation, made and its columns named if no declaration says what they are.
  func relation(of graph: Graph) -> StoredRelation {
    if let stored = graph.relation(named: relation), stored.declaration != nil || names.isEmpty { return stored }
    if names.isEmpty { return graph.addRelation(relation, arity: order.count) }
    return graph.addRelation(
      relation,
      RelationDeclaration(positions: Array(repeating: [.any], count: order.count), columns: names))
  }
}
