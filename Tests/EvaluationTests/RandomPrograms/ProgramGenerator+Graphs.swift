import Terms

/// What the language has for graphs: paths, distances, `triple`, annotations and names.
extension ProgramGenerator {
  /// Steps along relations up to a level whose columns take anything, or may be followed by entities.
  private mutating func path(upTo level: Int) -> ReferencePath? {
    let binary = relations.filter { relation in
      relation.level <= level && relation.columns.count == 2
        && relation.columns.allSatisfy { !$0.isDeclared || $0.kind == .entity }
    }
    guard !binary.isEmpty else { return nil }
    let steps = (0..<random.number(1...2)).map { _ in
      ReferencePath.Step(relation: one(binary).name, isBackward: random.happens(30))
    }
    var path = ReferencePath(steps: steps, repetition: one([.once, .oneOrMore, .oneOrMore]))
    if has(.annotations) && random.happens(15) {
      path.annotations = [.init(key: "line", value: .constant(.integer(Int64(random.number(0...2)))))]
    }
    return path
  }

  mutating func addPath(upTo level: Int, to draft: inout Draft) {
    guard var path = path(upTo: level) else { return }
    var from = Operand.variable(random.number(0...2))
    if let start = draft.variables(.anything).randomElement(using: &random), random.happens(60) {
      from = .variable(start)
      if random.happens(40) { path.repetition = .zeroOrMore }
    }
    append(.path(path, from: from, to: .variable(random.number(0...2))), to: &draft)
  }

  mutating func addDistance(below level: Int, to draft: inout Draft) {
    guard let path = path(upTo: level - 1), path.annotations.isEmpty, let result = draft.result(.number) else { return }
    let ends = (0...1).map { _ -> Operand in
      let bound = draft.variables(.anything)
      if random.happens(80), let end = bound.randomElement(using: &random) { return .variable(end) }
      return .constant(.name(one(["a", "b", "x"])))
    }
    draft.body.append(.distance(result: result, path, from: ends[0], to: ends[1]))
    draft.bound.insert(result)
  }

  mutating func addTriple(to draft: inout Draft) {
    let binary = relations.filter { $0.columns.count == 2 }
    let relation: Operand =
      random.happens(40) && !binary.isEmpty
      ? .constant(.name(one(binary).name)) : random.happens(60) ? .variable(random.number(0...2)) : .wildcard
    let ends = (0...1).map { _ -> Operand in random.happens(80) ? .variable(random.number(0...2)) : .wildcard }
    append(.atom(ReferenceAtom(relation: "triple", arguments: [ends[0], relation, ends[1]])), to: &draft)
  }

  mutating func addSimilar(to draft: inout Draft) {
    let texts = draft.variables(.text)
    if let text = texts.randomElement(using: &random),
      let entity = draft.entities.sorted().randomElement(using: &random),
      random.happens(30)
    {
      draft.body.append(.similar(.variable(entity), .variable(text)))
      return
    }
    let subject = random.number(0...2)
    append(.similar(.variable(subject), .constant(.string(words()))), to: &draft)
    draft.entities.insert(subject)
  }

  // MARK: Annotations

  private static let sources = [Value.name("report"), .string("Žemė"), .name("ana")]

  /// What a statement says of its fact.
  mutating func annotations() -> [String: Value] {
    guard has(.annotations), random.happens(60) else { return [:] }
    var annotations: [String: Value] = [:]
    if random.happens(60) { annotations["line"] = .integer(Int64(random.number(0...2))) }
    if random.happens(40) { annotations["source"] = one(Self.sources) }
    if random.happens(40) { annotations["from"] = date(one(Self.dates)) }
    return annotations
  }

  /// What a literal of a body asks of a statement, which may bind variables.
  mutating func patterns(_ draft: Draft) -> [ReferenceAtom.Annotation] {
    patterns { generator, column in
      generator.random.happens(60) ? .variable(generator.variable(column)) : nil
    }
  }

  /// The same with bound variables only.
  mutating func boundPatterns(_ draft: Draft) -> [ReferenceAtom.Annotation] {
    patterns { generator, column in
      let fitting = draft.bound.sorted().filter { draft.kind(of: $0) == column.kind }
      return generator.random.happens(60) ? fitting.randomElement(using: &generator.random).map { .variable($0) } : nil
    }
  }

  private mutating func patterns(_ variable: (inout Self, Column) -> Operand?) -> [ReferenceAtom.Annotation] {
    guard has(.annotations) else { return [] }
    let keys: [(key: String, kind: Kind)] = [("line", .number), ("source", .anything), ("from", .date)]
    return keys.shuffled(using: &random).prefix(random.happens(70) ? 1 : 2).map { key, kind in
      let column = Column(kind: kind, types: kind == .anything ? [] : ["of a kind"])
      if let operand = variable(&self, column) { return .init(key: key, value: operand) }
      if random.happens(15) { return .init(key: key, value: .wildcard) }
      let value = kind == .anything ? one(Self.sources) : constant(column)
      return .init(key: key, value: .constant(value))
    }
  }
}
