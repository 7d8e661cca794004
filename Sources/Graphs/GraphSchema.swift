/// The types and relations that a graph had once, to go back to.
public struct GraphSchema {
  fileprivate let supertypesByName: [String: [String]]
  fileprivate let typeNames: [String]
  fileprivate let declarations: [String: RelationDeclaration?]
}

extension Graph {
  public var schema: GraphSchema {
    GraphSchema(
      supertypesByName: supertypesByName, typeNames: typeNames, declarations: relations.mapValues(\.declaration))
  }

  /// Has the types and relations of a schema again, and of others only those that hold facts.
  public func restore(_ schema: GraphSchema) {
    version += 1
    supertypesByName = schema.supertypesByName
    typeNames = schema.typeNames
    for (name, relation) in relations {
      if let declaration = schema.declarations[name] {
        relation.declaration = declaration
      } else if relation.facts.isEmpty {
        relations[name] = nil
      }
    }
  }
}
