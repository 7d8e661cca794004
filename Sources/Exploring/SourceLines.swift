import Graphs
import Terms

extension Explorer {
  /// The facts that lines of a source are given for, line by line, each with its statements that rest on the line. Those of a
  /// line come relation by relation: names last, for a line is read for what happened.
  /// - Parameter source: the source, where only the lines of one are meant.
  public func facts(restingOn lines: ClosedRange<Int64>, of source: Value? = nil) throws -> [Fact] {
    let wanted = self.lines(of: source).filter { lines.contains($0.value) }
    if wanted.isEmpty { return [] }
    var facts: [(line: Int64, fact: Fact)] = []
    let names = ["label", "alias"]
    for name in graph.relationNames.filter({ !names.contains($0) }) + names {
      guard let relation = graph.relation(named: name) else { continue }
      var seen: Set<Resting> = []
      for (index, set) in relation.statements.annotations.enumerated() {
        try step()
        guard let line = wanted[set] else { continue }
        let tuple = Array(relation.statements.tuple(index))
        guard seen.insert(Resting(line: line, tuple: tuple)).inserted else { continue }
        var fact = Fact(graph.statement(relation, tuple), in: graph)
        fact.statements = fact.statements.filter { $0.line == .integer(line) && (source == nil || $0.source == source) }
        facts.append((line, fact))
      }
    }
    return facts.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element.fact)
  }

  /// The last line that a statement rests on, of a source where only one is meant.
  public func lastLine(of source: Value? = nil) -> Int64? { lines(of: source).values.max() }

  private struct Resting: Hashable {
    var line: Int64
    var tuple: [UInt32]
  }

  /// The lines that sets of annotations tell, where they are numbers.
  private func lines(of source: Value?) -> [AnnotationSet: Int64] {
    guard let key = graph.terms.find(.name("line")) else { return [:] }
    let sourceTerm = source.flatMap { graph.terms.find($0) }
    let sourceKey = graph.terms.find(.name("source"))
    if source != nil && (sourceTerm == nil || sourceKey == nil) { return [:] }
    var lines: [AnnotationSet: Int64] = [:]
    for set in (0..<graph.annotationSets.count).map({ AnnotationSet(UInt32($0)) }) {
      guard let term = graph.annotationSets.value(of: key, in: set), case .integer(let line) = graph.terms.value(term)
      else {
        continue
      }
      if let sourceTerm, let sourceKey, graph.annotationSets.value(of: sourceKey, in: set) != sourceTerm { continue }
      lines[set] = line
    }
    return lines
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
