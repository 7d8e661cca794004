import Graphs
import Relations
import Terms

/// A graph with something of each sort.
func sampleGraph() -> Graph {
  let graph = Graph()
  graph.declareType("agent", supertypes: [])
  graph.declareType("person", supertypes: ["agent", "namesake"])
  graph.declareType("namesake", supertypes: ["agent"])
  graph.addRelation("label", RelationDeclaration(positions: [[.entity], [.string, .date]]))
  graph.addRelation("holds", RelationDeclaration(positions: [[.member("person"), .member("office")], [.any]]))
  graph.addRelation(
    "empty", RelationDeclaration(positions: [[.integer], [.decimal], [.boolean]], columns: ["sum", nil, "is paid"]))
  let vaida = Value.name("vaida_žvikienė")
  state(graph, "person", [vaida])
  state(graph, "label", [vaida, .string("Vaida Žvikienė")])
  state(graph, "label", [vaida, .string("")])
  state(graph, "label", [.name("Жуков"), .string("Жуков 😀")])
  state(graph, "holds", [vaida, .name("mayor")], [("line", .integer(6)), ("from", .date(DateSpan("2010-06-08")!))])
  state(graph, "holds", [vaida, .name("mayor")], [("line", .integer(19))])
  state(graph, "holds", [vaida, .name("mayor")], [("line", .integer(19))])
  state(graph, "raining", [])
  state(graph, "number", [.integer(.min)])
  state(graph, "number", [.decimal(-0.5)])
  state(graph, "number", [.boolean(true)])
  state(graph, "number", [.date(DateSpan("2014-03/2014-05-07")!)])
  for index in 0..<5 {
    state(graph, "three", [.integer(Int64(index / 2)), vaida, .integer(Int64(index))])
    state(graph, "four", [vaida, .boolean(index > 2), .integer(7), .integer(Int64(5 - index))], [("note", vaida)])
  }
  return graph
}

func state(_ graph: Graph, _ name: String, _ values: [Value], _ annotations: [(String, Value)] = []) {
  let relation = graph.addRelation(name, arity: values.count)
  let set = graph.annotationSets.intern(
    annotations.map { AnnotationSets.Entry(key: graph.terms.intern(.name($0.0)), value: graph.terms.intern($0.1)) })
  let tuple = values.map { graph.terms.intern($0).number }
  tuple.withUnsafeBufferPointer { graph.state(relation, $0, set) }
}

/// All that a graph holds, relation by relation, in words that do not depend on the numbers of terms.
func contents(of graph: Graph) -> [String] {
  var lines = graph.typeNames.map { "type \($0) : \(graph.supertypes(of: $0))" }
  for relation in graph.relationNames.compactMap({ graph.relation(named: $0) }) {
    lines.append(
      "\(relation.isType ? "members" : "relation") \(relation.name) \(relation.arity) "
        + "\(relation.declaration?.signature ?? "undeclared") \(relation.factCount)")
    var facts: [String] = []
    relation.facts.forEachTuple { tuple in
      facts.append("\(relation.name) \(tuple.map { graph.terms.value(Term($0)) })")
      return true
    }
    lines += facts.sorted()
    for index in 0..<relation.statements.count {
      let entries = graph.annotationSets.entries(relation.statements.annotations[index])
      lines.append(
        "\(relation.name) \(relation.statements.tuple(index).map { graph.terms.value(Term($0)) }) @ "
          + "\(entries.map { "\(graph.terms.value($0.key)): \(graph.terms.value($0.value))" })")
    }
  }
  return lines
}

/// The values of all terms, in the order of their numbers.
func values(of graph: Graph) -> [Value] { (0..<graph.terms.count).map { graph.terms.value(Term(UInt32($0))) } }
