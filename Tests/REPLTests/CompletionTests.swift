import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Completion", .serialized)
struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "Graph/more.dl": "person(gintare). label(gintare, \"Gintarė Žvirblytė\").\n",
      "Queries/of-project.dl": "param project = school.\n?- partner(Org, $project).\n",
    ])
  }

  private func completes(_ typed: String, _ completed: String) throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type(typed + "\t")
    #expect(terminal.waits(for: completed), "\(terminal.shown)")
  }

  @Test("an argument takes only entities that its type fits, by any word of their names without diacritics")
  func typed() throws {
    // `gintaras` is no person, `gintare` no organisation.
    try completes("person(gin", "gintare")
    try completes("partner(gin", "gintaras")
    try completes("person(zvir", "gintare")
    try completes("partner(gintaras, wat", "water")
  }

  @Test("an entity that was added a moment ago is found, one that was taken back is not")
  func changed() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("person(gin\t")
    #expect(terminal.waits(for: "gintare"))
    terminal.type("\u{15}+person(rasa). +label(rasa, \"Rasa Ąžuolaitė\"). -person(gintare).\r")
    #expect(terminal.waits(for: "added"))
    terminal.type("person(azuol\t")
    #expect(terminal.waits(for: "rasa"))
    terminal.type("\u{15}person(gin\t, X)\r")
    #expect(terminal.waits(for: "person(gin, X)"))
  }

  @Test("keys complete in an annotation, parameters of a saved query after its name, functions in a body")
  func others() throws {
    try completes("partner(A, B) @ {sou", "source:")
    try completes(":run of-project pro", "project=")
    try completes("partner(A, B), starts_", "starts_with")
    try completes(":save-q", "save-query ")
  }
}
