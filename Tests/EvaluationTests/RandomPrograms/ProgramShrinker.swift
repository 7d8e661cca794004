/// Makes a program that fails smaller, as long as it still fails and time is left.
enum ProgramShrinker {
  private static let longest = Duration.seconds(30)

  static func shrink(_ program: ReferenceProgram, while fails: (ReferenceProgram) -> Bool) -> ReferenceProgram {
    let end = ContinuousClock.now + longest
    var smallest = program
    while let smaller = candidates(of: smallest).first(where: { ContinuousClock.now < end && fails($0) }) {
      smallest = smaller
    }
    return smallest
  }

  /// The program without a part of it, great parts first.
  private static func candidates(of program: ReferenceProgram) -> [ReferenceProgram] {
    withoutPadding(program) + withoutHalfOfTheFacts(program) + withoutOneQuery(program) + withoutOneRule(program)
      + withoutUnusedRelations(program) + withoutOneLiteral(program) + withoutTypes(program)
      + (program.facts.count < 300 ? withoutOneFact(program) + withoutOneAnnotation(program) : [])
  }

  private static func withoutPadding(_ program: ReferenceProgram) -> [ReferenceProgram] {
    guard program.padding > 0 else { return [] }
    var smaller = program
    smaller.padding = 0
    return [smaller]
  }

  private static func withoutUnusedRelations(_ program: ReferenceProgram) -> [ReferenceProgram] {
    let inRules = program.rules.flatMap { [$0.head.relation] + $0.body.flatMap(\.relations).map(\.name) }
    let inQueries = program.queries.flatMap { $0.body.flatMap(\.relations).map(\.name) }
    let used = Set(inRules + inQueries + program.facts.map(\.relation) + program.types.map(\.name))
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

  private static func withoutOneQuery(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.queries.indices.flatMap { index in
      var smaller = program
      smaller.queries.remove(at: index)
      let query = program.queries[index]
      return [smaller]
        + query.body.indices.map { literal in
          var smaller = program
          smaller.queries[index].body.remove(at: literal)
          return smaller
        }
        + [(query.limit == nil && query.offset == nil ? nil : 0), query.order.isEmpty ? nil : 1].compactMap { part in
          var smaller = program
          if part == 1 { smaller.queries[index].order = [] }
          if part == 0 { (smaller.queries[index].limit, smaller.queries[index].offset) = (nil, nil) }
          return smaller
        }
    }
  }

  private static func withoutTypes(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.types.isEmpty
      ? []
      : program.types.indices.map { index in
        var smaller = program
        let name = smaller.types.remove(at: index).name
        for other in smaller.types.indices { smaller.types[other].supertypes.removeAll { $0 == name } }
        smaller.arities[name] = nil
        return smaller
      }
  }

  private static func withoutOneAnnotation(_ program: ReferenceProgram) -> [ReferenceProgram] {
    program.facts.indices.flatMap { index in
      program.facts[index].annotations.keys.map { key in
        var smaller = program
        smaller.facts[index].annotations[key] = nil
        return smaller
      }
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
