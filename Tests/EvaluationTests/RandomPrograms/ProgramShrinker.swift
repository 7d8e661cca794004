/// Makes a program that fails smaller, as long as it still fails.
enum ProgramShrinker {
  static func shrink(_ program: ReferenceProgram, while fails: (ReferenceProgram) -> Bool) -> ReferenceProgram {
    var smallest = program
    var found = true
    while found {
      found = false
      for candidate in candidates(of: smallest) where fails(candidate) {
        smallest = candidate
        found = true
        break
      }
    }
    return smallest
  }

  /// The program without a part of it, great parts first.
  private static func candidates(of program: ReferenceProgram) -> [ReferenceProgram] {
    withoutPadding(program) + withoutUnusedRelations(program) + withoutHalfOfTheFacts(program) + withoutOneRule(program)
      + withoutOneLiteral(program)
      + withoutOneFact(program)
  }

  private static func withoutPadding(_ program: ReferenceProgram) -> [ReferenceProgram] {
    guard program.padding > 0 else { return [] }
    var smaller = program
    smaller.padding = 0
    return [smaller]
  }

  private static func withoutUnusedRelations(_ program: ReferenceProgram) -> [ReferenceProgram] {
    let inRules = program.rules.flatMap { [$0.head.relation] + $0.body.flatMap(\.relations).map(\.name) }
    let used = Set(inRules + program.facts.map(\.relation))
    var smaller = program
    smaller.arities = program.arities.filter { used.contains($0.key) }
    return smaller.arities.count < program.arities.count ? [smaller] : []
  }

  private static func withoutHalfOfTheFacts(_ program: ReferenceProgram) -> [ReferenceProgram] {
    guard program.facts.count > 4 else { return [] }
    let half = program.facts.count / 2
    return [program.facts[half...], program.facts[..<half]].map { facts in
      var smaller = program
      smaller.facts = Array(facts)
      return smaller
    }
  }

  private static func withoutOneRule(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.rules.indices.map { index in
      var smaller = program
      smaller.rules.remove(at: index)
      return smaller
    }
  }

  private static func withoutOneLiteral(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.rules.indices.flatMap { rule in
      guard program.rules[rule].body.count > 1 else { return [ReferenceProgram]() }
      return program.rules[rule].body.indices.map { literal in
        var smaller = program
        smaller.rules[rule].body.remove(at: literal)
        return smaller
      }
    }
  }

  private static func withoutOneFact(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.facts.indices.map { index in
      var smaller = program
      smaller.facts.remove(at: index)
      return smaller
    }
  }
}
