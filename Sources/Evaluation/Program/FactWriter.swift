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
  private(set) var changes = Changes()

  /// What was stated and taken back.
  struct Changes {
    /// Each change in its order, where they are tracked.
    var log: [FactChange] = []
    /// The number of facts that were new, where they are tracked.
    var added = 0
    /// The facts that were known when they were stated, by the names of their relations, where they are tracked.
    var knownFacts: [String: Set<[UInt32]>] = [:]
    var known: Int { knownFacts.values.reduce(0) { $0 + $1.count } }
  }

  /// Whether to find out which facts are new, for undoing and for messages.
  var tracksChanges = false

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
    let set = annotations.isEmpty ? defaultSet : joined(annotations)
    if tracksChanges { track(relation, set) }
    tuple.withUnsafeBufferPointer { graph.state(relation, $0, set) }
  }

  private mutating func track(_ relation: StoredRelation, _ set: AnnotationSet) {
    if !relation.facts.contains(tuple) {
      changes.added += 1
      changes.log.append(.added(relation, tuple))
    } else {
      changes.knownFacts[relation.name, default: []].insert(tuple)
      if set != .empty { changes.log.append(.stated(relation, tuple, set)) }
    }
  }

  /// Has `read` state facts of a relation without annotations, and finds out which of them are new, where that is tracked.
  mutating func importing(_ name: String, _ read: () throws -> Void) rethrows {
    guard tracksChanges else { return try read() }
    let before = graph.relation(named: name).map { known in
      let copy = Relation(arity: known.arity)
      known.facts.forEachTuple { tuple in
        copy.append(tuple)
        return true
      }
      return copy
    }
    let version = graph.version
    // What was read before a mistake stays, and can be undone.
    defer {
      if graph.version != version, let relation = graph.relation(named: name) {
        relation.facts.forEachTuple { tuple in
          if before?.contains(tuple) != true {
            changes.added += 1
            changes.log.append(.added(relation, Array(tuple)))
          }
          return true
        }
      }
    }
    try read()
  }

  /// Takes a fact and all its statements back; whether it was there.
  mutating func retract(_ relation: StoredRelation, _ tuple: [UInt32]) -> Bool {
    let sets = tracksChanges ? relation.statements(of: tuple) : []
    guard graph.retract(relation, tuple) else { return false }
    if tracksChanges { changes.log.append(.removed(relation, tuple, sets)) }
    return true
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
