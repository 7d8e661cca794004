/// The types and relations that a graph had once, to go back to.
public struct GraphSchema {
  fileprivate let types: TypeOrder
  fileprivate let declarations: [String: RelationDeclaration?]
}

extension Graph {
  public var schema: GraphSchema {
    GraphSchema(types: types, declarations: relations.mapValues(\.declaration))
  }

  /// Has the types and relations of a schema again, and of others only those that hold facts.
  public func restore(_ schema: GraphSchema) {
    version += 1
    types = schema.types
    for (name, relation) in relations {
      if let declaration = schema.declarations[name] {
        relation.declaration = declaration
      } else if relation.facts.isEmpty {
        relations[name] = nil
      }
    }
  }
}
