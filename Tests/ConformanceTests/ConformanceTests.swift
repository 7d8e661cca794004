import Foundation
import Testing

@Suite("Conformance")
struct ConformanceTests {
  @Test("a program gives the answers and the errors that its file states", arguments: ConformanceCase.all)
  func program(_ conformanceCase: ConformanceCase) throws {
    if ConformanceCase.pending.contains(conformanceCase.name) {
      withKnownIssue("pending") { try check(conformanceCase) }
    } else {
      try check(conformanceCase)
    }
  }

  private func check(_ conformanceCase: ConformanceCase) throws {
    for demanding in [false, true] {
      let threads = demanding ? 2 : 1
      let outcome = try ConformanceOutcome(of: conformanceCase, demanding: demanding, threads: threads)
      let differences = outcome.differences(from: conformanceCase)
      if differences.isEmpty { continue }
      let report = differences.joined(separator: "\n")
      Issue.record(
        "\(conformanceCase.name)\(demanding ? ", as demanded" : ""): \(conformanceCase.rule ?? "")\n\(report)")
    }
  }

  @Test("each case states its rule first, and something that is expected", arguments: ConformanceCase.all)
  func form(_ conformanceCase: ConformanceCase) {
    #expect(conformanceCase.rule != nil, "the first line of \(conformanceCase.name) is to be a comment, `% …`")
    #expect(conformanceCase.expectsSomething, "\(conformanceCase.name) expects nothing")
    #expect(conformanceCase.malformed == [], "\(conformanceCase.name) has lines that cannot be read")
  }

  @Test("there are at least 400 cases")
  func number() {
    #expect(ConformanceCase.all.count >= 400)
  }

  @Test("the index lists every case, and only cases")
  func index() throws {
    let text = try String(contentsOf: ConformanceCase.folder.appendingPathComponent("INDEX.md"), encoding: .utf8)
    let entries = text.components(separatedBy: "\n").filter { $0.hasPrefix("- ") }.flatMap { line in
      (line.components(separatedBy: ": ").last ?? "").components(separatedBy: ", ")
    }
    let names = Set(ConformanceCase.all.map(\.name))
    let topics = Set(entries.filter { $0.hasSuffix("/*") }.map { String($0.dropLast()) })
    let listed = Set(entries.filter { !$0.hasSuffix("/*") })
    #expect(listed.subtracting(names) == [])
    #expect(topics.filter { topic in !names.contains { $0.hasPrefix(topic) } } == [])
    #expect(names.filter { name in !listed.contains(name) && !topics.contains { name.hasPrefix($0) } } == [])
  }

  @Test("each pending case exists")
  func pending() {
    #expect(ConformanceCase.pending.subtracting(ConformanceCase.all.map(\.name)) == [])
  }
}
