import Graphs
import Terms

extension Explorer {
  /// The facts that a line of a source is given for, each with its statements that rest on it, relation by relation:
  /// names last, for a line is read for what happened.
  /// - Parameter source: the source, where only the lines of one are meant.
  public func facts(restingOn line: Value, of source: Value? = nil) throws -> [Fact] {
    guard let lineTerm = graph.terms.find(line), let key = graph.terms.find(.name("line")) else { return [] }
    let sourceTerm = source.flatMap { graph.terms.find($0) }
    let sourceKey = graph.terms.find(.name("source"))
    if source != nil && sourceTerm == nil { return [] }
    let sets = (0..<graph.annotationSets.count).map { AnnotationSet(UInt32($0)) }.filter { set in
      guard graph.annotationSets.value(of: key, in: set) == lineTerm else { return false }
      guard let sourceTerm else { return true }
      return sourceKey.flatMap { graph.annotationSets.value(of: $0, in: set) } == sourceTerm
    }
    let wanted = Set(sets)
    if wanted.isEmpty { return [] }
    var facts: [Fact] = []
    let names = ["label", "alias"]
    for name in graph.relationNames.filter({ !names.contains($0) }) + names {
      guard let relation = graph.relation(named: name) else { continue }
      var seen: Set<[UInt32]> = []
      for (index, set) in relation.statements.annotations.enumerated() where wanted.contains(set) {
        try step()
        let tuple = Array(relation.statements.tuple(index))
        guard seen.insert(tuple).inserted else { continue }
        var fact = Fact(graph.statement(relation, tuple), in: graph)
        fact.statements = fact.statements.filter { $0.line == line && (source == nil || $0.source == source) }
        facts.append(fact)
      }
    }
    return facts
  }
}

extension Explorer {
  /// What statements give as their source, in order.
  public var sources: [Value] {
    guard let key = graph.terms.find(.name("source")) else { return [] }
    let terms = Set(
      (0..<graph.annotationSets.count).compactMap { graph.annotationSets.value(of: key, in: AnnotationSet(UInt32($0))) }
    )
    return terms.map { graph.terms.value($0) }.sorted { Value.order($0, $1) < 0 }
  }
}
