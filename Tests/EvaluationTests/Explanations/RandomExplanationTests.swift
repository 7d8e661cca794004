import Diagnostics
import Foundation
import Sessions
import Terms
import TestSupport
import Testing

@Suite("Explanations of random programs", .tellsSeed)
struct RandomExplanationTests {
  /// How many programs of each sort; `TILTAS_RANDOM_PROGRAMS` asks for more than each test run tries.
  private static let count =
    ProcessInfo.processInfo.environment["TILTAS_RANDOM_PROGRAMS"].flatMap { Int($0) } ?? 60

  private static func seeds(_ batch: Int, from first: Int) -> Range<UInt64> {
    let start = UInt64(first + batch * 100_000)
    return start..<start + UInt64(count / 4)
  }

  /// A random program in a session, with the relations that it derives.
  private func program(_ seed: UInt64) throws -> (session: Session, program: ReferenceProgram)? {
    let program = ProgramGenerator.program(seed: seed)
    guard (try? ReferenceEvaluator.relations(of: program, budget: 30_000)) != nil else { return nil }
    let session = Session()
    // Half of them explain what a query demands, which small graphs would never do by themselves.
    if seed % 2 == 0 { session.demandThreshold = 0 }
    try session.load(SourceFile(name: "random.dl", text: ReferencePrinter().source(of: program)))
    if try session.check().diagnostics.contains(where: ProgramAgreement.isRefusal) { return nil }
    return (session, program)
  }

  private func derived(_ program: ReferenceProgram) -> [String] {
    Set(program.rules.map(\.head.relation)).filter { program.arities[$0, default: 0] > 0 }.sorted()
  }

  @Test("what a random program derives is explained by its rules and facts", arguments: 0..<4)
  func explanations(batch: Int) throws {
    var explained = 0
    for seed in Seed.each(Self.seeds(batch, from: 5_000_000)) {
      guard let (session, program) = try program(seed) else { continue }
      for relation in derived(program) {
        let variables = (0..<program.arities[relation, default: 0]).map { "X\($0)" }.joined(separator: ", ")
        let answers = try session.query("\(relation)(\(variables))")
        for row in 0..<min(answers.rowCount, 4) {
          let cells = answers.columns.indices.map { answers.value(row: row, column: $0).description }
          let fact = "\(relation)(\(cells.joined(separator: ", ")))"
          let flaw = try ExplanationChecker(session: session, explanation: session.why(fact)).flaw()
          #expect(flaw == nil, "seed \(seed), \(fact)")
          explained += 1
        }
      }
    }
    #expect(explained > Self.count / 4)
  }

  @Test("why a random program does not derive something is not said falsely", arguments: 0..<4)
  func refutations(batch: Int) throws {
    var refuted = 0
    var random = SplitMix64(usually: UInt64(batch))
    for seed in Seed.each(Self.seeds(batch, from: 6_000_000)) {
      guard let (session, program) = try program(seed) else { continue }
      for relation in derived(program) {
        for _ in 0..<9 {
          let cells = (0..<program.arities[relation, default: 0]).map { _ in "\(random.number(0...6))" }
          let fact = "\(relation)(\(cells.joined(separator: ", ")))"
          if try session.query(fact).holds { continue }
          let refutation = try session.whyNot(fact)
          refuted += 1
          let atom = try Parser.fact(in: SourceFile(name: "<fact>", text: fact))
          let flaw = try RefutationChecker(session: session, refutation: refutation, fact: atom).flaw()
          #expect(flaw == nil, "seed \(seed), \(fact)")
        }
      }
    }
    #expect(refuted > Self.count * 2)
  }
}
