import Sessions
import Testing

/// The second reading of the record: `Reading.tsv` says for each of its lines what stands there and which facts hold it.
@Suite("The reading, line by line")
struct ReadingTests {
  private struct Line {
    var number: Int
    var says: String
    var facts: [String]
  }

  private func lines() throws -> [Line] {
    try ProjectFolder.lines("\(ProjectFolder.tests)/Reading.tsv").dropFirst().map { row in
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let facts = fields[2].isEmpty ? [] : Self.split(fields[2])
      return Line(number: try #require(Int(fields[0])), says: fields[1], facts: facts)
    }
  }

  /// The facts between the semicolons that stand outside of strings.
  private static func split(_ text: String) -> [String] {
    var facts: [String] = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == ";" && !isQuoted { facts.append("") } else { facts[facts.count - 1].append(character) }
    }
    return facts
  }

  @Test("all 95 lines were read, and each that is not empty has a fact")
  func complete() throws {
    let lines = try lines()
    #expect(lines.map(\.number) == Array(1...95))
    for line in lines { #expect((line.says == "empty") == line.facts.isEmpty, "line \(line.number)") }
    #expect(lines.count { !$0.facts.isEmpty } == 61)
  }

  @Test("each fact of the reading is in the graph, by a statement that rests on its line")
  func held() throws {
    let session = try ProjectFolder.session()
    for line in try lines() {
      for fact in line.facts {
        #expect(try session.query("\(fact) @ {line: \(line.number)}").holds, "line \(line.number): \(fact)")
      }
    }
  }

  @Test("every statement of the graph rests on a line that says something")
  func rests() throws {
    let spoken = Set(try lines().filter { !$0.facts.isEmpty }.map(\.number))
    let graph = try ProjectFolder.session().graph
    let key = try #require(graph.terms.find(.name("line")))
    var resting: Set<Int> = []
    for name in graph.relationNames {
      for set in graph.relation(named: name)?.statements.annotations ?? [] {
        if let line = graph.annotationSets.value(of: key, in: set).flatMap({ graph.terms.integer($0) }) {
          resting.insert(Int(line))
        }
      }
    }
    #expect(resting == spoken)
  }
}
