import Graphs
import Terms

/// One thing that a graph may say, and that two sessions may change.
public enum Item: Hashable, Sendable {
  case type(String)
  case relation(String)
  case fact(String, [Value])
}

/// What a graph says of an ``Item``, where it says anything.
enum ItemState: Equatable {
  case type(supertypes: [String])
  case relation(RelationShape)
  /// The annotations of each statement that has some.
  case fact([[ValueChange.Annotation]])
}

extension Item {
  /// Types come before relations, and these before facts, as each needs what is before.
  var rank: Int {
    switch self {
    case .type: 0
    case .relation: 1
    case .fact: 2
    }
  }

  func state(in graph: Graph) -> ItemState? {
    switch self {
    case .type(let name): return graph.isType(name) ? .type(supertypes: graph.supertypes(of: name)) : nil
    // A type has a relation, which goes with it.
    case .relation(let name):
      return graph.isType(name) ? nil : graph.relation(named: name).map { .relation($0.shape) }
    case .fact(let name, let values):
      guard let relation = graph.relation(named: name), relation.arity == values.count else { return nil }
      let tuple = values.compactMap { graph.terms.find($0)?.number }
      guard tuple.count == values.count, relation.facts.contains(tuple) else { return nil }
      return Self.fact(relation.statements(of: tuple), graph)
    }
  }

  static func fact(_ statements: [AnnotationSet], _ graph: Graph) -> ItemState {
    .fact(statements.map { ValueChange.annotations($0, graph).sorted { $0.key < $1.key } })
  }

  /// What makes one state of another. Nothing makes a type or a relation go.
  func changes(from old: ItemState?, to new: ItemState?) -> [ValueChange] {
    if old == new { return [] }
    switch (self, new) {
    case (.type(let name), .type(let supertypes)): return [.type(name, supertypes: supertypes)]
    case (.relation(let name), .relation(let shape)):
      return [.relation(name, arity: shape.arity, declaration: shape.declaration)]
    case (.fact(let name, let values), _):
      var changes: [ValueChange] = old == nil ? [] : [.retract(name, values)]
      guard case .fact(let statements) = new else { return changes }
      for annotations in statements.isEmpty ? [[]] : statements {
        changes.append(.state(name, tuples: [values], annotations: annotations))
      }
      return changes
    default: return []
    }
  }
}
