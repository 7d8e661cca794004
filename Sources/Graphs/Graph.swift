import Relations
import Terms

/// A knowledge graph: types, relations, facts, and what the statements say of their sources.
///
/// Facts are tuples of terms; a fact may be stated several times with different annotations. A graph belongs to one
/// thread at a time.
public final class Graph {
  public let terms = TermDictionary()
  /// What loops over the graph's data pass through.
  public let pace = Pace()
  public let annotationSets = AnnotationSets()
  /// The stores from which parts of the graph may still come.
  var supplies: [any GraphSupply] = []
  var relations: [String: StoredRelation] = [:]
  var types = TypeOrder()
  /// Types in the order of their declaration.
  public var typeNames: [String] { types.names }
  /// What was changed.
  public let ledger = Ledger()
  /// Counts changes, so that what is derived from the graph can tell whether it still holds.
  public var version: Int { ledger.position }
  /// What rules say of labels and aliases and is not stated, by the relation's name.
  var derivedNames: [String: Relation] = [:]
  /// Is called before a name is looked up, to have ``setDerivedNames(_:)`` called where what rules say has changed.
  public var namesProvider: (() -> Void)?
  /// Names that may stand in no fact.
  var doubtfulNames: Set<UInt32> = []
  /// Made when a name is first looked for, and kept up as long as facts are added one by one.
  var names: NameIndex?
  /// What was gathered for an index that is not begun, at a version of the graph.
  var namesGathered: (version: Int, list: NameList)?
  /// The index that is being made, and the facts that were stated since that was begun.
  var namesInMaking: (index: NameIndexing, since: [(isName: Bool, tuple: [UInt32])])?

  public init() {
    // Every graph can name its entities without declaring how.
    addRelation("label", RelationDeclaration(positions: [[.entity], [.string]]))
    addRelation("alias", RelationDeclaration(positions: [[.entity], [.string]]))
  }

  /// The names of all relations and types, in the order of their bytes.
  public var relationNames: [String] { relations.keys.sorted() }

  public func relation(named name: String) -> StoredRelation? { relations[name] }

  /// The number of facts of all relations, and of memberships of all types.
  public var factCount: Int { relations.values.reduce(0) { $0 + $1.factCount } }

  // MARK: Schema

  /// Declares a type, or adds supertypes to one.
  public func declareType(_ name: String, supertypes: [String]) {
    ledger.note(.type(name, supertypes: supertypes, before: types.supertypeCount(of: name)))
    if types.declare(name), relations[name] == nil {
      relations[name] = StoredRelation(
        name: name, arity: 1, declaration: RelationDeclaration(positions: [[.entity]]), isType: true)
    }
    for supertype in supertypes { types.add(name, beneath: supertype) }
  }

  public func isType(_ name: String) -> Bool { types.isDeclared(name) }

  /// The types that a type was declared to be beneath.
  public func supertypes(of type: String) -> [String] { types.supertypes(of: type) }

  /// The types that were declared to be beneath a type, in the order of their declaration.
  public func subtypes(of type: String) -> [String] { types.subtypes(of: type) }

  /// Whether a type is another one or lies beneath it.
  public func isType(_ type: String, within other: String) -> Bool { types.lies(type, within: other) }

  /// The types that are one, or lie above or beneath it.
  public func types(relatedTo type: String) -> [String] { types.related(to: type) }

  /// The types on a way from a type up to one above it, or to itself, both of them included; `nil` where there is none.
  public func typePath(from type: String, to other: String) -> [String]? { types.way(from: type, to: other) }

  /// The relation of a name, made where there is none; an existing one without a declaration takes the one given.
  @discardableResult
  public func addRelation(_ name: String, _ declaration: RelationDeclaration) -> StoredRelation {
    let before = relations[name]?.shape
    let relation =
      relations[name]
      ?? StoredRelation(name: name, arity: declaration.positions.count, declaration: declaration, isType: false)
    relation.declaration = declaration
    relations[name] = relation
    ledger.note(.relation(relation, declaration, before: before))
    return relation
  }

  /// The undeclared relation of a name, made where there is none.
  @discardableResult
  public func addRelation(_ name: String, arity: Int) -> StoredRelation {
    if let relation = relations[name] { return relation }
    let relation = StoredRelation(name: name, arity: arity, declaration: nil, isType: false)
    relations[name] = relation
    ledger.note(.relation(relation, nil, before: nil))
    return relation
  }

  /// Takes a relation away that is not declared and has no facts.
  public func removeRelation(_ name: String) {
    ledger.pass()
    relations[name] = nil
  }

  // MARK: Facts

  /// States a fact; the tuple must have the relation's arity. Constant time.
  public func state(_ relation: StoredRelation, _ tuple: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet) {
    if ledger.isHeld {
      // What is noted from here on may wait: of what is said twice meanwhile, both are taken to be new.
      if !ledger.isOpen(relation) { Pace.uninterrupted { relation.facts.settle() } }
      let isNew = !relation.facts.hasSettled(tuple)
      // Nothing is changed by what is said already.
      if !isNew && annotations == .empty { return }
      ledger.note(relation, tuple, annotations, isNew: isNew)
    } else {
      ledger.pass()
    }
    relation.facts.append(tuple)
    if annotations != .empty { relation.statements.append(tuple, annotations) }
    if names != nil || namesInMaking != nil { noteName(relation, tuple) }
  }

  /// States facts without annotations, one behind the other; there must be as many terms as whole tuples take. None is stated if the
  /// pace is told to end before.
  public func state(_ relation: StoredRelation, tuples: [UInt32]) {
    var new = tuples
    if ledger.isHeld {
      relation.facts.settle()
      if !relation.facts.isEmpty { new = newFacts(among: tuples, of: relation) }
    }
    if Pace.hasThreadToEnd { return }
    ledger.note(.stated(FactRun(relation, tuples: new)))
    forgetNames()
    relation.facts.append(tuples: new)
  }

  /// The facts that are not there yet, as far as the pace lets it look.
  private func newFacts(among tuples: [UInt32], of relation: StoredRelation) -> [UInt32] {
    let pace = Pace.ofThread
    var new: [UInt32] = []
    if let pace, !pace.hasRoom(for: 4 * tuples.count) { return [] }
    new.reserveCapacity(tuples.count)
    tuples.withUnsafeBufferPointer { tuples in
      for start in stride(from: 0, to: tuples.count, by: relation.arity) {
        if let pace, !pace.goesOn(after: 4) { return }
        let tuple = UnsafeBufferPointer(rebasing: tuples[start..<start + relation.arity])
        if !relation.facts.hasSettled(tuple) { new.append(contentsOf: tuple) }
      }
    }
    return new
  }

  /// Takes a fact and all its statements back; whether it was there.
  public func retract(_ relation: StoredRelation, _ tuple: [UInt32]) -> Bool {
    guard relation.facts.contains(tuple) else { return false }
    let sets = relation.statements(of: tuple)
    note(takenBack: tuple, of: relation, sets.isEmpty ? [.empty] : sets, isNew: true)
    doubt(tuple.map { Term($0) } + sets.flatMap { annotationSets.entries($0).map(\.value) })
    relation.facts.remove(tuple)
    relation.statements.remove(tuple)
    return true
  }

  /// Takes back the last of the statements of a fact that have these annotations; the fact stays.
  public func takeBackStatement(_ relation: StoredRelation, _ tuple: [UInt32], _ set: AnnotationSet) {
    note(takenBack: tuple, of: relation, [set], isNew: false)
    doubt(annotationSets.entries(set).map(\.value))
    relation.statements.removeLast(tuple, set)
  }

  private func note(takenBack tuple: [UInt32], of relation: StoredRelation, _ sets: [AnnotationSet], isNew: Bool) {
    guard ledger.isHeld else { return ledger.pass() }
    var run = FactRun(relation)
    for (index, set) in sets.enumerated() {
      tuple.withUnsafeBufferPointer { run.append($0, set, isNew: isNew && index == 0) }
    }
    ledger.note(.takenBack(run))
  }

  // MARK: Names

  /// The first label of an entity.
  public func label(of entity: Term) -> String? {
    provideNames()
    let term =
      relations["label"]?.facts.index([0, 1]).set(level: 1, node: entity.number).first
      ?? (derivedNames.isEmpty ? nil : names(of: entity, in: "label").first?.number)
    return term.map { terms.value(Term($0)).plainText }
  }

  /// The labels and then the aliases of an entity.
  public func names(of entity: Term) -> [String] {
    Self.nameRelations.flatMap { names(of: entity, in: $0).map { terms.value($0).plainText } }
  }

  /// Whether any entity has a label or an alias.
  public var hasNames: Bool { Self.nameRelations.contains { nameRows($0).contains { !$0.isEmpty } } }

  /// The types that an entity was stated to be a member of.
  public func types(of entity: Term) -> [String] {
    typeNames.filter { relations[$0]?.facts.contains([entity.number]) == true }
  }
}
