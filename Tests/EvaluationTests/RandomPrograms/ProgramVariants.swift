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

  /// A variable's new name, another one for each number: Lithuanian, Cyrillic, with digits.
  static func renamed(_ number: Int) -> String { ["Žmogus", "Город", "X_", "Kiekis"][number % 4] + "\(97 - number)" }
}

extension ReferenceLiteral {
  /// Whether a second copy says the same: not where it has variables of its own, which would be shared by both.
  fileprivate var isRepeatable: Bool {
    variables.allSatisfy { $0 < ReferenceProgram.firstLocal }
  }
}
