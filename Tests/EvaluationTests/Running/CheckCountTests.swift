import Diagnostics
import Sessions
import Testing

@testable import Evaluation

/// Rows in error are looked for by plans in which some literals fail. How many these are grows with how differently rows fail.
@Suite("Plans for rows in error")
struct CheckCountTests {
  /// A relation of as many rows as there are conditions: which of them fail for a row is given by a function.
  private static func plans(_ count: Int, _ fails: (_ row: Int, _ condition: Int) -> Bool) throws -> Int {
    let engine = Engine(
      Graph(),
      files: FileAccess(
        source: { try Session.source($0) }, table: { _, _, _, _, _ in [] }, resolve: { path, _ in path },
        canonical: { $0 }),
      interruption: Interruption())
    let facts = (0..<count).map { row in
      "p(\(row), " + (0..<count).map { fails(row, $0) ? "0" : "1" }.joined(separator: ", ") + "). z(\(row))."
    }
    try engine.knowledge.load([SourceFile(name: "rows.dl", text: facts.joined(separator: "\n"))])
    let columns = (0..<count).map { "X\($0)" }
    let conditions = columns.map { "1 / \($0) > 0" }.joined(separator: ", ")
    // What rules each row out is known last of all.
    let others = columns.map { "Z != \($0)" }.joined(separator: ", ")
    let guarding = "N = count{ Z : z(Z), Z < K, \(others) }, N > 100"
    let query = "p(K, \(columns.joined(separator: ", "))), \(conditions), \(guarding)"
    let answers = try engine.answer(Parser.query(in: SourceFile(.query, text: query)))
    #expect(answers.rowCount == 0)
    return try engine.watched { $0.computations.checks }
  }

  @Test(
    "there are no more than pairs of conditions where each row fails from another one on", arguments: [5, 10, 15])
  func ascending(count: Int) throws {
    #expect(try Self.plans(count) { $1 >= $0 } <= count * (count + 1) / 2)
    #expect(try Self.plans(count) { $1 <= $0 } <= count * (count + 1) / 2)
  }

  @Test("there are no more than pairs of conditions where each row fails but for one of them", arguments: [5, 10, 15])
  func allButOne(count: Int) throws {
    #expect(try Self.plans(count) { $0 != $1 } <= count * (count + 1) / 2)
  }

  @Test("there are some for each way in which a row fails", arguments: [5, 10, 15])
  func mixed(count: Int) throws {
    var state: UInt64 = 1
    let pattern = (0..<count * count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 63 == 0
    }
    #expect(try Self.plans(count) { pattern[$0 * count + $1] } <= 2 * count * count)
  }
}
