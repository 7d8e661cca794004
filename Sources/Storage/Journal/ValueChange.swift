import Graphs
import Terms

/// One change of a graph in values and not in terms, so that it can be made on a graph whose terms have other numbers.
enum ValueChange: Equatable {
  case type(String, supertypes: [String])
  case relation(String, arity: Int, declaration: RelationDeclaration?)
  case state(String, tuples: [[Value]], annotations: [Annotation])
  case retract(String, [Value])
  case takeBackStatement(String, [Value], annotations: [Annotation])
  /// All rules, parameters and constraints there are from now on, as texts with the names of their files.
  case rules([RuleText])

  struct Annotation: Equatable {
    var key: String
    var value: Value
  }

  struct RuleText: Equatable {
    var name: String
    var text: String
  }
}

extension ValueChange {
  /// Makes the change; what is wrong with it where that can't be.
  func apply(to graph: Graph) -> String? {
    switch self {
    case .type(let name, let supertypes):
      if let relation = graph.relation(named: name), relation.arity != 1 { return "`\(name)` is no type" }
      if supertypes.contains(where: { graph.isType($0, within: name) }) { return "`\(name)` is beneath itself" }
      graph.declareType(name, supertypes: supertypes)
    case .relation(let name, let arity, let declaration):
      if let relation = graph.relation(named: name), relation.arity != arity {
        // One that was not declared goes with its last fact.
        guard relation.declaration == nil, relation.facts.isEmpty else { return Self.arityFault(name) }
        graph.removeRelation(name)
      }
      if let declaration { graph.addRelation(name, declaration) } else { graph.addRelation(name, arity: arity) }
    case .state(let name, let tuples, let annotations):
      return state(name, tuples, annotations, graph)
    case .retract(let name, let values):
      guard let relation = graph.relation(named: name), relation.arity == values.count else {
        return Self.arityFault(name)
      }
      _ = graph.retract(relation, values.map { graph.terms.intern($0).number })
    case .takeBackStatement(let name, let values, let annotations):
      guard let relation = graph.relation(named: name), relation.arity == values.count else {
        return Self.arityFault(name)
      }
      let tuple = values.map { graph.terms.intern($0).number }
      graph.takeBackStatement(relation, tuple, Self.set(annotations, graph))
    case .rules: break
    }
    return nil
  }

  private func state(_ name: String, _ tuples: [[Value]], _ annotations: [Annotation], _ graph: Graph) -> String? {
    guard let relation = graph.relation(named: name), tuples.allSatisfy({ $0.count == relation.arity }) else {
      return Self.arityFault(name)
    }
    guard Set(annotations.map(\.key)).count == annotations.count else { return "an annotation has one key twice" }
    let set = Self.set(annotations, graph)
    for tuple in tuples {
      tuple.map { graph.terms.intern($0).number }.withUnsafeBufferPointer { graph.state(relation, $0, set) }
    }
    return nil
  }

  private static func set(_ annotations: [Annotation], _ graph: Graph) -> AnnotationSet {
    graph.annotationSets.intern(
      annotations.map {
        AnnotationSets.Entry(key: graph.terms.intern(.name($0.key)), value: graph.terms.intern($0.value))
      })
  }

  static func annotations(_ set: AnnotationSet, _ graph: Graph) -> [Annotation] {
    graph.annotationSets.entries(set).map { entry in
      Annotation(key: graph.terms.value(entry.key).plainText, value: graph.terms.value(entry.value))
    }
  }

  private static func arityFault(_ name: String) -> String { "`\(name)` has another number of arguments" }
}
