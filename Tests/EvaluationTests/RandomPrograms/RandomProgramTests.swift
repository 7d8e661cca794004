import Foundation
import TestSupport
import Testing

@Suite("Random programs")
struct RandomProgramTests {
  /// How many programs; `TILTAS_RANDOM_PROGRAMS` asks for more than each test run tries.
  static let count = ProcessInfo.processInfo.environment["TILTAS_RANDOM_PROGRAMS"].flatMap { Int($0) } ?? 200

  @Test("the engine agrees with the reference on random programs", arguments: 0..<10)
  func agreement(batch: Int) throws {
    try Self.check(seeds: Self.seeds(batch), count: Self.count / 10) { program, _ in
      WrittenProgram(program)
    }
  }

  @Test("the order of literals does not matter")
  func literals() throws {
    try Self.check(seeds: Self.seeds(10), count: Self.count / 16) { program, random in
      WrittenProgram(ProgramVariants.shuffledLiterals(program, &random))
    }
  }

  @Test("the order of rules and facts does not matter")
  func statements() throws {
    try Self.check(seeds: Self.seeds(11), count: Self.count / 16) { program, random in
      WrittenProgram(ProgramVariants.shuffledStatements(program, &random))
    }
  }

  @Test("a literal that stands twice does not matter")
  func doubled() throws {
    try Self.check(seeds: Self.seeds(12), count: Self.count / 16) { program, random in
      WrittenProgram(ProgramVariants.doubledLiteral(program, &random))
    }
  }

  @Test("the names of variables do not matter")
  func renamed() throws {
    try Self.check(seeds: Self.seeds(13), count: Self.count / 16) { program, _ in
      WrittenProgram(program, ReferencePrinter(variable: ProgramVariants.renamed))
    }
  }

  @Test("whether columns stand by their names does not matter")
  func columns() throws {
    try Self.check(seeds: Self.seeds(16), count: Self.count / 16) { program, _ in
      WrittenProgram(program, .namingColumns(of: program))
    }
  }

  @Test("whether columns stand by their names does not matter in canonical form either")
  func formattedColumns() throws {
    try Self.check(seeds: Self.seeds(17), count: Self.count / 16) { program, _ in
      WrittenProgram(program, .namingColumns(of: program)).formatted
    }
  }

  @Test("a part of a body in a rule of its own does not matter")
  func split() throws {
    try Self.check(seeds: Self.seeds(14), count: Self.count / 16) { program, random in
      WrittenProgram(ProgramVariants.splitRules(program, &random))
    }
  }

  @Test("the form in which a program is written does not matter")
  func formatted() throws {
    try Self.check(seeds: Self.seeds(15), count: Self.count / 16) { program, _ in
      WrittenProgram(program).formatted
    }
  }

  static func seeds(_ batch: Int) -> UInt64 { UInt64(batch) * 1_000_000 }

  /// Checks `count` programs that are small enough for the reference, and stops at the first that differs.
  private static func check(
    seeds first: UInt64, count: Int, write: @escaping (ReferenceProgram, inout SplitMix64) -> WrittenProgram
  ) throws {
    var seed = Seed.chosen.map { $0 &- 1 } ?? first
    var checked = 0
    while checked < (Seed.chosen == nil ? count : 1) {
      seed &+= 1
      guard let agreement = try ProgramAgreement(ProgramGenerator.program(seed: seed, breadth: .wide)) else { continue }
      let differences = { (agreement: ProgramAgreement) in
        var random = SplitMix64(seed: seed)
        return agreement.differences(in: write(agreement.program, &random))
      }
      guard let found = differences(agreement) else { continue }
      checked += 1
      guard let first = found.first else { continue }
      let smallest = ProgramShrinker.shrink(agreement.program) { candidate in
        guard let agreement = try? ProgramAgreement(candidate) else { return false }
        return differences(agreement)?.first.map { $0.kind == first.kind } ?? false
      }
      try report(smallest, seed: seed, differences: differences, write: write)
      return
    }
  }

  private static func report(
    _ program: ReferenceProgram, seed: UInt64, differences: (ProgramAgreement) -> [ProgramAgreement.Difference]?,
    write: (ReferenceProgram, inout SplitMix64) -> WrittenProgram
  ) throws {
    let agreement = try #require(try ProgramAgreement(program))
    var random = SplitMix64(seed: seed)
    let text = write(program, &random).text
    Issue.record(
      "TILTAS_SEED=\(seed)\n\((differences(agreement) ?? []).map(\.description).joined(separator: "\n"))\nin\n\(text)")
  }
}
