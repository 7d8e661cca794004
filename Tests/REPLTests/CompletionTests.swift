import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Completion", .serialized)
struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "Graph/more.dl": "person(gintare). label(gintare, \"Gintarė Žvirblytė\").\n"
        + "relation letter(id: string, sender: person).\n",
      "Queries/of-project.dl":
        "% Who is in a project?\nparam project = school \"which one\".\nparam proof = 1.\n?- partner(Org, $project).\n",
      "Queries/of-person.dl": "% What is with a person?\n?- person(P).\n",
      "Lentelės/viena su tarpais.tsv": "a\n", "Lentelės/kita.tsv": "a\n",
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

  @Test("the name of a column completes, and behind it what fits its type")
  func columns() throws {
    try completes("letter(sen", "sender:")
    try completes("letter(id: I, sender: gin", "gintare")
    try completes("letter(sender: gin", "gintare")
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
    try completes(":run of-project proj", "project=")
    try completes("partner(A, B), starts_", "starts_with")
    try completes(":save-q", "save-query ")
  }

  private func lists(_ typed: String, _ lines: [String], columns: UInt16 = 80) throws {
    let terminal = try Terminal([], in: folder, environment: ["NO_COLOR": "1"], columns: columns)
    #expect(terminal.waits(for: "?- "))
    // The first completes as far as all agree, the last lists.
    terminal.type(typed + "\t\t\t")
    #expect(terminal.waits(for: lines.map { $0 + "\r\n" }.joined()), "\(terminal.shown)")
    #expect(terminal.waits(for: "?- "))
  }

  @Test("entities are listed with their labels, those first whose id begins so")
  func labels() throws {
    try folder.write("Graph/more.dl", "person(gint_a). person(petras_b).\nlabel(petras_b, \"Petras Gintautas\").\n")
    try lists("person(gint", ["gint_a", "petras_b  Petras Gintautas"])
  }

  @Test("relations are listed with what they take, functions and aggregates with their forms")
  func declarations() throws {
    try folder.write("Graph/rules.dl", "partly(A, B) :- partner(A, B).\ntype patron : person.\n")
    try lists(
      "pa",
      ["partly   (A, B)  by rules", "partner  (organisation, project)", "patron   type : person", "param"])
    try lists("sta", ["start        start(DATE)", "starts_with  starts_with(TEXT, TEXT)"])
    try lists(
      "N = m",
      [
        "matches  matches(TEXT, TEXT)", "max      max(VALUE, VALUE)  max{ N : BODY }  the greatest",
        "min      min(VALUE, VALUE)  min{ N : BODY }  the least", "month    month(DATE)",
      ])
  }

  @Test("commands, saved queries and their parameters are listed with what they mean")
  func meanings() throws {
    try lists(
      ":ti",
      [
        "timeline  what happened, in order", "timing    show how long each answer takes",
      ])
    try lists(":run of", ["of-person   What is with a person?", "of-project  Who is in a project?"])
    try lists(":run of-project pro", ["project  = school  which one", "proof    = 1"])
    try completes(":run of-project project=wat", "project=water ")
  }

  @Test("in quotes stand names where an entity is expected, and ids")
  func quoted() throws {
    try completes("partner(\"vsi", "VšĮ „Gintaras“\"")
    try completes(":describe 'jaros", "Aleksandr Jarošuk'")
    try completes("partner('ginta", "partner('gintaras'")
  }

  @Test("paths complete folder by folder, with quotes around one with spaces")
  func files() throws {
    try completes(":load Len", ":load Lentelės/")
    try completes(":load Lentelės/v", "'Lentelės/viena su tarpais.tsv' ")
    try completes(":output \"Lentelės/v", ":output \"Lentelės/viena su tarpais.tsv\"")
    try lists(":load Lentelės/", ["kita.tsv", "viena su tarpais.tsv"], columns: 30)
    try completes("include \"Graph/gr", "include \"Graph/graph.dl\"")
  }

  @Test("what is told beside a candidate is dimmed where colours are on")
  func dimmed() throws { try completes(":ti\t\t", "timing    \u{1B}[2mshow how long each answer takes\u{1B}[0m") }

  @Test("a list fits a narrow terminal and one that is low")
  func narrow() throws {
    let label = String(repeating: "ilgas ", count: 10)
    try folder.write("Graph/more.dl", "person(gint_a). person(gint_b). label(gint_a, \"\(label)\").\n")
    try lists("person(gint", ["gint_a  ilgas ilgas ilgas ilgas ilgas …", "gint_b"], columns: 40)
    let many = (10...50).map { "person(asmuo_\($0)). label(asmuo_\($0), \"Asmuo \($0)\").\n" }.joined()
    try folder.write("Graph/more.dl", many)
    try lists("person(asmuo", ["asmuo_29  Asmuo 29", "and 21 more: type another letter"])
  }
}
