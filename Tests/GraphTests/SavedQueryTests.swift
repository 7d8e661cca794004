import Sessions
import Testing

/// Each saved query gives the answer that was read from the record by hand, `Answers/NAME.tsv`.
@Suite("Saved queries")
struct SavedQueryTests {
  @Test("a saved query gives the answer that was read from the record", arguments: ProjectFolder.queries)
  func answer(_ name: String) throws {
    var given: [String] = []
    try ProjectFolder.session().run(path: "\(ProjectFolder.root)/Queries/\(name).dl") { given += $0.lines }
    #expect(given == (try ProjectFolder.lines("\(ProjectFolder.tests)/Answers/\(name).tsv")))
  }

  @Test("a saved query says how it is run, and then what it asks", arguments: ProjectFolder.queries)
  func opening(_ name: String) throws {
    let lines = try ProjectFolder.lines("\(ProjectFolder.root)/Queries/\(name).dl")
    #expect(lines[0] == "#!/usr/bin/env -S tiltas run")
    #expect(lines[1].hasPrefix("% "))
  }

  @Test("there are queries for the questions of the graph's description and ten more")
  func number() { #expect(ProjectFolder.queries.count >= 18) }

  @Test("the Klaipėda city administration is a partner of projects 2 and 5, on lines 89 and 92")
  func firstQuestion() throws {
    var given: [String] = []
    try ProjectFolder.session().run(path: "\(ProjectFolder.root)/Queries/partners-on-several-projects.dl") {
      given += $0.lines
    }
    #expect(
      given == [
        "Org\tN\tNumber\tProject\tLine", "klaipeda_administration\t2\t2\twater_quality\t89",
        "klaipeda_administration\t2\t5\tservices_for_people\t92",
      ])
  }
}
