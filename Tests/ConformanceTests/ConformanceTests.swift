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
      let outcome = try ConformanceOutcome(of: conformanceCase, demanding: demanding)
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

  @Test("there are at least 150 cases")
  func number() {
    #expect(ConformanceCase.all.count >= 150)
  }

  @Test("each pending case exists")
  func pending() {
    #expect(ConformanceCase.pending.subtracting(ConformanceCase.all.map(\.name)) == [])
  }
}
