import Graphs

/// The types and relations of a snapshot, and how much there is of each relation.
struct Catalogue {
  struct TypeEntry {
    var name: String
    /// The numbers of the types that it is beneath.
    var supertypes: [Int]
  }

  struct RelationEntry {
    var name: String
    var arity: Int
    var isType: Bool
    var declaration: RelationDeclaration?
    var facts: Int
    var statements: Int
    /// How many distinct terms each column has. A file of version 1 tells it of the first of two columns only.
    var distinctTerms: [Int]
  }

  /// In the order of their declaration.
  var types: [TypeEntry]
  /// In the order of their names.
  var relations: [RelationEntry]

  /// What is wrong with the types or relations, `nil` where all is well.
  ///
  /// It is asked before a snapshot is written and after one is read, so that one that is written can be read.
  var fault: String? {
    for (relation, next) in zip(relations, relations.dropFirst()) where relation.name >= next.name {
      return "the relation `\(next.name)` is not in its place behind `\(relation.name)`"
    }
    let arities = Dictionary(uniqueKeysWithValues: relations.map { ($0.name, $0.arity) })
    var seen: Set<String> = []
    for type in types {
      if !seen.insert(type.name).inserted { return "the type `\(type.name)` is declared twice" }
      if arities[type.name] != 1 { return "the type `\(type.name)` is no relation with one argument" }
      if Set(type.supertypes).count < type.supertypes.count {
        return "the type `\(type.name)` is twice beneath the same type"
      }
    }
    for relation in relations where relation.isType && !seen.contains(relation.name) {
      return "the relation `\(relation.name)` is a type that is not declared"
    }
    return typeInCycle.map { "the type `\($0)` is beneath itself" }
  }

  /// A type from which no way upwards ends; found by taking types without supertypes away until none is left.
  private var typeInCycle: String? {
    var open = types.map(\.supertypes.count)
    var subtypes = [[Int]](repeating: [], count: types.count)
    for (number, type) in types.enumerated() {
      for supertype in type.supertypes { subtypes[supertype].append(number) }
    }
    var ready = open.indices.filter { open[$0] == 0 }
    while let next = ready.popLast() {
      for subtype in subtypes[next] {
        open[subtype] -= 1
        if open[subtype] == 0 { ready.append(subtype) }
      }
    }
    return open.firstIndex { $0 > 0 }.map { types[$0].name }
  }
}

extension Catalogue {
  /// A graph's schema that cannot be stored, and why.
  struct Fault: Error {
    var reason: String
  }

  init(_ graph: Graph) throws {
    let numbers = Dictionary(uniqueKeysWithValues: graph.typeNames.enumerated().map { ($1, $0) })
    types = try graph.typeNames.map { name in
      TypeEntry(
        name: name,
        supertypes: try graph.supertypes(of: name).map { supertype in
          if let number = numbers[supertype] { return number }
          throw Fault(reason: "the type `\(name)` is beneath `\(supertype)`, which is declared nowhere")
        })
    }
    relations = graph.relationNames.compactMap { graph.relation(named: $0) }.map { relation in
      RelationEntry(
        name: relation.name, arity: relation.arity, isType: relation.isType, declaration: relation.declaration,
        facts: relation.facts.count, statements: relation.statementCount,
        distinctTerms: (0..<relation.arity).map { relation.facts.distinctCount(column: $0) })
    }
    if let fault { throw Fault(reason: fault) }
  }
}
