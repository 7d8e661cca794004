import TestSupport
import Testing

@Suite("Exploring from the command line and the shell")
struct ExploringVerbTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "Graph/more.dl": "relation held_on(project, date).\nheld_on(school, 2011-05) @ {source: record, line: 9}.\n"
    ])
  }

  private func output(_ arguments: [String]) throws -> String {
    let result = try Program.run(arguments, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test("`describe` tells what is stated, in both directions")
  func describe() throws {
    #expect(
      try output(["describe", "klaipeda", "--format", "table"]) == """
        Klaipėda (klaipeda), organisation

        partner …
          school  [record 8]
          water

        """)
    #expect(
      try output(["describe", "school"]) == """
        Date\tRelation\tSubject\tObject\tSource\tLine\tMore\tDateOf\tBasis
        \tbudget\tschool\t1200\t\t\t\t\tstated
        2011-05\theld_on\tschool\t2011-05\trecord\t9\t\t\tstated
        \tproject\tschool\t\t\t\t\t\tstated
        \tpartner\tgintaras\tschool\trecord\t7\t\t\tstated
        \tpartner\tklaipeda\tschool\trecord\t8\t\t\tstated

        """)
  }

  @Test("`find` lists names, and near ones where none is so")
  func find() throws {
    #expect(try output(["find", "jaros", "--no-header"]) == "aleksandr_jarosuk\tAleksandr Jarošuk\tperson\n")
    let near = try Program.run(["find", "jarosuch", "--no-header"], in: folder)
    #expect(near.output == "aleksandr_jarosuk\tAleksandr Jarošuk\tperson\n")
    #expect(near.errors == "nothing is named so; these names are near\n")
  }

  @Test("`path` tells a sentence for each step, and gives rows for programs")
  func path() throws {
    #expect(
      try output(["path", "gintaras", "water", "--format", "table"]) == """
        VšĮ „Gintaras“ and water: 3 steps
          1. VšĮ „Gintaras“ – partner – school  [record 7]
          2. Klaipėda – partner – school  [record 8]
          3. Klaipėda – partner – water

        """)
    #expect(
      try output(["path", "gintaras", "klaipeda", "--format", "jsonl"]) == """
        {"Way":1,"Step":1,"From":"gintaras","To":"school","Relation":"partner","Subject":"gintaras","Object":"school","Sources":"record 7","Basis":"stated"}
        {"Way":1,"Step":2,"From":"school","To":"klaipeda","Relation":"partner","Subject":"klaipeda","Object":"school","Sources":"record 8","Basis":"stated"}

        """)
    #expect(try output(["path", "gintaras", "aleksandr_jarosuk", "--format", "table"]).hasPrefix("nothing connects"))
  }

  @Test("names of several words need no quotes where they can be parted in one way")
  func pathOfWords() throws {
    let quoted = try output(["path", "VšĮ „Gintaras“", "Klaipėda"])
    #expect(try output(["path", "VšĮ", "„Gintaras“", "Klaipėda"]) == quoted)
    let unclear = try Program.run(["path", "a", "b", "c"], in: folder)
    #expect(unclear.status == 1)
    #expect(unclear.errors.contains("where the first name ends is not clear"))
  }

  @Test("`near`, `common`, `timeline` and `source` give rows")
  func rows() throws {
    #expect(
      try output(["near", "water", "2", "--no-header"])
        == "1\tklaipeda\torganisation\tpartner(klaipeda, water)\tstated\n2\tschool\tproject\tpartner(klaipeda, school)\tstated\n"
    )
    #expect(
      try output(["common", "gintaras", "klaipeda", "--no-header"])
        == "school\tpartner(gintaras, school)\tpartner(klaipeda, school)\n")
    #expect(
      try output(["timeline", "2011", "--no-header"]) == "2011-05\theld_on\tschool\t2011-05\trecord\t9\t\t\tstated\n")
    #expect(try output(["timeline", "2012", "--no-header"]) == "")
    let ofSchool = try output(["timeline", "school", "2011", "--no-header"])
    #expect(ofSchool == "2011-05\theld_on\tschool\t2011-05\trecord\t9\t\t\tstated\n")
    #expect(try output(["timeline", "2011", "school", "--no-header"]) == ofSchool)
    #expect(try output(["source", "7", "--no-header"]) == "\tpartner\tgintaras\tschool\trecord\t7\t\t\tstated\n")
    #expect(
      try output(["source", "record", "8", "--no-header"]) == "\tpartner\tklaipeda\tschool\trecord\t8\t\t\tstated\n")
    let unknown = try Program.run(["source", "recrd", "8"], in: folder)
    #expect(unknown.errors.contains("did you mean `record`?"))
  }

  @Test("`draw` shows a tree, and makes a picture in a file")
  func draw() throws {
    #expect(
      try output(["draw", "school", "--format", "tree"]) == """
        school
        ├─ VšĮ „Gintaras“ (partner)
        └─ Klaipėda (partner)

        """)
    #expect(try output(["draw", "school", "school.svg"]) == "")
    #expect(try #require(folder.read("school.svg")).contains("</svg>"))
    #expect(try output(["draw", "school", "--format", "mermaid"]).hasPrefix("graph LR\n"))
    #expect(try output(["draw", "school", "--format", "dot"]).contains("label=\"partner\""))
    #expect(try Program.run(["draw", "school", "--format", "csv"], in: folder).status == 2)
  }

  @Test("a number means a row of what was shown last")
  func rowNumbers() throws {
    let script = "partner(A, water)\n:describe 1\n:describe 2\n"
    let result = try Program.run(["--format", "table"], in: folder, input: script)
    #expect(result.status == 1)
    #expect(result.output.contains("Klaipėda (klaipeda), organisation"))
    #expect(result.errors.contains("what was shown last has 1 row"))
    let nothing = try Program.run([], in: folder, input: ":describe 1\n")
    #expect(nothing.errors.contains("there is no answer whose row 1 could be meant"))
  }

  @Test("what would steer a terminal is escaped in each of them")
  func escapes() throws {
    try folder.write(
      "Graph/evil.dl", "label(school, \"x\\u{1B}[31m\\u{202E}\").\npartner(evil, school) @ {note: \"\\u{7}\"}.\n")
    for arguments in [
      ["describe", "school"], ["describe", "evil"], ["near", "klaipeda"], ["path", "klaipeda", "school"],
      ["common", "klaipeda", "gintaras"], ["timeline", "2011"], ["source", "9"], ["draw", "klaipeda"],
    ] {
      let format = arguments[0] == "draw" ? "tree" : "table"
      let shown = try output(arguments + ["--format", format])
      #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" }, "\(arguments)")
      #expect(shown.contains("\\u{1B}[31m") || shown.contains("\\u{7}"), "\(arguments)")
    }
  }

  @Test("a number means a row of what was shown last, for `?why` and `:describe`, also of a listing")
  func rowsOfListings() throws {
    func last(_ script: String) throws -> String { try Program.run([], in: folder, input: script).errors }
    func shown(_ script: String) throws -> String { try Program.run([], in: folder, input: script).output }
    #expect(try shown(":find klaip\n?why 1\n").contains("\norganisation(\"Klaipėda\")  [stated"))
    #expect(try shown(":timeline school\n?why 1\n").contains("\nheld_on(school, 2011-05)  [stated in record, line 9]"))
    #expect(
      try shown("partner(A, B)\n:near gintaras\n?why 1\n").contains(
        "\npartner(\"VšĮ „Gintaras“\", school)  [stated in record, line 7]"))
    #expect(try shown(":near gintaras\n:describe 1\n").contains("budget\tschool\t1200"))
    #expect(try last(":find klaip\n?why 2\n").contains("what was shown last has 1 row"))
    #expect(try last(":types\n?why 1\n").contains("row 1 of what was shown last tells no fact"))
    #expect(try shown(":types\nproject(school)\n?why 1\n").contains("project(school)"))
  }

  @Test("where there is nothing to list, readers are told so, and programs get no rows")
  func nothing() throws {
    func told(_ arguments: [String]) throws -> String {
      let result = try Program.run(arguments + ["--format", "table"], in: folder)
      #expect(result.output == "" && result.status == 0)
      return result.errors
    }
    #expect(
      try told(["source", "99"])
        == "note: the text of `record` is not here: a fact source_text(record, \"FILE\") names its file\nno statement rests on line 99; the last line that one rests on is 9\n"
    )
    let uncertain = try Program.run(
      ["timeline", "1870", "--format", "table", "--graph", "born.dl"],
      in: TemporaryFolder(["born.dl": "born(ona, 1870~). born(jonas, 187X). born(petras, 1870-05)."]))
    #expect(uncertain.errors == "2 may be of 1870 or not: their dates are uncertain or less exact\n")
    #expect(
      try told(["timeline", "1999"])
        == "nothing that is known in the graph is dated 1999; the only date there is 2011-05\n")
    #expect(
      try told(["timeline", "gintaras"])
        == "nothing that is known of VšĮ „Gintaras“ has a date; a number such as 1888 is none, and `date(\"1888\")` is one\n"
    )
    #expect(
      try told(["common", "gintaras", "aleksandr_jarosuk"])
        == "no fact connects both VšĮ „Gintaras“ and Aleksandr Jarošuk with the same\n")
    let rows = try Program.run(["source", "99"], in: folder)
    #expect(rows.output == "Date\tRelation\tSubject\tObject\tSource\tLine\tMore\tDateOf\tBasis\n")
    #expect(rows.errors == "no statement rests on line 99; the last line that one rests on is 9\n")
    #expect(rows.status == 0)
  }

  @Test("a word of digits is a date or none, and one with letters is a part of a name")
  func datesAndNames() throws {
    let graph = try TemporaryFolder(["g.dl": "on('2013_report', 2013-05). on(fair, date(\"2014\"))."])
    func timeline(_ words: [String]) throws -> Program.Result {
      try Program.run(["timeline"] + words + ["--graph", "g.dl", "--no-header"], in: graph)
    }
    #expect(try timeline(["2013_report"]).output == "2013-05\ton\t2013_report\t2013-05\t\t\t\t\tstated\n")
    #expect(try timeline(["2014/2015"]).output == "2014\ton\tfair\t2014\t\t\t\t\tstated\n")
    for wrong in ["2013-02-31", "2013-2014"] {
      #expect(try timeline([wrong]).errors.hasPrefix("error[T034]: `\(wrong)` is no date\n"))
    }
  }

  @Test("lines that end before they begin are told from what is no number")
  func lines() throws {
    let backwards = try Program.run(["source", "5-3"], in: folder)
    #expect(backwards.status == 1)
    #expect(
      backwards.errors
        == "error[T034]: the lines `5-3` end before they begin\n = help: write the smaller number first: `source 3-5`\n"
    )
    #expect(
      try Program.run(["source", "5-x"], in: folder).errors.hasPrefix("error[T034]: a line is a number, unlike `5-x`\n")
    )
  }
}
