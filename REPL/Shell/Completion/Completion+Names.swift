import Language
import Sessions

/// What the graph and the session offer: entities, relations, parameters, annotation keys, variables.
extension Completion {
  /// How an entity is written: bare where it can be, or within quotes as its id or its name.
  enum Writing { case bare, id, name }

  /// The entities of some types by their ids, and by any word of their names.
  func entities(of types: [PositionType] = [.any], as writing: Writing = .bare) -> [Candidate] {
    guard !word.isEmpty, types.contains(where: { $0 == .any || $0.isEntity }) else { return [] }
    var seen: Set<Term> = []
    var fitting: [Candidate] = []
    for entity in found where fitting.count < Self.mostShown {
      guard seen.insert(entity).inserted, fits(entity, types) else { continue }
      if let candidate = candidate(entity, writing) { fitting.append(candidate) }
    }
    return fitting
  }

  /// The entities that the word may mean. Of a large graph only those whose ids begin so, until there is an index of names.
  private var found: [Term] {
    if !graph.isNameIndexReady && interpreter.hasLargeGraph {
      return graph.namesWithoutIndex(prefix: word, limit: Self.mostLookedAt, seconds: 0.01)
    }
    let ids = graph.entityNames(prefix: word, limit: Self.mostLookedAt, effort: Self.mostTried)
    let words = word.split(separator: "_").joined(separator: " ")
    return ids.compactMap { graph.terms.find(.name($0)) }
      + graph.find(words, limit: Self.mostLookedAt, effort: Self.mostTried)
  }

  private func candidate(_ entity: Term, _ writing: Writing) -> Candidate? {
    let label = graph.label(of: entity)
    let id = graph.terms.value(entity)
    switch writing {
    case .bare: return Candidate(id.description, note: label ?? "")
    case .id: return Candidate(Self.withoutQuotes(id.description), note: label ?? "")
    case .name:
      return label.map { Candidate(Self.withoutQuotes(Value.string($0).description), note: id.description) }
    }
  }

  private static func withoutQuotes(_ written: String) -> String {
    written.hasPrefix("'") || written.hasPrefix("\"") ? String(written.dropFirst().dropLast()) : written
  }

  /// Whether an entity is a member of one of some types, or of a type beneath it.
  private func fits(_ entity: Term, _ types: [PositionType]) -> Bool {
    types.contains { type in
      guard case .member(let wanted) = type else { return type == .any || type == .entity }
      return graph.types(of: entity).contains { graph.isType($0, within: wanted) }
    }
  }

  private static let mostTried = 20_000
  private static let mostLookedAt = 1000
  private static let mostShown = 100

  /// The relations and types, with what they take.
  var relations: [Candidate] {
    let derived = interpreter.session.derivedRelations
    let heads = derived.isEmpty ? [:] : interpreter.ruleHeads
    return Set(graph.relationNames + derived).sorted().map { name in
      guard let relation = graph.relation(named: name) else { return Candidate(name, note: heads[name] ?? "") }
      if !graph.isType(name) { return Candidate(name, note: Interpreter.signature(relation)) }
      let parents = graph.supertypes(of: name)
      return Candidate(name, note: "type" + (parents.isEmpty ? "" : " : " + parents.joined(separator: ", ")))
    }
  }

  var parameters: [Candidate] {
    interpreter.session.parameters.map { Candidate($0.name, note: Self.note($0.value, $0.description)) }
  }

  /// What a list tells of a parameter.
  static func note(_ value: Value, _ description: String?) -> String {
    "= \(value.description)" + (description.map { "  \($0)" } ?? "")
  }

  var annotationKeys: [Candidate] {
    let known = ["source", "line", "from", "until", "at", "role", "note"]
    let keys = Set(known + graph.annotationSets.keys.map { graph.terms.value($0).plainText })
    return keys.sorted().map { Candidate($0) }
  }

  /// The variables of what was typed before.
  var variables: [Candidate] {
    let words = before.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return Set(words.filter { $0.first?.isUppercase == true }.map(String.init)).sorted().map { Candidate($0) }
  }
}

/// The aggregates of the language with their forms, as completion shows them.
enum AggregateList {
  static let all =
    Aggregate.Kind.allCases.map { ($0.rawValue, form(of: $0)) }
    + [("distance", "distance{ PATH : A -> B }  the least number of steps")]

  private static func form(of kind: Aggregate.Kind) -> String {
    switch kind {
    case .count: "count{ X : BODY }  how many there are"
    case .sum: "sum{ N, X : BODY }  the first column added up"
    case .min: "min{ N : BODY }  the least"
    case .max: "max{ N : BODY }  the greatest"
    case .avg: "avg{ N, X : BODY }  the mean of the first column"
    case .list: "list{ X : BODY }  all of them, with commas between"
    }
  }
}
