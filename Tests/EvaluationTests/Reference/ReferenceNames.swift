import Terms

/// The names of a program's entities: what a string means where an entity is expected, and what `~` finds.
struct ReferenceNames {
  private let program: ReferenceProgram
  /// Labels and aliases with their entities.
  private let given: [(entity: Value, name: String)]
  /// The types of which each entity was stated to be.
  private let types: [Value: [String]]
  let entities: Set<Value>

  init(_ program: ReferenceProgram) {
    self.program = program
    given = program.facts.filter { ["label", "alias"].contains($0.relation) }.map {
      ($0.values[0], $0.values[1].plainText)
    }
    let memberships = program.facts.filter { $0.values.count == 1 && program.isType($0.relation) }
    types = Dictionary(grouping: memberships) { $0.values[0] }.mapValues { $0.map(\.relation) }
    let values = program.facts.flatMap(\.values) + program.namesInRules.map(Value.name)
    entities = Set(values.filter { if case .name = $0 { true } else { false } })
  }

  /// The entities that a text finds by one of their names, their own among them.
  func similar(to words: String) -> Set<Value> {
    let own = entities.map { ($0, $0.plainText) }
    return Set((given + own).filter { ReferenceText.isFound(words, in: $0.1) }.map(\.0))
  }

  /// What a constant means where some types are expected; `nil` where it means nothing, or several things.
  func fitted(_ value: Value, _ types: [String]) -> Value? {
    guard case .string(let text) = value, !types.contains("string") else { return value }
    if types.contains("date"), let date = DateSpan(text) { return .date(date) }
    if types.contains("any") { return value }
    var bearers = Set(given.filter { $0.name == text }.map(\.entity))
    if bearers.isEmpty {
      bearers = Set(given.filter { ReferenceText.folded($0.name) == ReferenceText.folded(text) }.map(\.entity))
    }
    let fitting = bearers.filter { mayBe($0, types) }
    let candidates = fitting.isEmpty ? bearers : fitting
    return candidates.count == 1 ? candidates.first : nil
  }

  /// Whether an entity is of a type within or above one of those expected, or of none.
  func mayBe(_ entity: Value, _ types: [String]) -> Bool {
    let own = self.types[entity, default: []]
    return types.contains("entity") || own.isEmpty
      || own.contains { type in
        types.contains { program.typesAbove(type).contains($0) || program.typesAbove($0).contains(type) }
      }
  }
}
