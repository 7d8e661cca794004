import Graphs
import Terms

/// Finds in what two graphs differ.
struct GraphDifference {
  private let first: Graph
  private let second: Graph
  /// The numbers that the terms of one graph have in the other.
  private var numbers: (first: [UInt32: UInt32?], second: [UInt32: UInt32?]) = ([:], [:])

  init(_ first: Graph, _ second: Graph) {
    self.first = first
    self.second = second
  }

  /// All that they do not say alike: types, then relations, then facts. Linear in the size of both.
  mutating func items() -> [Item] {
    var items = Set(first.typeNames + second.typeNames).sorted().map { Item.type($0) }
    let names = Set(first.relationNames + second.relationNames).sorted()
    items += names.map { .relation($0) }
    items = items.filter { $0.state(in: first) != $0.state(in: second) }
    for name in names { items += facts(of: name) }
    return items
  }

  private mutating func facts(of name: String) -> [Item] {
    let here = first.relation(named: name)
    let there = second.relation(named: name)
    var items = Self.missing(here, first, in: there, second, &numbers.first)
    items += Self.missing(there, second, in: here, first, &numbers.second)
    let stated = Self.stated(here, first).union(Self.stated(there, second))
    return items + stated.subtracting(items).filter { $0.state(in: first) != $0.state(in: second) }
  }

  /// The facts of a relation that another has not.
  private static func missing(
    _ relation: StoredRelation?, _ graph: Graph, in other: StoredRelation?, _ otherGraph: Graph,
    _ numbers: inout [UInt32: UInt32?]
  ) -> [Item] {
    var items: [Item] = []
    var tuple: [UInt32] = []
    relation?.facts.forEachTuple { terms in
      tuple.removeAll(keepingCapacity: true)
      for term in terms {
        let known = numbers[term] ?? otherGraph.terms.find(graph.terms.value(Term(term)))?.number
        numbers[term] = .some(known)
        if let known { tuple.append(known) }
      }
      if tuple.count < terms.count || other?.arity != terms.count || other?.facts.contains(tuple) != true {
        items.append(.fact(relation?.name ?? "", terms.map { graph.terms.value(Term($0)) }))
      }
      return true
    }
    return items
  }

  /// The facts that have annotated statements.
  private static func stated(_ relation: StoredRelation?, _ graph: Graph) -> Set<Item> {
    guard let relation else { return [] }
    let table = relation.statements
    return Set(
      (0..<table.count).map { .fact(relation.name, table.tuple($0).map { graph.terms.value(Term($0)) }) })
  }
}
