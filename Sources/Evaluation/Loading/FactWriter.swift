import Diagnostics
import Graphs
import Relations
import Terms

/// States facts in the graph: brings their arguments into the form that the declarations ask for, and joins their
/// annotations with those that hold for all facts of the file.
struct FactWriter {
  private let graph: Graph
  private let fit: PositionFit
  /// What `@ {…}` set for the facts that follow, as entries and as a set.
  private(set) var defaults: [AnnotationSets.Entry] = []
  private var defaultSet = AnnotationSet.empty
  /// Which kinds of values each position of a relation takes as they are.
  private var acceptable: [String: [UInt8]] = [:]
  private var tuple: [UInt32] = []

  /// How many facts were new, if that is counted.
  private(set) var added = 0
  /// The facts that were known when they were stated, by the names of their relations, if that is counted.
  private var knownFacts: [String: Set<[UInt32]>] = [:]
  var known: Int { knownFacts.values.reduce(0) { $0 + $1.count } }

  /// Whether to count which facts are new, for messages.
  var countsFacts = false

  init(_ graph: Graph) {
    self.graph = graph
    fit = PositionFit(graph)
  }

  mutating func setDefaults(_ entries: [AnnotationSets.Entry]) {
    defaults = entries
    defaultSet = graph.annotationSets.intern(entries)
  }

  /// States a fact, whose annotations have different keys. `span` is asked for an argument's place only where something
  /// is wrong with it.
  mutating func state(
    _ relation: StoredRelation, _ arguments: some Collection<Term>, _ annotations: [AnnotationSets.Entry],
    at span: (_ position: Int) -> SourceSpan
  ) throws(Diagnostic) {
    try fit(relation, arguments, at: span)
    state(relation, tuple, set(annotations))
  }

  /// States a fact whose arguments have the form that the declarations ask for.
  mutating func state(_ relation: StoredRelation, _ tuple: [UInt32], _ set: AnnotationSet) {
    if countsFacts { count(relation, tuple) }
    tuple.withUnsafeBufferPointer { graph.state(relation, $0, set) }
  }

  /// A fact's own annotations with those that hold for all facts of the file.
  func set(_ annotations: [AnnotationSets.Entry]) -> AnnotationSet {
    annotations.isEmpty ? defaultSet : joined(annotations)
  }

  /// The tuple of a fact in the form that the declarations ask for.
  mutating func fitted(
    _ relation: StoredRelation, _ arguments: some Collection<Term>, at span: (_ position: Int) -> SourceSpan
  ) throws(Diagnostic) -> [UInt32] {
    try fit(relation, arguments, at: span)
    return tuple
  }

  private mutating func fit(
    _ relation: StoredRelation, _ arguments: some Collection<Term>, at span: (_ position: Int) -> SourceSpan
  ) throws(Diagnostic) {
    tuple.removeAll(keepingCapacity: true)
    let kinds = acceptableKinds(relation)
    for (position, term) in arguments.enumerated() {
      if kinds[position] >> graph.terms.kind(of: term).rawValue & 1 != 0 {
        tuple.append(term.number)
      } else {
        let value = try fit.fit(graph.terms.value(term), to: relation.types(at: position), at: span(position))
        tuple.append(graph.terms.intern(value).number)
      }
    }
  }

  private mutating func count(_ relation: StoredRelation, _ tuple: [UInt32]) {
    if relation.facts.contains(tuple) {
      knownFacts[relation.name, default: []].insert(tuple)
    } else {
      added += 1
    }
  }

  /// Has `read` state facts of a relation, and counts those that are new.
  mutating func importing(_ name: String, _ read: () throws -> Void) rethrows {
    let before = countsFacts ? graph.relation(named: name)?.factCount ?? 0 : 0
    defer { if countsFacts { added += (graph.relation(named: name)?.factCount ?? 0) - before } }
    try read()
  }

  private func joined(_ own: [AnnotationSets.Entry]) -> AnnotationSet {
    let kept = defaults.filter { entry in !own.contains { $0.key == entry.key } }
    return graph.annotationSets.intern(kept + own)
  }

  private mutating func acceptableKinds(_ relation: StoredRelation) -> [UInt8] {
    if let known = acceptable[relation.name] { return known }
    let kinds = (0..<relation.arity).map { Self.kinds(relation.types(at: $0)) }
    acceptable[relation.name] = kinds
    return kinds
  }

  /// The relations that facts were stated of.
  var touched: [String] { Array(acceptable.keys) }

  /// A bit for each ``TermDictionary/Kind``.
  private static func kinds(_ types: [PositionType]) -> UInt8 {
    func bit(_ kind: TermDictionary.Kind) -> UInt8 { 1 << kind.rawValue }
    return types.reduce(0) { bits, type in
      switch type {
      case .any: bits | 0xFF
      case .entity, .member: bits | bit(.name)
      case .string: bits | bit(.string)
      case .integer: bits | bit(.integer)
      case .decimal: bits | bit(.integer) | bit(.decimal)
      case .boolean: bits | bit(.boolean)
      case .date: bits | bit(.date)
      }
    }
  }
}
