import Language

/// Programs that say the same as another, written otherwise.
enum ProgramVariants {
  static func shuffledLiterals(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    for index in variant.rules.indices { variant.rules[index].body.shuffle(using: &random) }
    return variant
  }

  static func shuffledStatements(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    variant.rules.shuffle(using: &random)
    variant.facts.shuffle(using: &random)
    return variant
  }

  /// One literal of each rule stands in it twice.
  static func doubledLiteral(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    for index in variant.rules.indices {
      let repeatable = variant.rules[index].body.filter { $0.isRepeatable }
      if let literal = repeatable.randomElement(using: &random) { variant.rules[index].body.append(literal) }
    }
    return variant
  }

  /// Some positive literals of each rule are taken into a rule of their own.
  static func splitRules(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    for (number, rule) in program.rules.enumerated() {
      let movable = rule.body.indices.filter { rule.body[$0].isPlainAtom }
      let moved = movable.filter { _ in Bool.random(using: &random) }
      if moved.isEmpty { continue }
      let part = moved.map { rule.body[$0] }
      let columns = part.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }.sorted().map { Operand.variable($0) }
      let head = ReferenceAtom(relation: "part\(number)", arguments: columns)
      let rest = rule.body.indices.filter { !moved.contains($0) }.map { rule.body[$0] }
      variant.rules[number].body = [.atom(head)] + rest
      variant.rules.append(ReferenceRule(head: head, body: part))
    }
    return variant
  }

  /// The text in canonical form.
  static func formatted(_ text: String) -> String {
    (try? Formatter.format(SourceFile(name: "random.dl", text: text))) ?? "this could not be formatted"
  }

  /// A variable's new name, another one for each number: Lithuanian, Cyrillic, with digits.
  static func renamed(_ number: Int) -> String { ["Žmogus", "Город", "X_", "Kiekis"][number % 4] + "\(97 - number)" }
}

extension ReferenceLiteral {
  fileprivate var isPlainAtom: Bool {
    guard case .atom(let atom) = self else { return false }
    return atom.arguments.allSatisfy { if case .binary = $0 { false } else { true } }
  }

  /// Whether a second copy says the same: not where it has variables of its own, which would be shared by both.
  fileprivate var isRepeatable: Bool {
    variables.allSatisfy { $0 < ReferenceProgram.firstLocal }
  }
}
