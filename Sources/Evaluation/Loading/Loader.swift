import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Carries out the statements of parsed files, in order: declarations first, then the rest, each where it stands.
///
/// What is wrong is gathered, and the statement left out; reading goes on.
struct Loader {
  let knowledge: Knowledge
  private(set) var diagnostics: [Diagnostic] = []
  var writer: FactWriter
  /// The path that includes and imports are relative to.
  private var path: String
  private var depth = 0
  /// What was changed, but for what the writer counts.
  var counted = Changes()
  private static let mostAbsentFacts = 3
  /// The relations that rules of each file define.
  private(set) var headsByFile: [ObjectIdentifier: Set<String>] = [:]
  /// Where these files declare parameters, each of which may have one value only.
  private var parameters: [String: SourceSpan] = [:]
  private let defaults: [AnnotationSets.Entry]
  /// Whether the source is an entry of the prompt, of which it is told what it changes.
  private let isEntry: Bool
  private var newNames: [String] = []
  private var newRelations: [String] = []
  private var newNamesSeen: Set<String> = []
  private lazy var namesInRules = ClauseBase(graph: graph, program: program, ahead: FilesInProgress()).namesInRules
  /// Whether the sources are those of a snapshot, which hold rules, parameters and constraints: a statement that would do something
  /// else is refused, and rules of names that are the language's own are left out with a note.
  private let isStored: Bool

  /// How deep files may include one another.
  private static let deepestInclusion = 64

  /// - Parameter defaults: what holds for facts of which no `@ {…}` of their own source says otherwise.
  init(
    _ knowledge: Knowledge, isEntry: Bool = false, isStored: Bool = false, defaults: [(key: String, value: Value)] = []
  ) {
    self.knowledge = knowledge
    writer = FactWriter(knowledge.graph)
    writer.countsFacts = isEntry
    self.isEntry = isEntry
    self.isStored = isStored
    path = ""
    self.defaults = defaults.map { entry in
      AnnotationSets.Entry(key: knowledge.graph.coin(entry.key), value: Self.term(entry.value, knowledge.graph))
    }
  }

  var graph: Graph { knowledge.graph }

  private var program: Program {
    get { knowledge.program }
    nonmutating _modify { yield &knowledge.program }
  }

  var ground: GroundExpression { GroundExpression(ParameterNames(program: program, graph: graph)) }

  private static func term(_ value: Value, _ graph: Graph) -> Term {
    if case .name(let name) = value { graph.coin(name) } else { graph.terms.intern(value) }
  }

  /// What a statement asks.
  enum Request {
    case query(Query)
    case why(Atom, negated: Bool)
    case whyAnswer(Int, SourceSpan)
  }

  /// Gets what is asked, and whether all statements up to there could be carried out: what was left out may be missing from
  /// an answer. Throws only what is to end the loading.
  typealias Ask = (_ request: Request, _ isSound: Bool) throws -> Void

  /// Loads files: the declarations of all, then the other statements of each.
  mutating func load(_ files: [ParsedFile], ask: Ask) throws {
    knowledge.filesInProgress.begin(files)
    for file in files {
      diagnostics += file.diagnostics
      for case .statement(let statement) in file.items {
        try graph.pace.step(8)
        declare(statement)
      }
    }
    for file in files {
      let outerPath = path
      path = file.file.name
      writer.setDefaults(defaults)
      // Beyond a hundred mistakes nothing is learned from more of them.
      var targets = targets(of: file)
      for item in file.items where diagnostics.count < Parser.mostDiagnostics {
        switch item {
        case .facts(let range): try stateFacts(range, of: file, &targets)
        case .statement(let statement):
          try graph.pace.step(8)
          try carryOut(statement, ask: ask)
          if statement.readsFile { targets = self.targets(of: file) }
        }
      }
      writer.setDefaults([])
      path = outerPath
    }
    let check = MembershipCheck(graph, relations: writer.touched)
    if !check.isEmpty { diagnostics += files.flatMap { check.problems(in: $0, places: program.places) } }
  }

  /// What was changed so far.
  /// - Parameter moment: before it began, if it is to be told which facts have annotations that they had not.
  func changes(since moment: Moment?) -> Changes {
    var changes = counted
    if let moment {
      changes.annotated = knowledge.annotatedFacts(in: graph.ledger.changes(since: moment.position) ?? [])
    }
    changes.added = writer.added
    changes.known = writer.known - changes.annotated
    let suggestion = NameSuggestion(graph: graph)
    let names = Set(newNames)
    changes.newEntities = newNames.map { NewName(name: $0, near: suggestion.nearest(toNew: $0, but: names)) }
    let relations = Set(newRelations)
    changes.newRelations = newRelations.map { name in
      NewName(name: name, near: suggestion.nearest(toNewRelation: name, but: relations, in: program))
    }
    return changes
  }

  mutating func report(_ error: any Error) throws {
    switch error {
    case let problem as Diagnostic: diagnostics += problem.all
    default: throw error
    }
  }

  // MARK: Declarations

  /// Carries out the declarations of types and relations, and nothing else.
  mutating func declareKinds(of file: ParsedFile) {
    for case .statement(let statement) in file.items {
      switch statement {
      case .type, .relation: declare(statement)
      default: break
      }
    }
  }

  private mutating func declare(_ statement: Statement) {
    do {
      switch statement {
      case .type(let name, let supertypes):
        try declareType(name, supertypes)
        counted.declared["type", default: 0] += 1
      case .relation(let name, let columns):
        try declareRelation(name, columns)
        counted.declared["relation", default: 0] += 1
      case .parameter(let name, let value, let description):
        try declareParameter(name, value, description)
        counted.declared["parameter", default: 0] += 1
      default: break
      }
    } catch {
      diagnostics.append(error)
    }
  }

  private mutating func declareParameter(
    _ name: Identifier, _ value: Value, _ description: String?
  ) throws(Diagnostic) {
    if let first = parameters[name.name] {
      throw Diagnostic(
        .parameterDeclaredTwice, "the parameter `\(name.name)` is declared twice", at: name.span,
        help: "leave one of the two out; `--param \(name.name)=VALUE` sets another value",
        notes: [Diagnostic.Note("declared first here", at: first)])
    }
    parameters[name.name] = name.span
    try program.declare(
      name.name,
      Program.Parameter(
        value: value, description: description, span: name.span,
        isDecimal: Parser.isDecimal(valueOfParameter: name.span)))
  }

  private mutating func declareType(_ name: Identifier, _ supertypes: [Identifier]) throws(Diagnostic) {
    for name in [name] + supertypes { try ReservedName.check(name, help: "give the type another name") }
    if PositionType.builtIn[name.name] != nil {
      throw Diagnostic(
        .builtInType, "`\(name.name)` is a type of the language and can't be declared anew", at: name.span,
        help: "leave the declaration out: `relation p(\(name.name)).` may use it as it is")
    }
    if let relation = graph.relation(named: name.name), relation.arity != 1 {
      throw Diagnostic(
        .declaredTwice, "`\(name.name)` is a relation with \(relation.arity) arguments already", at: name.span,
        notes: program.note("it stands here", placeOf: name.name))
    }
    graph.declareType(name.name, supertypes: [])
    program.places[name.name] = name.span
    for supertype in supertypes {
      if let way = graph.typePath(from: supertype.name, to: name.name) {
        throw cycle(of: [name.name] + way, at: supertype.span)
      }
      graph.declareType(name.name, supertypes: [supertype.name])
      program.noteUse(ofType: supertype.name, supertype.span)
    }
  }

  /// - Parameter types: each beneath the next, the last one the first again.
  private func cycle(of types: [String], at span: SourceSpan) -> Diagnostic {
    let others = types.dropFirst().dropLast().prefix(Diagnostic.mostShown).compactMap { type in
      program.places[type].map { Diagnostic.Note("`\(type)` is declared here", at: $0) }
    }
    let steps = Diagnostic.shortened(zip(types, types.dropFirst()).map { "`\($0)` is beneath `\($1)`" })
    let message =
      types.count == 2
      ? "the type `\(types[0])` can't be beneath itself"
      : "a cycle of types: " + steps.joined(separator: ", ")
    return Diagnostic(
      .typeCycle, message, at: span, help: "leave out one of these supertypes, such as this one", notes: others)
  }

  private mutating func declareRelation(
    _ name: Identifier, _ columns: [ColumnDeclaration]
  ) throws(Diagnostic) {
    let declaration = RelationDeclaration(
      positions: columns.map { $0.types.map { PositionType.builtIn[$0.name] ?? .member($0.name) } },
      columns: columns.map { $0.name?.name })
    try ReservedName.check(name)
    try checkWidth(name.name, columns.count, name.span)
    for type in columns.flatMap(\.types) where PositionType.builtIn[type.name] == nil {
      program.noteUse(ofType: type.name, type.span)
    }
    if let relation = graph.relation(named: name.name) {
      let place = program.note("it stands here", placeOf: name.name)
      if relation.isType {
        throw Diagnostic(.declaredTwice, "`\(name.name)` is a type already", at: name.span, notes: place)
      }
      if let known = relation.declaration, known != declaration, !place.isEmpty {
        throw Diagnostic(
          .declaredTwice, "`\(name.name)` is declared already, as \(name.name)\(known.signature)", at: name.span,
          notes: place)
      }
      if relation.arity != columns.count {
        throw Diagnostic(
          .declarationAgainstFacts, "`\(name.name)` has facts with \(relation.arity) arguments, not \(columns.count)",
          at: name.span,
          notes: place)
      }
      try checkFacts(of: relation, against: declaration, name)
    }
    graph.addRelation(name.name, declaration)
    program.places[name.name] = name.span
  }

  /// Facts that were stated before the declaration must fit it as they are.
  private func checkFacts(
    of relation: StoredRelation, against declaration: RelationDeclaration, _ name: Identifier
  ) throws(Diagnostic) {
    let fit = PositionFit(graph)
    let absent = graph.absentTerm
    var problem: Diagnostic?
    relation.facts.forEachTuple { tuple in
      for (position, number) in tuple.enumerated() where problem == nil && Term(number) != absent {
        problem = fit.problem(graph.terms.value(Term(number)), declaration.positions[position], name.span)
      }
      return problem == nil
    }
    if var problem {
      problem.code = .declarationAgainstFacts
      problem.message = "facts that were stated before do not fit this declaration: " + problem.message
      problem.help = "declare a relation before its facts"
      throw problem
    }
  }

  // MARK: Other statements

  /// A snapshot is never written with another statement, and one that a stranger made is not to read files.
  private func checkStored(_ statement: Statement) throws(Diagnostic) {
    switch statement {
    case .parameter, .constraint: return
    case .rule(let rule) where rule.body != nil: return
    default:
      throw Diagnostic(
        .damagedSnapshot, "the snapshot is damaged in its texts of rules: this is no rule, parameter or constraint",
        at: statement.span,
        help: "take the snapshot from a copy; nothing is read from such a statement")
    }
  }

  private mutating func carryOut(_ statement: Statement, ask: Ask) throws {
    do {
      if isStored { try checkStored(statement) }
      switch statement {
      case .type, .relation, .parameter: break
      case .rule(var rule) where !rule.head.columns.isEmpty:
        rule.head = try ColumnPlaces(graph).complete(rule.head)
        try carryOut(.rule(rule), ask: ask)
      case .rule(let rule): if rule.body == nil { try stateFact(rule.head) } else { try add(rule) }
      case .defaults(let annotations, _): writer.setDefaults(try entries(annotations))
      case .query(let query): try ask(.query(query), diagnostics.isEmpty)
      case .why(let atom, let negated, _): try ask(.why(atom, negated: negated), diagnostics.isEmpty)
      case .whyAnswer(let row, let span): try ask(.whyAnswer(row, span), diagnostics.isEmpty)
      case .include(let path, let span): try include(path, span, ask: ask)
      case .importFile(let relation, let path, let options, let span): try importTable(relation, path, options, span)
      case .constraint(let description, let body, let span):
        program.add(Program.Constraint(description: description, body: body, span: span))
        counted.declared["constraint", default: 0] += 1
      case .update(let update): try carryOut(update)
      case .retraction(let atom): try retract(try ColumnPlaces(graph).complete(atom))
      }
    } catch {
      try report(error)
    }
  }

  private mutating func add(_ rule: Rule) throws {
    let name = rule.head.relation.name
    do {
      try ReservedName.check(rule.head.relation)
    } catch {
      guard isStored else { throw error }
      return knowledge.note("note: a rule for `triple` is left out, for the name is the language's own now")
    }
    if rule.body != nil && rule.head.isStated {
      throw Diagnostic(
        .annotatedHead, "a rule's head has no annotations: what it derives is not stated by a source",
        at: rule.head.span,
        help: "match annotations in the body and give them columns in the head")
    }
    try checkWidth(name, rule.head.arguments.count, rule.head.span)
    if let arity = program.firstRule(for: name)?.head.arguments.count, arity != rule.head.arguments.count,
      graph.relation(named: name) == nil
    {
      let note = program.note("first used here", placeOf: name)
      throw Diagnostic(
        .wrongArity, "`\(name)` takes \(arity) argument\(arity == 1 ? "" : "s"), not \(rule.head.arguments.count)",
        at: rule.head.span, notes: note)
    }
    program.notePlace(of: name, rule.head.span)
    program.add(rule)
    headsByFile[ObjectIdentifier(rule.span.file), default: []].insert(name)
    counted.rules += 1
  }

  private mutating func include(_ written: String, _ span: SourceSpan, ask: Ask) throws {
    let target = knowledge.files.resolve(written, path)
    guard program.readFiles.insert(knowledge.files.canonical(target)).inserted else { return }
    guard depth < Self.deepestInclusion else {
      throw Diagnostic(
        .includedTooDeep, "files include one another more than \(Self.deepestInclusion) deep", at: span,
        help: "include them from one file, one after the other")
    }
    let file: SourceFile
    do {
      file = try knowledge.files.source(target)
    } catch var problem as Diagnostic {
      if problem.span == nil { problem.span = span }
      if problem.help == nil { problem.help = Self.pathHelp }
      throw problem
    }
    depth += 1
    let defaults = writer.defaults
    try load([knowledge.parsed(file, mode: .file)], ask: ask)
    writer.setDefaults(defaults)
    depth -= 1
  }

  private mutating func importTable(
    _ relation: Identifier, _ written: String, _ options: [Annotation], _ span: SourceSpan
  ) throws {
    try ReservedName.check(relation)
    let options = try TableOptions(options, value: ground.value)
    do {
      let source = knowledge.files.resolve(written, path)
      try writer.importing(relation.name) { [knowledge] in
        try knowledge.readTable(source, relation.name, options)
      }
    } catch let problem as Diagnostic {
      var problems = problem.all
      for index in problems.indices where problems[index].span == nil {
        problems[index].span = span
        if problems[index].help == nil { problems[index].help = Self.pathHelp }
      }
      throw Diagnostic(all: problems)
    }
    // A table's header declares a relation, but a statement may still say more of it.
    if graph.relation(named: relation.name)?.declaration == nil { program.notePlace(of: relation.name, relation.span) }
  }

  private static let pathHelp = "a path starts from the folder of the file in which it is written"

  // MARK: Facts

  /// What the names of a file's relations and annotation keys stand for, by their numbers; of a relation once a fact of it is
  /// stated.
  private struct Targets {
    var relations: [StoredRelation?]
    let keys: [(term: Term, isDate: Bool)]
  }

  private func targets(of parsed: ParsedFile) -> Targets {
    Targets(
      relations: Array(repeating: nil, count: parsed.relationNames.count),
      keys: parsed.annotationKeys.map { (term: graph.coin($0), isDate: PositionFit.dateKeys.contains($0)) })
  }

  private mutating func stateFacts(_ range: Range<Int>, of parsed: ParsedFile, _ targets: inout Targets) throws {
    for fact in parsed.facts[range] {
      try graph.pace.step(4)
      do throws(Diagnostic) {
        try state(fact, of: parsed, &targets)
      } catch {
        diagnostics.append(error)
        graph.doubt(parsed.arguments[fact.arguments] + parsed.annotations[fact.annotations].map(\.value))
        if diagnostics.count >= Parser.mostDiagnostics { return }
      }
    }
  }

  private mutating func state(
    _ fact: ParsedFile.Fact, of parsed: ParsedFile, _ targets: inout Targets
  ) throws(Diagnostic) {
    let span = SourceSpan(parsed.file, fact.start, fact.end)
    let relation: StoredRelation
    if let known = targets.relations[fact.relation], known.arity == fact.arguments.count {
      relation = known
    } else {
      relation = try target(parsed.relationNames[fact.relation], fact.arguments.count, span)
      targets.relations[fact.relation] = relation
    }
    var annotations: [AnnotationSets.Entry] = []
    for (number, annotation) in parsed.annotations[fact.annotations].enumerated() {
      var value = annotation.value
      if targets.keys[annotation.key].isDate, graph.terms.kind(of: value) == .string {
        let key = parsed.annotationKeys[annotation.key]
        value = try fitted(graph.terms.value(value), key) { parsed.annotationSpan(fact, number) }
      }
      annotations.append(AnnotationSets.Entry(key: targets.keys[annotation.key].term, value: value))
    }
    if annotations.count > 1, Set(annotations.map(\.key)).count < annotations.count {
      return try stateFact(try Parser.fact(in: parsed.file, at: fact.start))
    }
    try writer.state(relation, parsed.arguments[fact.arguments], annotations) { position in
      parsed.argumentSpan(fact, position)
    }
  }

  private mutating func stateFact(_ atom: Atom) throws(Diagnostic) {
    var arguments: [Term] = []
    do {
      for argument in atom.arguments {
        let value = try ground.value(argument)
        note(value)
        arguments.append(graph.terms.intern(value))
      }
      let isNew = isEntry && graph.relation(named: atom.relation.name) == nil
      let relation = try target(atom.relation.name, atom.arguments.count, atom.span)
      if isNew && !newRelations.contains(relation.name) { newRelations.append(relation.name) }
      try writer.state(relation, arguments, try entries(atom.annotations)) { atom.arguments[$0].span }
    } catch {
      graph.doubt(arguments)
      throw error
    }
  }

  /// Notes a name of which nothing is known.
  private mutating func note(_ value: Value) {
    guard isEntry, case .name(let name) = value, !graph.speaksOf(name), graph.relation(named: name) == nil,
      !namesInRules.contains(name), newNamesSeen.insert(name).inserted
    else { return }
    newNames.append(name)
  }

  private mutating func entries(_ annotations: [Annotation]) throws(Diagnostic) -> [AnnotationSets.Entry] {
    var entries: [AnnotationSets.Entry] = []
    for annotation in annotations {
      let key = graph.coin(annotation.key.name)
      if entries.contains(where: { $0.key == key }) {
        throw Diagnostic(
          .duplicateKey, "the key `\(annotation.key.name)` stands twice in one annotation", at: annotation.key.span,
          help: "state the fact twice, once with each value")
      }
      let written = try ground.value(annotation.value)
      note(written)
      let value = try fitted(written, annotation.key.name) { annotation.value.span }
      entries.append(AnnotationSets.Entry(key: key, value: value))
    }
    return entries
  }

  /// The term of an annotation's value, as its key takes it.
  func fitted(_ value: Value, _ key: String, _ span: () -> SourceSpan) throws(Diagnostic) -> Term {
    if case .name(let name) = value { return graph.coin(name) }
    return graph.terms.intern(try PositionFit(graph).fit(value, toAnnotation: key, at: span()))
  }

  /// The relation that a fact is stated of.
  func target(_ name: String, _ arity: Int, _ span: SourceSpan) throws(Diagnostic) -> StoredRelation {
    if name == ReservedName.triple {
      let fact = try Parser.fact(in: span.file, at: span.start)
      throw ReservedName.problem(at: fact.relation.span, help: ReservedName.help(for: fact))
    }
    if let relation = graph.relation(named: name) {
      if relation.arity == arity { return relation }
      let signature = relation.declaration.map { "\(name)\($0.signature)" }
      let note = program.places[name].map { place in
        [Diagnostic.Note(signature.map { "declared `\($0)` here" } ?? "first used here", at: place)]
      }
      throw Diagnostic(
        .wrongArity, "`\(name)` takes \(relation.arity) argument\(relation.arity == 1 ? "" : "s"), not \(arity)",
        at: span,
        help: ForeignNames.decimalComma(span) ?? ForeignNames.decimalComma(program.places[name] ?? span)
          ?? signature.map { "it is declared as `\($0)`" }, notes: note ?? [])
    }
    if let rule = program.firstRule(for: name), rule.head.arguments.count != arity {
      throw Diagnostic(
        .wrongArity, "`\(name)` takes \(rule.head.arguments.count) arguments, not \(arity)", at: span,
        notes: [Diagnostic.Note("a rule defines it here", at: rule.head.span)])
    }
    try checkWidth(name, arity, span)
    program.notePlace(of: name, span)
    return graph.addRelation(name, arity: arity)
  }

  private func checkWidth(_ name: String, _ arity: Int, _ span: SourceSpan) throws(Diagnostic) {
    guard arity > Relation.mostColumns else { return }
    throw Diagnostic(
      .tooManyColumns, "`\(name)` has \(arity) arguments; a relation has at most \(Relation.mostColumns)", at: span,
      help: "split it into relations that share an argument")
  }

  private mutating func retract(_ atom: Atom) throws(Diagnostic) {
    try ReservedName.check(atom.relation, help: "take the fact itself back: `-likes(a, b).`")
    guard let relation = graph.relation(named: atom.relation.name) else {
      if program.rulesByHead[atom.relation.name] != nil {
        return noteAbsent(
          atom.relation.name, try atom.arguments.map { argument throws(Diagnostic) in try ground.value(argument) })
      }
      throw unknown(atom.relation)
    }
    _ = try target(atom.relation.name, atom.arguments.count, atom.span)
    let fit = PositionFit(graph)
    var tuple: [UInt32] = []
    for (position, argument) in atom.arguments.enumerated() {
      let value = try fit.fit(ground.value(argument), to: relation.types(at: position), at: argument.span)
      tuple.append(graph.terms.intern(value).number)
    }
    if graph.retract(relation, tuple) {
      counted.removed += 1
    } else {
      noteAbsent(atom.relation.name, tuple.map { graph.terms.value(Term($0)) })
    }
  }

  /// That nothing of a relation can be taken back, for there is none of that name.
  func unknown(_ relation: Identifier) -> Diagnostic {
    let nearest = Suggestion.nearest(to: relation.name, among: graph.relationNames)
    var problem = Diagnostic(
      .unknownRelation, "unknown relation `\(relation.name)`", at: relation.span,
      help: nearest.map { "did you mean `\($0)`?" })
    problem.unknownName = relation.name
    return problem
  }

  private mutating func noteAbsent(_ relation: String, _ values: [Value]) {
    counted.absent += 1
    if counted.absent <= Self.mostAbsentFacts { counted.absentFacts.append(RelationName.fact(relation, values)) }
  }
}
