import TestSupport
import Testing

@Suite("Work that lasts")
struct LastingTests {
  private func run(
    _ script: String, _ folder: TemporaryFolder, _ arguments: [String] = ["--no-header", "--quiet"]
  ) throws -> String {
    let result = try Program.run(arguments, in: folder, input: script)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test("the last query is saved with its question, and constants as parameters")
  func saves() throws {
    let folder = try TemporaryFolder.withGraph(["Queries/a.dl": "?- project(P).\n"])
    let script = """
      partner(Org, school), partner(Org, water), partner("Klaipėda", P)
      :save-query partners-of "Who else?" project=school other=water who=Klaipėda
      :run partners-of project=water
      :run partners-of who="VšĮ „Gintaras“"

      """
    let row = "klaipeda\tschool\n"
    #expect(try run(script, folder) == row + "klaipeda\twater\n" + row + "klaipeda\twater\n" + row)
    #expect(
      folder.read("Queries/partners-of.dl") == """
        #!/usr/bin/env -S tiltas run
        % Who else?

        param project = school.
        param other = water.
        param who = "Klaipėda".

        ?- partner(Org, $project), partner(Org, $other), partner($who, P).

        """)
    let again = try Program.run([], in: folder, input: "project(P)\n:save-query partners-of \"Again?\"\n")
    #expect(again.errors.contains("there is a saved query `partners-of` already"))
    let missing = try Program.run([], in: folder, input: "project(P)\n:save-query b \"B?\" x=school\n")
    #expect(missing.errors.contains("the last query has no constant `school`"))
    let outside = try Program.run([], in: folder, input: "project(P)\n:save-query ../b \"B?\"\n")
    #expect(outside.errors.contains("is no name for a saved query"))
  }

  @Test("a saved query takes the rules of the session that it needs with it, and includes those that are shared")
  func savesRules() throws {
    let folder = try TemporaryFolder.withGraph(["Queries/rules/r.dl": "shared(P) :- project(P).\n"])
    let script = """
      :load Queries/rules/r.dl
      own(P) :- shared(P), budget(P, _).
      other(P) :- project(P).
      own(P)
      :save-query owned "Which?"

      """
    _ = try run(script, folder)
    #expect(
      folder.read("Queries/owned.dl") == """
        #!/usr/bin/env -S tiltas run
        % Which?

        include "rules/r.dl".

        own(P) :- shared(P), budget(P, _).

        ?- own(P).

        """)
    #expect(try Program.run(["run", "Queries/owned.dl", "--no-header"], in: folder).output == "school\nwater\n")
  }

  @Test(":undo takes back facts, restores them with their statements, and forgets rules, the last first")
  func undoes() throws {
    let script = """
      -partner(gintaras, school). +partner(gintaras, water) @ {line: 5}.
      r(P) :- partner(gintaras, P).
      +partner(gintaras, water) @ {line: 6}.
      r(P)
      :undo
      partner(gintaras, P) @ {line: L}
      :undo
      :undo
      partner(gintaras, P) @ {line: L}

      """
    #expect(try run(script, .withGraph()) == "water\nwater\t5\nschool\t7\n")
    let rest = try Program.run([], in: .withGraph(), input: "r(P) :- project(P).\n:undo\nr(P)\n")
    #expect(rest.errors.contains("unknown relation `r`"))
    #expect(try Program.run([], in: .withGraph(), input: ":undo\n").errors.contains("there is nothing to undo"))
  }

  @Test(":undo says which facts and rules, the first of many")
  func saysWhatIsUndone() throws {
    let script = """
      +budget(school, 3).
      :undo
      +n(1). +n(2). +n(3). +n(4). +n(5).
      :undo
      -partner(klaipeda, water).
      :undo
      small(P) :- budget(P, B),
        B < 100.
      :undo
      -budget(water, 7.5). +budget(water, 8).
      :undo

      """
    let result = try Program.run(["--no-header"], in: .withGraph(), input: script)
    #expect(
      result.errors == """
        1 fact taken back: budget(school, 3)
        5 facts taken back: n(1), n(2), n(3) and 2 more
        1 fact restored: partner(klaipeda, water)
        1 rule forgotten: small(P) :- budget(P, B), B < 100.
        1 fact taken back: budget(water, 8); 1 fact restored: budget(water, 7.5)

        """)
  }

  @Test(":undo takes back a load, of statements and of a table alike")
  func undoesLoads() throws {
    let folder = try TemporaryFolder.withGraph([
      "more.dl": "partner(gintaras, water). fresh(1). q(P) :- project(P).\n",
      "partner.csv": "org,project\nklaipeda,bridge\ngintaras,school\n",
    ])
    let script = """
      :load more.dl
      :load partner.csv
      N = count{ O, P : partner(O, P) }
      :undo
      N = count{ O, P : partner(O, P) }
      :undo
      N = count{ O, P : partner(O, P) }

      """
    #expect(try run(script, folder) == "5\n4\n3\n")
    let earlier = "-partner(klaipeda, water).\n:load more.dl\n:undo\n:undo\nN = count{ O, P : partner(O, P) }\n"
    #expect(try run(earlier, folder) == "3\n")
    let gone = try Program.run([], in: folder, input: ":load more.dl\n:undo\nfresh(X)\n")
    #expect(gone.errors.contains("unknown relation `fresh`"))
  }

  @Test(":undo says of declarations that they stay")
  func undoesDeclarations() throws {
    let folder = try TemporaryFolder.withGraph(["more.dl": "type bridge. bridge(old_one).\n"])
    let script = "relation near(project, project).\n:undo\n:load more.dl\n:undo\n:undo\n"
    let result = try Program.run([], in: folder, input: script)
    #expect(
      result.errors.hasPrefix(
        """
        nothing
        declarations cannot be undone: `near` stays declared
        undid :load more.dl: 1 fact taken back
        declarations cannot be undone: `bridge` stays declared
        error[T037]: there is nothing to undo
        """), "\(result.errors)")
  }

  @Test(":source-is gives added facts their source, unless they say otherwise")
  func source() throws {
    let script = """
      :source-is record 19
      :source-is
      +partner(gintaras, water).
      +partner(gintaras, bridge) @ {line: 20}.
      :source-is none
      +partner(gintaras, road).
      partner(gintaras, P) @ {source: S, line: L}, L > 10

      """
    #expect(try run(script, .withGraph()) == "source: record, line: 19\nbridge\trecord\t20\nwater\trecord\t19\n")
  }

  @Test(":output sends answers to a file in the format of its ending, and back")
  func output() throws {
    let folder = try TemporaryFolder.withGraph()
    #expect(try run(":output a.csv\nproject(P)\n:output\nproject(P)\n", folder, []) == "P\nschool\nwater\n")
    #expect(folder.read("a.csv") == "P\r\nschool\r\nwater\r\n")
    _ = try run(":output b.tsv\nproject(P)\n", folder)
    #expect(folder.read("b.tsv") == "school\nwater\n")
    #expect(try folder.entries() == ["Graph", "a.csv", "b.tsv"])
  }

  @Test(":log keeps entries with what was shown for them")
  func log() throws {
    let folder = try TemporaryFolder.withGraph()
    _ = try run(":log session.md\nbudget(P, 1200)\n:log off\nproject(P)\n", folder)
    #expect(folder.read("session.md") == "```\n?- budget(P, 1200)\nschool\n```\n\n")
  }

  @Test("a parameter that is set for a run holds for that run alone")
  func parameterOfRun() throws {
    let folder = try TemporaryFolder.withGraph(["Queries/q.dl": "param p = school.\n?- partner(O, $p).\n"])
    #expect(try run(":run q p=water\n:run q\n", folder) == "klaipeda\ngintaras\nklaipeda\n")
  }

  @Test(":set lists the parameters with what they mean")
  func parameters() throws {
    let folder = try TemporaryFolder.withGraph(["Graph/p.dl": "param min = 2 \"how many\".\n"])
    #expect(try run(":set\n:set min 3\n:set\n", folder) == "min\t2\thow many\nmin\t3\thow many\n")
  }
}

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Work that lasts, in a terminal", .serialized)
struct LastingTerminalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph(["Queries/all.dl": "% All?\n?- project(P).\n"]) }

  @Test(":edit takes the last entry to the editor and carries out what comes back")
  func edits() throws {
    try folder.write("editor.sh", "sed -i s/school/water/ \"$1\"\n")
    let terminal = try Terminal([], in: folder, environment: ["EDITOR": "sh \(folder.path("editor.sh"))"])
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(school, B)\r")
    #expect(terminal.waits(for: "1200"))
    terminal.type(":edit\r")
    #expect(terminal.waits(for: "budget(water, B)"))
    #expect(terminal.waits(for: "7.5"))
    terminal.type(":edit nothing\r")
    #expect(terminal.waits(for: "there is no saved query `nothing`"))
  }

  @Test(":history shows what was typed, and rows are numbered for commands to refer to")
  func history() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("partner(A, school)\r")
    #expect(terminal.waits(for: "│ 2 │ Klaipėda"))
    terminal.type(":describe 2\r")
    #expect(terminal.waits(for: "Klaipėda (klaipeda), organisation"))
    terminal.type("\u{15}:history\r")
    #expect(terminal.waits(for: "partner(A, school)\r\n:describe 2\r\n:history\r\n"))
  }

  @Test(":wide shows each cell in one line")
  func wide() throws {
    let name = String(repeating: "labai ilgas pavadinimas ", count: 4)
    try folder.write("Graph/long.dl", "label(school, \"\(name)x\").\n")
    let terminal = try Terminal([], in: folder, columns: 40)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: "│   │   labai ilgas"))
    terminal.type(":wide on\r")
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: name + "x"))
  }

  @Test("what was undone needs no saving")
  func undone() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("+project(bridge).\r")
    #expect(terminal.waits(for: "1 fact added"))
    terminal.type(":undo\r")
    #expect(terminal.waits(for: "1 fact taken back"))
    terminal.type(":run all\r")
    #expect(terminal.waits(for: "(2 rows)"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.status() == 0)
    #expect(!terminal.shown.contains("Leave all the same?"))
  }
}
