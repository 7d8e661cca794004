import Diagnostics
import Foundation
import Sessions
import Terms
import Testing

@Suite("Updates of random programs")
struct RandomUpdateTests {
  /// How many programs; `TILTAS_RANDOM_PROGRAMS` asks for more than each test run tries.
  private static let count =
    (ProcessInfo.processInfo.environment["TILTAS_RANDOM_PROGRAMS"].flatMap { Int($0) } ?? 200) / 4

  private func rows(_ session: Session, _ query: String) throws -> [String] {
    let answers = try session.query(query)
    return (0..<answers.rowCount).map { row in
      answers.columns.indices.map { answers.value(row: row, column: $0).description }.joined(separator: " ")
    }
  }

  @Test("what `add` states of a body is what the body answers, and `remove` takes it back", arguments: 0..<4)
  func updates(batch: Int) throws {
    var compared = 0
    for seed in (0..<UInt64(Self.count)).map({ 8_000_000 + UInt64(batch) * 100_000 + $0 }) {
      let program = ProgramGenerator.program(seed: seed, breadth: .wide)
      guard (try? ReferenceEvaluator.relations(of: program, budget: 30_000)) != nil else { continue }
      let session = Session()
      try session.load(SourceFile(name: "random.dl", text: ReferencePrinter().source(of: program)))
      if try session.check().diagnostics.contains(where: ProgramAgreement.isRefusal) { continue }
      let printer = ReferencePrinter()
      for (number, query) in program.queries.enumerated() where !query.columns.isEmpty {
        let copy = "copied_\(number)"
        let columns = Array(Set(query.columns)).sorted().map(printer.variable).joined(separator: ", ")
        let body = printer.source(of: query.body)
        guard let expected = try? rows(session, "\(body) | select \(columns)") else {
          #expect(throws: Diagnostic.self, "seed \(seed): \(body)") {
            _ = try session.enter("add \(copy)(\(columns)) :- \(body).") { _ in }
          }
          continue
        }
        _ = try session.enter("add \(copy)(\(columns)) :- \(body).") { _ in }
        let copied = expected.isEmpty ? [] : try rows(session, "\(copy)(\(columns))")
        #expect(copied == expected, "seed \(seed): \(body)")
        _ = try session.enter("remove \(copy)(\(columns)) :- \(copy)(\(columns)).") { _ in }
        #expect(session.graph.relation(named: copy)?.factCount ?? 0 == 0, "seed \(seed): \(body)")
        _ = try session.undo()
        _ = try session.undo()
        compared += 1
      }
    }
    #expect(compared > Self.count / 2)
  }
}
