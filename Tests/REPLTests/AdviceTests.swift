import Testing

@Suite("Advice for entries that cannot be carried out")
struct AdviceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph(["Queries/projects-of.dl": "param who = gintaras.\n?- partner($who, P).\n"])
  }

  private func help(_ entry: String) throws -> String {
    let errors = try Program.run([], in: folder, input: entry + "\n").errors
    return errors.split(separator: "\n").first { $0.contains("= help: ") }.map { $0.split(separator: "help: ")[1] }
      .map(String.init) ?? errors
  }

  private static let more = "; `:queries` lists questions that are answered, `:tour` shows how to ask"

  @Test(
    "a question in words is answered with what looks for the name or the year in it",
    arguments: [
      ("Who is Jarošuk?", "look for the name, `:find Jarošuk`"),
      ("Kas yra Aleksandr Jarošuk?", "look for the name, `:find Aleksandr Jarošuk`"),
      ("kur yra klaipeda", "look for the name, `:find klaipeda`"), ("Jarošuk", "look for the name, `:find Jarošuk`"),
      ("what happened in 2013?", "`:timeline 2013` tells what happened then"),
      ("how many are there", "`:find WORDS` looks for a name"),
    ])
  func questions(_ entry: String, _ advice: String) throws { #expect(try help(entry) == advice + Self.more) }

  @Test(
    "commands of other shells, and commands without their colon, are told as this shell has them",
    arguments: [
      ("\\d partner", ":schema partner"), (".tables", ":schema"), ("show tables;", ":schema"), ("\\q", ":quit"),
      ("exit", ":quit"), ("\\i more.dl", ":run more.dl"), (".timer on", ":timing on"),
      ("describe klaipeda", ":describe klaipeda"), ("path klaipeda gintaras", ":path klaipeda gintaras"),
      ("find jaros", ":find jaros"),
    ])
  func habits(_ entry: String, _ command: String) throws {
    #expect(try help(entry) == "the shell's commands begin with a colon: `\(command)`")
  }

  @Test(
    "a command of other shells behind a colon is told as this shell has it",
    arguments: [(":tables", ":schema"), (":exit", ":quit"), (":dt", ":schema"), (":read more.dl", ":run")])
  func foreign(_ entry: String, _ command: String) throws { #expect(try help(entry) == "did you mean `\(command)`?") }

  @Test("a function behind a point is told as it is written here")
  func points() throws {
    #expect(
      try help("budget(P, B), B.year = 2013") == "a function takes what it is of in parentheses: `year(B)`")
  }

  @Test("an id that is only a word of a name gets the entities with that word, also from a parameter")
  func names() throws {
    #expect(try help("person(jarosuk)") == "did you mean `aleksandr_jarosuk` (Aleksandr Jarošuk)?")
    #expect(
      try help("?- partner(O, P), P = school, O != klaip, partner(vsi, P).")
        == "did you mean `gintaras` (VšĮ „Gintaras“)?")
    #expect(try help(":run projects-of who=vsi") == "did you mean `gintaras` (VšĮ „Gintaras“)?")
  }

  @Test("a relation that nothing resembles is sought in the schema, a saved query by its nearest name")
  func relations() throws {
    #expect(
      try help("zzzz(X)")
        == "`:schema` lists the relations; to make a new one, state a fact of it or define it by a rule")
    #expect(try help(":run project-of") == "did you mean `:run projects-of`?")
  }

  @Test("where a name may mean several entities, they are listed for a number to choose one")
  func ambiguous() throws {
    try folder.write("Graph/more.dl", "person(zana). label(zana, \"Žana Jarošuk\").\n")
    let result = try Program.run([], in: folder, input: ":describe jarosuk\n")
    #expect(
      result.output
        == "Entity\tName\tType\naleksandr_jarosuk\tAleksandr Jarošuk\tperson\nzana\tŽana Jarošuk\tperson\n")
    #expect(result.errors.hasPrefix("error: `jarosuk` may be any of these\n"))
    let path = try Program.run([], in: folder, input: ":path gintaras jarosuk\n")
    #expect(path.errors.hasPrefix("error: `jarosuk` may be any of these\n"))
  }
}

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Advice in a terminal", .serialized)
struct AdviceTerminalTests {
  @Test("a month that nothing bears exactly is told from what lies within it, and a number chooses of what was listed")
  func within() throws {
    let folder = try TemporaryFolder.withGraph([
      "Graph/more.dl":
        "relation held_on(project, date). held_on(school, 2011-05-03).\nperson(zana). label(zana, \"Žana Jarošuk\").\n"
    ])
    let terminal = try Terminal([], in: folder, columns: 200)
    #expect(terminal.waits(for: "?- "))
    terminal.type("held_on(E, 2011-05)\r")
    #expect(
      terminal.waits(for: "note: 2011-05 matches this date alone; `during(D, 2011-05)` takes all that lies within"))
    terminal.type("held_on(E, D), during(D, 2011-05)\r")
    #expect(terminal.waits(for: "(1 row)"))
    terminal.type(":describe jarosuk\r")
    #expect(terminal.waits(for: "write the id or the number of one"))
    terminal.type(":describe 2\r")
    #expect(terminal.waits(for: "Žana Jarošuk (zana), person"))
  }
}
