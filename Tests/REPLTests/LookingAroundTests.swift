import TestSupport
import Testing

/// What readers see of much, of namesakes, of what rules infer and of the words of a source.
@Suite("Looking around")
struct LookingAroundTests {
  private func output(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let result = try Program.run(arguments, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  // MARK: Hubs

  private static let hub =
    "type person. type city.\nrelation based_in(person, city). relation twin(city, city).\n"
    + "city(riga). city(gdansk). twin(riga, gdansk). label(riga, \"Rīga\").\n"
    + (1...300).map { "person(p\($0)). based_in(p\($0), riga).\n" }.joined()

  @Test("`describe` of a hub has ten facts of each relation, how many there are and how to see them")
  func describeHub() throws {
    let folder = try TemporaryFolder(["Graph/hub.dl": Self.hub])
    #expect(
      try output(["describe", "riga", "--format", "table"], in: folder) == """
        Rīga (riga), city

        twin …
          gdansk

        … based in (300)
          p1
          p2
          p3
          p4
          p5
          p6
          p7
          p8
          p9
          p10
          … 290 more: based_in(X, riga)

        `--all` behind the name shows all

        """)
    let all = try output(["describe", "riga", "--all", "--format", "table"], in: folder)
    #expect(all.split(separator: "\n").count == 304)
    #expect(try Program.run(["--format", "table"], in: folder, input: ":describe riga --all\n").output == all)
    #expect(try output(["describe", "riga", "--no-header"], in: folder).split(separator: "\n").count == 302)
  }

  @Test("`near`, `draw` and `find` show a screenful and how much there is besides; programs get all of `near`")
  func nearHub() throws {
    let folder = try TemporaryFolder([
      "Graph/hub.dl": Self.hub + (1...300).map { "label(p\($0), \"Hub \($0)\").\n" }.joined()
    ])
    let near = try Program.run(["near", "riga", "--format", "table"], in: folder)
    #expect(near.output.split(separator: "\n").count == 45)
    #expect(near.errors == "40 of 301 are shown; besides 261 by based_in; `--all` shows all\n")
    #expect(try output(["near", "riga", "--no-header"], in: folder).split(separator: "\n").count == 301)
    let drawn = try Program.run(["draw", "riga"], in: folder)
    #expect(drawn.output.split(separator: "\n").count == 40)
    #expect(drawn.output.contains("twin: gdansk"))
    #expect(drawn.errors == "40 of 302 are drawn: the nearest, by the rarest relations, with the fewest facts\n")
    let found = try Program.run(["find", "hub", "--format", "table"], in: folder)
    #expect(found.errors == "50 of 300 are shown: another word narrows it down\n")
  }

  @Test("types have the same colours from picture to picture, and a legend tells them")
  func colours() throws {
    let folder = try TemporaryFolder(["Graph/hub.dl": Self.hub])
    let wide = try output(["draw", "gdansk", "--format", "dot"], in: folder)
    let narrow = try output(["draw", "p1", "--format", "dot"], in: folder)
    for picture in [wide, narrow] {
      #expect(picture.contains("<TD BGCOLOR=\"#fbe3c8\">city</TD>"))
      #expect(picture.contains("n1 [label=\"Rīga\", fillcolor=\"#fbe3c8\""))
    }
    #expect(!wide.contains("person"))
    #expect(narrow.contains("<TD BGCOLOR=\"#dbe9f6\">person</TD>"))
    #expect(try output(["draw", "p1", "--format", "mermaid"], in: folder).contains("l1[\"city\"]:::t1"))
  }

  // MARK: Namesakes

  private static let zofias = """
    type person. relation knows(person, person). relation born(person, date).
    person(zofia_1). person(zofia_2). person(jan). label(zofia_1, "Zofia Müller"). label(zofia_2, "Zofia Müller").
    label(jan, "Jan"). knows(jan, zofia_1). knows(jan, zofia_2). born(zofia_1, 1871-02-03). born(zofia_2, 1890-01-01).

    """

  @Test("where an answer has two entities of one name, their ids stand beside it; other names stay as they are")
  func homonyms() throws {
    let folder = try TemporaryFolder(["Graph/zofias.dl": Self.zofias])
    let query = "person(X)"
    let names = ["Jan", "Zofia Müller (zofia_1)", "Zofia Müller (zofia_2)"]
    #expect(
      try output(["query", query, "--format", "list"], in: folder)
        == names.map { "X: \($0)\n" }.joined(separator: "\n"))
    #expect(
      try output(["query", query, "--labels", "--no-header"], in: folder) == names.map { "\($0)\n" }.joined())
    #expect(try output(["query", query, "--no-header"], in: folder) == "jan\nzofia_1\nzofia_2\n")
    #expect(try output(["query", "X = zofia_1, person(X)", "--labels", "--no-header"], in: folder) == "Zofia Müller\n")
    let described = try output(["describe", "jan", "--format", "table"], in: folder)
    #expect(described.contains("  Zofia Müller (zofia_1)\n  Zofia Müller (zofia_2)\n"))
  }

  @Test("candidates are listed with what tells them apart")
  func candidates() throws {
    let folder = try TemporaryFolder(["Graph/zofias.dl": Self.zofias])
    let found = try output(["find", "zofia", "--format", "list"], in: folder)
    #expect(
      found == """
        Entity: zofia_1
        Name: Zofia Müller
        Type: person
        Known for: born 1871-02-03

        Entity: zofia_2
        Name: Zofia Müller
        Type: person
        Known for: born 1890-01-01

        """)
    #expect(try output(["find", "zofia", "--no-header"], in: folder).hasPrefix("zofia_1\tZofia Müller\tperson\n"))
    let unclear = try Program.run(["describe", "zofia"], in: folder).errors
    #expect(
      unclear.hasSuffix(
        """
         = help: write the id of one
         = note: zofia_1: Zofia Müller; born 1871-02-03
         = note: zofia_2: Zofia Müller; born 1890-01-01

        """))
    let query = try Program.run(["query", "knows(jan, \"zofia muller\")"], in: folder).errors
    #expect(query.contains("write which one: zofia_1 (born 1871-02-03), zofia_2 (born 1890-01-01)"))
  }

  // MARK: What rules infer

  private static let visits = """
    type person. type event. relation attended(person, event). relation hosted(person, event).
    relation held_on(event, date).
    attended(P, E) :- hosted(P, E).
    person(ona). event(visit). event(talk). attended(ona, talk) @ {source: record, line: 3}. hosted(ona, visit).
    held_on(visit, 2013-02-14). held_on(talk, 2012-05).

    """

  @Test("what rules infer is marked, and a legend tells what the mark means and whose a date in parentheses is")
  func marks() throws {
    let folder = try TemporaryFolder(["Graph/visits.dl": Self.visits])
    #expect(
      try output(["describe", "ona", "--format", "table"], in: folder) == """
        ona, person

        attended …
          (2012-05)  talk  [record 3]
          (2013-02-14)  visit°

        hosted …
          (2013-02-14)  visit

        a date in parentheses is that of the event
        ° inferred by a rule; ?why tells

        """)
    #expect(
      try output(["describe", "ona", "--no-header"], in: folder) == """
        2012-05\tattended\tona\ttalk\trecord\t3\t\ttalk\tstated
        2013-02-14\tattended\tona\tvisit\t\t\t\tvisit\tinferred
        2013-02-14\thosted\tona\tvisit\t\t\t\tvisit\tstated
        \tperson\tona\t\t\t\t\t\tstated

        """)
    let timeline = try Program.run(["timeline", "ona", "--format", "table"], in: folder)
    #expect(timeline.output.contains("(2013-02-14) │ visit │ attended° │"))
    #expect(timeline.errors == "a date in parentheses is that of the event\n° inferred by a rule; ?why tells\n")
    let plain = try Program.run(
      ["describe", "ona", "--format", "table"], in: folder, environment: ["LC_ALL": "C"])
    #expect(plain.output.contains("visit*\n") && plain.output.contains("* inferred by a rule; ?why tells"))
  }

  @Test("a rule that is wrong is told of once, beside what is stated")
  func wrongRule() throws {
    let folder = try TemporaryFolder(["Graph/visits.dl": Self.visits + "late(X, Y) :- person(X), Y = 1 / 0.\n"])
    let result = try Program.run(["describe", "ona", "--format", "table"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("talk  [record 3]"))
    #expect(result.errors == "note: what rules infer of `late` is not shown: 1 / 0: division by zero\n")
  }

  // MARK: The words of a source

  @Test("`source` begins with the words of the line where the graph says which file has them")
  func words() throws {
    let folder = try TemporaryFolder([
      "Graph/visits.dl": Self.visits + "source_text(record, \"texts/record.txt\").\n",
      "Graph/texts/record.txt": "One.\nTwo.\n\u{1B}[31mOna kalbėjo,\tir ilgai.\r\nFour.",
    ])
    let shown = try output(["source", "3", "--format", "table"], in: folder)
    #expect(shown.hasPrefix("record 3: \\u{1B}[31mOna kalbėjo, ir ilgai.\n\n┌"))
    #expect(shown.contains("ona attended talk"))
    let only = try Program.run(["source", "record", "4", "--format", "table"], in: folder)
    #expect(only.output == "record 4: Four.\n")
    #expect(only.errors == "no statement rests on line 4\n")
    let beyond = try Program.run(["source", "record", "9", "--format", "table"], in: folder)
    #expect(
      beyond.errors == "`record` has 4 lines\nno statement rests on line 9; the last line that one rests on is 3\n")
    let several = try Program.run(["source", "3-9", "--format", "table"], in: folder)
    #expect(several.output.hasPrefix("record 3: \\u{1B}[31mOna kalbėjo, ir ilgai.\nrecord 4: Four.\n\n┌"))
    #expect(try !output(["source", "3"], in: folder).contains("kalbėjo"))
    let safe = try Program.run(["source", "3", "--safe", "--format", "table"], in: folder)
    #expect(!safe.output.contains("kalbėjo"))
    #expect(safe.errors == "the words of `record` are not read with --safe\n")
  }

  @Test("a source's text that is not there, or is no file, is told of once")
  func noWords() throws {
    let folder = try TemporaryFolder([
      "Graph/visits.dl": Self.visits + "source_text(record, \"gone.txt\").\nsource_text(record, \".\").\n"
    ])
    let script = ":source 3\n:source record 3\n"
    let result = try Program.run(["--format", "table"], in: folder, input: script)
    #expect(result.status == 0)
    #expect(result.errors == "the words of `record` are not at hand: there is no file gone.txt, .\n")
  }

  @Test("that no fact names the file of a source's text is told once, and how far statements reach")
  func noText() throws {
    let folder = try TemporaryFolder(["Graph/visits.dl": Self.visits])
    let result = try Program.run(
      ["--format", "table"], in: folder, input: ":source 3\n:source record 3\n:source 200\n:source 7-9\n")
    #expect(
      result.errors == """
        note: the text of `record` is not here: a fact source_text(record, "FILE") names its file
        no statement rests on line 200; the last line that one rests on is 3
        no statement rests on lines 7 to 9; the last line that one rests on is 3

        """)
  }

  @Test("`source` takes a range of lines, and each row tells its own")
  func range() throws {
    let folder = try TemporaryFolder([
      "Graph/a.dl":
        "@ {source: record, line: 2}. p(a). q(a). @ {source: record, line: 4}. p(a) @ {note: \"again\"}. @ {source: letter, line: 3}. p(b).\n"
    ])
    #expect(
      try output(["source", "2-4", "--no-header"], in: folder).split(separator: "\n").map {
        $0.split(separator: "\t").prefix(4).joined(separator: " ")
      } == ["p a record 2", "q a record 2", "p b letter 3", "p a record 4"])
    let shown = try output(["source", "record", "2–4", "--format", "table"], in: folder)
    #expect(shown.contains("│ record 4 │ a is p; note: again │") || shown.contains("record 4 │ "), "\(shown)")
    for wrong in ["-2", "2-", "a-b", "2-3-4", "9223372036854775808"] {
      #expect(
        try Program.run(["source", "--", wrong], in: folder).errors.contains("a line is a number, unlike `\(wrong)`"),
        "\(wrong)")
    }
    #expect(
      try output(["source", "0-9223372036854775807", "--no-header"], in: folder).split(separator: "\n").count == 4)
  }

  @Test("answers to a file may have names in place of ids")
  func labelsInFiles() throws {
    let folder = try TemporaryFolder(["Graph/hub.dl": Self.hub])
    _ = try Program.run([], in: folder, input: ":output out.csv --labels\ntwin(A, B)\n:output\n")
    #expect(folder.read("out.csv") == "A,B\r\nRīga,gdansk\r\n")
    _ = try Program.run([], in: folder, input: ":output out.csv\ntwin(A, B)\n:output\n")
    #expect(folder.read("out.csv") == "A,B\r\nriga,gdansk\r\n")
  }
}
