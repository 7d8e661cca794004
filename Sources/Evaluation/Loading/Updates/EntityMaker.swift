import Diagnostics
import Graphs
import Language
import Terms

/// Finds the entities of types by their names, and makes those that there are not, for one `add`.
///
/// Nothing is stated here: what is new is in ``made`` until the whole statement is known to be right.
struct EntityMaker {
  struct Made {
    var entity: Term
    var type: String
    /// The name that becomes its label.
    var name: String
  }

  /// What was made, in order.
  private(set) var made: [Made] = []
  private let graph: Graph
  private var types: [String: Bearers] = [:]
  /// The names that were given to new entities.
  private var taken: Set<String> = []

  /// The entities of a type by their names.
  private struct Bearers {
    var known: [Term: Term] = [:]
    var exact: [String: [Term]] = [:]
    var folded: [String: [Term]] = [:]

    mutating func add(_ entity: Term, _ name: String) {
      if exact[name]?.contains(entity) != true { exact[name, default: []].append(entity) }
      let fold = Text.fold(name)
      if folded[fold]?.contains(entity) != true { folded[fold, default: []].append(entity) }
    }
  }

  init(_ graph: Graph) { self.graph = graph }

  /// The entity of a type with a name, exactly or without regard to case and diacritics; `nil` if the name is empty.
  /// Throws if several have it.
  mutating func entity(
    _ type: Identifier, named term: Term, at span: SourceSpan
  ) throws(Diagnostic) -> Term? {
    if types[type.name] == nil { types[type.name] = try bearers(of: type) }
    if let known = types[type.name]?.known[term] { return known }
    let name = graph.terms.value(term).plainText.trimmed
    if name.isEmpty { return nil }
    let candidates = types[type.name]?.exact[name] ?? types[type.name]?.folded[Text.fold(name)] ?? []
    if candidates.count > 1 { throw ambiguous(name, type.name, candidates, span) }
    let entity = candidates.first ?? make(type.name, name)
    types[type.name]?.known[term] = entity
    return entity
  }

  private func bearers(of type: Identifier) throws(Diagnostic) -> Bearers {
    guard graph.isType(type.name) else {
      let nearest = Suggestion.nearest(to: type.name, among: graph.typeNames)
      throw Diagnostic(
        .unknownType, "unknown type `\(type.name)`", at: type.span,
        help: nearest.map { "did you mean `\($0)`?" } ?? "declare it: `type \(type.name).`")
    }
    let within = graph.typeNames.filter { graph.isType($0, within: type.name) }.compactMap { graph.relation(named: $0) }
    var bearers = Bearers()
    graph.forEachBearer { entity, name in
      guard within.contains(where: { $0.facts.contains([entity.number]) }) else { return }
      bearers.add(entity, graph.terms.value(name).plainText)
    }
    return bearers
  }

  private func ambiguous(_ name: String, _ type: String, _ candidates: [Term], _ span: SourceSpan) -> Diagnostic {
    let names = Diagnostic.shortened(candidates.map { "`\(graph.terms.value($0).description)`" })
    return Diagnostic(
      .ambiguousName, "\(candidates.count) of type `\(type)` have the name \(Value.string(name).description)", at: span,
      help:
        "they are \(names.joined(separator: ", ")); write the id of the one that is meant into the data, or give it an alias of its own"
    )
  }

  private mutating func make(_ type: String, _ name: String) -> Term {
    let entity = graph.coin(freeId(type, name))
    made.append(Made(entity: entity, type: type, name: name))
    types[type]?.add(entity, name)
    return entity
  }

  /// A bare name made of another, such as `antanas_baranauskas`, with a number behind it if something has that one already.
  private mutating func freeId(_ type: String, _ name: String) -> String {
    let words = Text.fold(name).split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    var base = words.joined(separator: "_")
    if !Text.isBareName(base) { base = ([type] + words).joined(separator: "_") }
    var id = base
    var number = 2
    while taken.contains(id) || graph.speaksOf(id) {
      id = "\(base)_\(number)"
      number += 1
    }
    taken.insert(id)
    return id
  }
}
