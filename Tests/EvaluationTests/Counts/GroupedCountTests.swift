import Diagnostics
import SessionSupport
import Sessions
import TestSupport
import Testing

@Suite("Grouped counts without rows", .tellsSeed)
struct GroupedCountTests {
  @Test(
    "a count for each value of variables outside is the number of rows with that value", arguments: Seed.each(0..<3))
  func groups(seed: UInt64) throws {
    let session = Session()
    var source = RandomFacts(seed: seed, count: 150, nodes: seed % 2 == 0 ? 100 : 60).source
    var rules: [(group: [String], counted: [String], number: Int)] = []
    for (number, shape) in RandomConjunction.Shape.allCases.enumerated() where shape != .apart {
      var conjunction = RandomConjunction(shape, seed: seed &* 100 &+ UInt64(number))
      let variables = conjunction.someVariables(atLeast: 3)
      let group = Array(variables.prefix(1 + number % 2))
      let counted = Array(variables.dropFirst(group.count))
      let domain = group.map { "v(\($0))" }.joined(separator: ", ")
      let head = group.joined(separator: ", ")
      source += "rows\(number)(\(variables.joined(separator: ", "))) :- \(conjunction.body).\n"
      source +=
        "counts\(number)(\(head), N) :- \(domain), N = count{ \(counted.joined(separator: ", ")) : \(conjunction.body) }.\n"
      rules.append((group, counted, number))
    }
    source += "v(X) :- e(X, _). v(X) :- f(_, X).\n"
    try session.load(SourceFile(name: "groups.dl", text: source))
    for rule in rules where !rule.counted.isEmpty {
      var expected: [[String]: Int] = [:]
      let rows = try session.query("rows\(rule.number)(\((rule.group + rule.counted).joined(separator: ", ")))")
      for row in rows.texts { expected[Array(row.prefix(rule.group.count)), default: 0] += 1 }
      let counts = try session.query("counts\(rule.number)(\(rule.group.joined(separator: ", ")), N), N > 0")
      let given = counts.texts.map { (Array($0.dropLast()), Int($0[rule.group.count]) ?? -1) }
      #expect(
        Dictionary(given) { first, _ in first } == expected.filter { Self.isInDomain($0.key, session) },
        "\(source.suffix(900))")
    }
  }

  @Test("of solutions that hold a count of their own each is counted")
  func countWithin() throws {
    let session = Session()
    try session.load(
      SourceFile(name: "within.dl", text: "p(1). p(2). p(3). e(1, 5). e(1, 6). e(2, 5). f(5, 7). f(5, 8)."))
    let query = "M = count{ X, N : p(X), N = count{ Y, Z : e(X, Y), f(Y, Z) } }"
    #expect(try session.query(query).texts == [["3"]])
  }

  private static func isInDomain(_ group: [String], _ session: Session) -> Bool {
    group.allSatisfy { (try? session.query("v(\($0))").holds) == true }
  }
}
