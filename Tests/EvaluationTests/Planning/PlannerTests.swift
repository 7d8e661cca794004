import Diagnostics
import TestSupport
import Testing

@testable import Evaluation

/// What the planner chooses, by sizes that are given.
@Suite("Plans", .tellsSeed)
struct PlannerTests {
  private static let span = SourceSpan(SourceFile(name: "plans.dl", text: ""), 0, 0)

  private static func atom(_ name: String, _ variables: [Int]) -> Literal {
    .atom(ClauseAtom(relation: .named(name), arguments: variables.map { .variable($0) }, span: span))
  }

  /// A planner of a body whose literals read relations of the given sizes.
  private static func planner(
    _ body: [Literal], head: [Int], lastColumn: Int? = nil, sizes: [RelationSize]
  ) -> Planner {
    Planner(body, head: head.map { .variable($0) }, lastColumn: lastColumn) { number, _ in sizes[number]
    }
  }

  /// The variable whose values the cheapest plan emits as sets.
  private static func emitted(_ planner: Planner) -> Int? {
    var node: Int? = planner.plan(bound: [], goal: .emit).plan
    while let number = node {
      if case .emitSet(let variable, _) = planner.nodes[number].operation { return variable }
      node = planner.nodes[number].next
    }
    return nil
  }

  @Test("emit the column as sets that comes as sets where the rows go", arguments: [1, 2])
  func lastColumn(_ last: Int) {
    let body = [Self.atom("r", [0, 1]), Self.atom("s", [0, 2])]
    let sparse = RelationSize(count: 900, distinct: [450, 450])
    let planner = Self.planner(body, head: [0, 1, 2], lastColumn: last, sizes: [sparse, sparse])
    #expect(Self.emitted(planner) == last)
  }

  @Test("emit long sets of another column rather than many sets of few terms")
  func longSets() {
    let body = [Self.atom("few", [0, 1]), Self.atom("many", [1, 2])]
    let sizes = [RelationSize(count: 10, distinct: [10, 10]), RelationSize(count: 10_000, distinct: [10, 1000])]
    let planner = Self.planner(body, head: [0, 1, 2], lastColumn: 0, sizes: sizes)
    #expect(Self.emitted(planner) == 2)
  }

  @Test("cost no more than any order of the variables that begins with a given one", arguments: Seed.each(0..<40))
  func leastCost(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let variables = 0..<random.number(3...5)
    let body = (0..<random.number(2...5)).map { number in
      Self.atom("r\(number)", [random.number(0...variables.count - 1), random.number(0...variables.count - 1)])
    }
    let sizes = body.map { _ in
      let distinct = (0..<2).map { _ in Double(random.number(1...3000)) }
      return RelationSize(count: Double(random.number(3000...30_000)), distinct: distinct)
    }
    let spoken = body.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
    let head = spoken.sorted()
    let best = Self.planner(body, head: head, sizes: sizes).plan(bound: [], goal: .emit).cost
    for first in head {
      #expect(best <= Self.planner(body, head: head, sizes: sizes).plan(bound: [], goal: .emit, first: first).cost)
    }
  }
}
