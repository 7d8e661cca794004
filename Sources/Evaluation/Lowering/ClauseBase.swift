import Diagnostics
import Graphs
import Language
import Terms

/// The clauses that a graph and a program stand for, lowered when they are asked for, with the relations that paths and
/// queries stand for.
///
/// Lowering reports the user's mistakes into `diagnostics`; a clause with a mistake is left out.
final class ClauseBase {
  let graph: Graph
  let program: Program
  private(set) var diagnostics: [Diagnostic] = []
  private var byKey: [RelationKey: [Clause]] = [:]
  /// The relations that stand for one query, or a part of one.
  private var passingKeys: Set<RelationKey> = []
  private var auxiliaryArities: [Int] = []
  /// What messages and explanations call auxiliary relations.
  private var auxiliaryNames: [String] = []
  private var similar: [String: Set<Term>] = [:]
  private var closures: [RelationKey: Bool] = [:]
  private var pathNumbers: [String: Int] = [:]
  /// The positions of relations of which nothing but their emptiness is known, as they were first asked for.
  private var emptyArities: [String: Int] = [:]

  /// What files that are being read say further below.
  private let ahead: FilesInProgress

  /// Whether strings name entities also where only the rules of a relation tell that these stand there.
  let infers: Bool

  /// Whether what is lowered may look names up: not what gives them.
  let looksUpNames: Bool

  init(graph: Graph, program: Program, ahead: FilesInProgress, infers: Bool = true, looksUpNames: Bool = true) {
    self.looksUpNames = looksUpNames
    self.graph = graph
    absent = graph.absentTerm
    self.program = program
    self.ahead = ahead
    self.infers = infers
  }

  /// What stands in a column of which a fact says nothing; `nil` where all facts say all.
  let absent: Term?
  /// The columns in which facts are silent of relations that were asked for that.
  private(set) var absences: [String: Set<Int>] = [:]
  func noteAbsence(in relation: String, _ columns: Set<Int>) { absences[relation] = columns }

  /// Whether explanations tell entities by their names.
  var showsNames = false
  /// Entities that a program gave as values, and of which nothing need be known.
  var given: Set<String> = []

  /// A term as explanations write it: as source, in which an entity may be told by the one name that it alone bears, but for
  /// where names themselves are told.
  func text(of term: Term, in relation: RelationKey? = nil) -> String {
    guard showsNames, relation != .named("label"), relation != .named("alias"), graph.terms.isName(term),
      let label = graph.label(of: term), graph.isUnique(label)
    else {
      return graph.terms.value(term).description
    }
    return Value.string(label).description
  }

  func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.mostDiagnostics { diagnostics.append(diagnostic) }
  }

  private static let mostDiagnostics = 100

  /// The clauses with a relation in their heads.
  func clauses(for key: RelationKey) -> [Clause] {
    if let clauses = byKey[key] { return clauses }
    guard case .named(let name) = key, graph.pace.goesOn() else { return [] }
    byKey[key] = []
    var clauses = program.rules(for: name).flatMap { graph.pace.goesOn(after: 64) ? lower($0) : [] }
    if graph.isType(name) { clauses += subtypeClauses(of: name) }
    byKey[key] = clauses
    return clauses
  }

  /// A member of a subtype is a member of its supertypes.
  private func subtypeClauses(of type: String) -> [Clause] {
    graph.subtypes(of: type).filter { $0 != type }.map { subtype in
      let span = program.places[subtype] ?? SourceSpan(SourceFile(.program, text: ""), 0, 0)
      func member(_ type: String) -> ClauseAtom {
        ClauseAtom(relation: .named(type), arguments: [.variable(0)], span: span)
      }
      return Clause(
        origin: .subtype, head: member(type), body: [.atom(member(subtype))], variableNames: [nil], span: span)
    }
  }

  /// Whether a clause of a relation may fail.
  func mayFail(_ relation: RelationKey) -> Bool { clauses(for: relation).contains(where: \.body.mayFail) }

  /// The entities that one of their names finds by words, remembered.
  func entities(similarTo words: String) -> Set<Term> {
    if let known = similar[words] { return known }
    let found = Set(graph.find(words))
    similar[words] = found
    return found
  }

  /// Forgets what was found by words, which may be others after a change.
  func forgetFoundNames() { similar = [:] }

  /// Whether a fact has the name in it, or a rule makes it, wherever these stand in a file, or a program gave it as a value. A relation's name is what `triple`
  /// gives.
  func isMentioned(_ name: String) -> Bool {
    given.contains(name) || graph.speaksOf(name) || graph.relation(named: name) != nil || namesInRules.contains(name)
      || ahead.mention(name, graph.terms)
  }

  /// Whether a statement has the annotation key, wherever it stands in a file, or it is one that every graph may have.
  func isKey(_ key: String) -> Bool {
    Self.commonKeys.contains(key) || keysOfStatements.contains(key) || ahead.haveKey(key)
  }

  /// Where a relation is first stated or defined behind a place of the file that is being carried out.
  func statement(of relation: String, behind place: SourceSpan) -> SourceSpan? {
    ahead.statement(of: relation, behind: place)
  }

  private static let commonKeys = ["source", "line", "from", "until", "at", "role", "note"]

  private var keysOfStatements: [String] {
    graph.annotationSets.keys.map { graph.terms.value($0).plainText }
  }

  /// The annotation keys that there are, for suggestions.
  var knownKeys: [String] { Set(Self.commonKeys + keysOfStatements).sorted() }

  /// The names that rules bring into the graph.
  private(set) lazy var namesInRules: Set<String> = {
    var names: Set<String> = []
    for rule in program.rules { ConstantNames.collect(rule) { names.insert($0) } }
    return names
  }()

  /// Takes a relation that is only known to have no facts to have so many positions, unless another literal did so before.
  func settleArity(of name: String, _ arity: Int) {
    if program.emptyRelations.contains(name) && self.arity(of: .named(name)) == nil { emptyArities[name] = arity }
  }

  /// What the graph has of a relation of its own or of rules.
  func stored(_ key: RelationKey) -> StoredRelation? { key.ownName.flatMap { graph.relation(named: $0) } }

  /// The arity of a relation: as stored, or as its first rule has it; `nil` where it is unknown.
  func arity(of key: RelationKey) -> Int? {
    switch key {
    case .named(let name):
      graph.relation(named: name)?.arity ?? program.firstRule(for: name)?.head.arguments.count ?? emptyArities[name]
    case .stated(let name, let keys): arity(of: .named(name)).map { $0 + keys.count }
    case .triple(let keys): 3 + keys.count
    case .distance: 3
    case .similar: 1
    case .auxiliary(let number): auxiliaryArities[number]
    case .restricted(let whole, _, _): arity(of: whole)
    case .demanded(_, let bound, _): bound.count { $0 }
    }
  }

  /// The types that a position of a relation takes.
  func types(of key: RelationKey, at position: Int) -> [PositionType] {
    switch key {
    case .named: return stored(key)?.types(at: position) ?? [.any]
    case .stated(let name, _):
      guard let relation = graph.relation(named: name), position < relation.arity else { return [.any] }
      return relation.types(at: position)
    case .similar: return [.entity]
    case .triple: return position == 1 ? [.entity] : [.any]
    default: return [.any]
    }
  }

  /// Whether rules alone tell what stands in the positions of a relation.
  func isInferred(_ key: RelationKey) -> Bool {
    switch key {
    case .auxiliary: return true
    case .named(let name):
      if let stored = graph.relation(named: name), stored.declaration != nil || !stored.facts.isEmpty { return false }
      return program.firstRule(for: name) != nil
    default: return false
    }
  }

  /// The types of a position by its declaration, or where there is none by the relation's rules.
  func expectedTypes(of key: RelationKey, at position: Int) -> [PositionType] {
    isInferred(key) ? derivedTypes.types(of: key, at: position) : types(of: key, at: position)
  }

  /// The same of what a user can name, as long as rules may be asked for types.
  func knownTypes(of key: RelationKey, at position: Int) -> [PositionType] {
    guard infers, case .named = key else { return types(of: key, at: position) }
    return expectedTypes(of: key, at: position)
  }

  private lazy var derivedTypes = DerivedTypes(ClauseBase(graph: graph, program: program, ahead: ahead, infers: false))

  /// A new relation for a query or a part of a body.
  func makeAuxiliary(arity: Int, name: String) -> RelationKey {
    auxiliaryArities.append(arity)
    auxiliaryNames.append(name)
    return .auxiliary(auxiliaryArities.count - 1)
  }

  func add(_ clause: Clause) {
    let key = clause.head.relation
    let clause = clause.origin == .path ? Presence(self, clause)?.asked() ?? clause : clause
    byKey[key, default: []].append(clause)
    if key.scope != nil || clause.origin == .query { passingKeys.insert(key) }
  }

  /// Forgets the relations that were restricted for one query.
  func forget(scope: Int) {
    for key in passingKeys where key.scope == scope || byKey[key]?.first?.origin == .query {
      byKey[key] = nil
      passingKeys.remove(key)
    }
  }

  /// Whether a clause has one of some terms in an atom or an expression.
  func hasConstant(among terms: Set<UInt32>) -> Bool {
    func has(_ atom: ClauseAtom) -> Bool {
      atom.arguments.contains { if case .constant(let term) = $0 { terms.contains(term.number) } else { false } }
    }
    guard !terms.isEmpty else { return false }
    return byKey.values.joined().contains { clause in
      var isFound = has(clause.head)
      for literal in clause.body {
        literal.forEachAtom { atom, _ in isFound = isFound || has(atom) }
        literal.forEachConstant { isFound = isFound || terms.contains($0.number) }
      }
      return isFound
    }
  }

  /// Whether a restricted relation is a closure, whose rows are found by following its steps from the demanded end.
  func isFollowed(_ key: RelationKey) -> Bool {
    guard case .restricted(let whole, let bound, _) = key, bound.count == 2, bound[0] != bound[1] else { return false }
    if let known = closures[whole] { return known }
    let isClosure = ClosureShape(whole, clauses: clauses(for: whole))?.canCompute == true
    closures[whole] = isClosure
    return isClosure
  }

  /// The relation that a part of a path stands for, which is known by a text: equal parts share one.
  func auxiliary(
    forPath text: String, arity: Int = 2, name: String, define: (RelationKey) -> Void
  ) -> RelationKey {
    if let number = pathNumbers[text] { return .auxiliary(number) }
    let key = makeAuxiliary(arity: arity, name: name)
    pathNumbers[text] = auxiliaryArities.count - 1
    define(key)
    return key
  }

  /// What messages call a relation.
  func name(of key: RelationKey) -> String {
    switch key {
    case .named(let name), .stated(let name, _): name
    case .triple: "triple"
    case .similar: "~"
    case .auxiliary(let number): auxiliaryNames[number]
    case .distance: "distance"
    case .restricted(let whole, _, _), .demanded(let whole, _, _): name(of: whole)
    }
  }

  private func lower(_ rule: Rule) -> [Clause] {
    guard let body = rule.body else { return [] }
    return Lowering(self).clauses(head: rule.head, body: body, span: rule.span)
  }
}
