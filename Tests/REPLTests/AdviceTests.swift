import TestSupport
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
    "the command line helps with a question in words, and with a verb in a query, as the shell does",
    arguments: [
      ("Who is Jarošuk?", "look for the name, `tiltas find Jarošuk`; `tiltas help asking` shows how to ask"),
      (
        "what happened in 2013?",
        "`tiltas timeline 2013` tells what happened then; `tiltas help asking` shows how to ask"
      ),
      ("describe klaipeda", "a verb stands alone: `tiltas describe klaipeda`"),
    ])
  func commandLine(_ query: String, _ advice: String) throws {
    let errors = try Program.run(["query", query], in: folder).errors
    #expect(errors.contains("  = help: \(advice)\n"), "\(errors)")
  }

  @Test("a name that is spelt otherwise is suggested, in double quotes as in a command")
  func spelling() throws {
    #expect(
      try help("type x. relation near(person, person).\n?- near(\"Jaroshuk\", X)")
        == "did you mean \"Aleksandr Jarošuk\"?")
    #expect(try help(":describe Jaroshuk") == "did you mean `aleksandr_jarosuk` (Aleksandr Jarošuk)?")
    #expect(try help(":describe qqqq") == "look for it by the beginning of a word, as in `:find qqq`")
  }

  @Test("an id in double quotes is told how it is written")
  func quotedID() throws {
    try folder.write("Graph/letters.dl", "type p. relation letter(p, string). p('Sirvydas, Jonas').\n")
    #expect(
      try help("letter(\"Sirvydas, Jonas\", T)")
        == "in double quotes stands a name; the entity with this id is written 'Sirvydas, Jonas'")
  }

  @Test("`:q` leaves, though `:queries` begins so too")
  func quits() throws {
    let result = try Program.run([], in: folder, input: ":q\n:nothing\n")
    #expect(result.status == 0)
    #expect(result.errors == "")
  }

  @Test(
    "commands of other shells, and commands without their colon, are told as this shell has them",
    arguments: [
      ("\\d partner", ":schema partner"), (".tables", ":schema"), ("show tables;", ":schema"), ("\\q", ":quit"),
      ("exit", ":quit"), ("q", ":quit"), ("quit()", ":quit"), ("\\i more.dl", ":run more.dl"),
      (".timer on", ":timing on"),
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

  @Test(
    "letters and words that nothing is called, and that fill a relation's arguments, are told to be no variables",
    arguments: [("partner(o, p)", "O"), ("partner(klaip, proj)", "Klaip"), ("partner(gintaras, p)", "P")])
  func variables(_ entry: String, _ variable: String) throws {
    #expect(
      try help(entry)
        == "a variable starts with an upper-case letter, `\(variable)`, and an entity is found by its words with X ~ \"…\""
    )
  }

  @Test(
    "EXPLAIN of SQL is told to be :plan",
    arguments: [
      ("EXPLAIN partner(O, P)", ":plan partner(O, P)"), ("EXPLAIN QUERY PLAN partner(O, P)", ":plan partner(O, P)"),
      ("explain analyze partner(O, P)", ":plan --run partner(O, P)"), ("explain", ":plan"),
    ])
  func explain(_ entry: String, _ command: String) throws {
    #expect(try help(entry) == "the shell's commands begin with a colon: `\(command)`")
    let errors = try Program.run(["query", "EXPLAIN partner(O, P)"], in: folder).errors
    #expect(errors.contains("`tiltas plan partner(O, P)`"))
  }

  @Test("a name in quotes that nothing has is told once")
  func unknownName() throws {
    let result = try Program.run(["query", "partner(\"nobody here\", P)"], in: folder)
    #expect(result.errors.split(separator: "\n").count { $0.hasPrefix("error[T402]:") } == 1)
  }

  @Test("an id that is only a word of a name gets the entities with that word, also from a parameter")
  func names() throws {
    #expect(try help("person(jarosuk)") == "did you mean `aleksandr_jarosuk` (Aleksandr Jarošuk)?")
    #expect(
      try help("?- partner(O, P), P = school, O != klaip, partner(gintaras, P).")
        == "did you mean `klaipeda` (Klaipėda)?")
    #expect(try help("?- P = school, partner(vsi, P).") == "did you mean `gintaras` (VšĮ „Gintaras“)?")
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
    #expect(result.errors.hasPrefix("error[T403]: `jarosuk` may be any of these\n"))
    let path = try Program.run([], in: folder, input: ":path gintaras jarosuk\n")
    #expect(path.errors.hasPrefix("error[T403]: `jarosuk` may be any of these\n"))
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
