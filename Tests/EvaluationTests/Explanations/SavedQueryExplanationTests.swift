import Diagnostics
import Glibc
import Sessions
import Testing

@Suite("Explanations of the saved queries")
struct SavedQueryExplanationTests {
  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }

  private static func session() throws -> Session {
    let session = Session()
    try session.load(path: root + "/Graph")
    return session
  }

  private static let queries: [String] = {
    guard let folder = opendir(root + "/Queries") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".dl") { names.append(name) }
    }
    return names.sorted()
  }()

  @Test("there are saved queries")
  func number() { #expect(Self.queries.count > 20) }

  @Test("each answer of each saved query is explained down to lines of the record", arguments: queries)
  func savedQueries(_ name: String) throws {
    let session = try Self.session()
    var answers: [Answers] = []
    try session.run(path: "\(Self.root)/Queries/\(name)") { answers.append($0) }
    for answer in answers {
      for row in 0..<max(answer.rowCount, answer.columns.isEmpty && answer.holds ? 1 : 0) {
        let explanation = try #require(try session.why(answer, row: row))
        #expect(try ExplanationChecker(session: session, explanation: explanation).flaw() == nil)
        for case .stated(let statements) in explanation.nodes.map(\.reason) {
          #expect(!statements.isEmpty)
          #expect(statements.allSatisfy { $0.contains { $0.key == "line" } })
        }
      }
    }
  }

  @Test("a fact is explained by its statements, and what is not a fact is not")
  func facts() throws {
    let session = try Self.session()
    let explanation = try session.why("holds(aleksandr_jarosuk, mayor_of_kaliningrad)")
    guard case .stated(let statements) = explanation.nodes[0].reason else {
      Issue.record("it is stated")
      return
    }
    #expect(
      statements.map { $0.map { "\($0.key): \($0.value.plainText)" } } == [
        ["source: report", "line: 6", "at: 2010-06-08"], ["source: report", "line: 19", "at: 2011-10-10"],
      ])
    #expect(throws: Diagnostic.self) { try session.why("partner(gorky_school, water_quality)") }
  }

  @Test(
    "what does not hold of the graph is followed to conditions that fail", arguments: ["met", "attended", "colleague"])
  func refutations(_ relation: String) throws {
    let session = try Self.session()
    for file in ["people", "organisations", "events"] {
      try session.load(path: "\(Self.root)/Queries/rules/\(file).dl")
    }
    let arity = relation == "attended" ? 2 : 3
    let people = try session.query("person(P) | limit 12")
    let others = try session.query(relation == "colleague" ? "organisation(O) | limit 4" : "event(E) | limit 4")
    for row in 0..<96 {
      let first = people.value(row: row % 12, column: 0)
      let second = people.value(row: (row / 3 + 1) % 12, column: 0)
      let last = others.value(row: row % 4, column: 0)
      let arguments = (arity == 3 ? [first, second, last] : [first, last]).map(\.description).joined(separator: ", ")
      let fact = "\(relation)(\(arguments))"
      if try session.query(fact).holds { continue }
      let atom = try Parser.fact(in: SourceFile(name: "<fact>", text: fact))
      let flaw = try RefutationChecker(session: session, refutation: session.whyNot(fact), fact: atom).flaw()
      #expect(flaw == nil, "\(fact)")
    }
  }

  @Test("what does not hold is followed to the condition that failed, and to what is near")
  func refutation() throws {
    let session = try Self.session()
    try session.load(path: Self.root + "/Queries/rules/people.dl")
    let refutation = try session.whyNot("met(vaclav_stankevic, a_vizgirda, reception_2011)")
    #expect(refutation.attempts.count == 1)
    #expect(
      refutation.attempts[0].reached == ["person(vaclav_stankevic)", "was_at(vaclav_stankevic, reception_2011)"])
    #expect(refutation.attempts[0].failed == "was_at(a_vizgirda, reception_2011)")
    #expect(refutation.attempts[0].near.first == "was_at(a_vizgirda, festival_cultural_programme_2013)")
    #expect(throws: Diagnostic.self) { try session.whyNot("person(a_vizgirda)") }
  }
}
