import Foundation
import TestSupport
import Testing

@Suite("A script on standard input")
struct ScriptTests {
  @Test("queries, facts, rules and commands run without prompts")
  func everything() throws {
    let script = """
      partner(Org, school)

      +partner(gintaras, water).
      both(A) :- partner(A, school),
        partner(A, water).
      :format csv
      both(A)
      """
    let result = try Program.run([], in: .withGraph(), input: script)
    #expect(result == .init(status: 0, output: "Org\ngintaras\nklaipeda\nA\r\ngintaras\r\nklaipeda\r\n", errors: ""))
  }

  @Test("entities that it brings into the graph are told on standard error, with one that is near")
  func newEntities() throws {
    let script = "+partner(gintras, school). partner(palanga, school).\n:undo\npartner(X, school)\n"
    let result = try Program.run(["--no-header"], in: .withGraph(), input: script)
    #expect(result.output == "gintaras\nklaipeda\n")
    #expect(
      result.errors
        == "new entity `gintras`; near: `gintaras`\nnew entity `palanga`\n"
        + "2 facts taken back: partner(gintras, school), partner(palanga, school)\n")
    #expect(try Program.run(["--quiet"], in: .withGraph(), input: "+partner(gintras, school).").errors == "")
  }

  @Test("a new relation with almost the name of another is told once on standard error, and is stated all the same")
  func newRelation() throws {
    let script = "+prtner(gintaras, school).\n+prtner(klaipeda, school).\nprtner(X, school)\n"
    let result = try Program.run(["--no-header"], in: .withGraph(), input: script)
    #expect(
      result
        == .init(
          status: 0, output: "gintaras\nklaipeda\n",
          errors: "note: `prtner` is a new relation; did you mean `partner`?\n"))
  }

  @Test("declarations and transactions say nothing in a script")
  func quietChanges() throws {
    let script = "type road.\nparam least = 2.\nbegin.\nrelation leads(road, any).\ncommit.\nbegin.\nrollback.\n"
    #expect(try Program.run([], in: .withGraph(), input: script) == .init(status: 0, output: "", errors: ""))
  }

  @Test("the first error ends it, with its line")
  func firstError() throws {
    let result = try Program.run([], in: .withGraph(), input: "project(P)\n\npartnr(A, B)\nproject(P)\n")
    #expect(result.status == 1)
    #expect(result.output == "P\nschool\nwater\n")
    #expect(result.errors.contains("<standard input>:3:1"))
  }

  @Test("an unknown command ends it too, with its line")
  func unknownCommand() throws {
    let result = try Program.run(["repl"], in: .withGraph(), input: "project(P)\n:fromat csv\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("there is no command `:fromat`"))
    #expect(result.errors.contains("did you mean `:format`?"))
    #expect(result.errors.contains("<standard input>:2:1"))
  }

  @Test("an entry that is not complete is an error at the end")
  func incomplete() throws {
    let result = try Program.run([], in: .withGraph(), input: "partner(A,\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("<standard input>"))
  }

  @Test("a query without its full stop goes on where the next line begins with a sign that goes on")
  func goesOn() throws {
    let script = "project(P)\n  | order by P desc\n  | limit 1\n\nproject(P)\n"
    let result = try Program.run(["--no-header"], in: .withGraph(), input: script)
    #expect(result == .init(status: 0, output: "water\nschool\nwater\n", errors: ""))
  }

  @Test("a fact to take back that is not there is no error, and is noted")
  func absentFact() throws {
    let script = "+p(1).\n-p(9).\np(X)\n"
    #expect(
      try Program.run([], in: .withGraph(), input: script)
        == .init(status: 0, output: "X\n1\n", errors: "note: 1 fact not there to take back: p(9)\n"))
    #expect(try Program.run(["--quiet"], in: .withGraph(), input: script).errors == "")
  }

  @Test("a fact to take back that rules or types give is told with what it rests on")
  func inferredFact() throws {
    let script = """
      type agent. type person : agent. +person(ann). +e(1, 2). +e(2, 3).
      p(X, Y) :- e(X, Y).
      p(X, Z) :- p(X, Y),
        e(Y, Z).
      -p(1, 2).
      -p(1, 3).
      -p(7, 8).
      -agent(ann).

      """
    let result = try Program.run(["--no-graph"], in: TemporaryFolder(), input: script)
    #expect(result.status == 0)
    #expect(
      result.errors.replacingOccurrences(of: "new entity `ann`\n", with: "") == """
        note: 1 fact not there to take back: p(1, 2)
        note: `p(1, 2)` is not stated but inferred, by the rule `p(X, Y) :- e(X, Y).`; what it rests on can be taken back: `-e(1, 2).`
        note: 1 fact not there to take back: p(1, 3)
        note: `p(1, 3)` is not stated but inferred, by the rule `p(X, Z) :- p(X, Y), e(Y, Z).`; what it rests on can be taken back: `-e(2, 3).` or `-e(1, 2).`
        note: 1 fact not there to take back: p(7, 8)
        note: 1 fact not there to take back: agent(ann)
        note: `agent(ann)` is not stated but inferred, by the type that is stated of it; what it rests on can be taken back: `-person(ann).`

        """)
  }

  @Test(
    "an apostrophe within a word is a letter, and quotes hold words together where words begin and end",
    arguments: ["O'Brien", "Seán O'Brien", "\"Seán O'Brien\"", "'Seán O'Brien'", "O'Brien'", "'O'Brien"])
  func apostrophe(_ words: String) throws {
    let script = "type person. +label(ob, \"Seán O'Brien\"). +person(ob).\n:find \(words)\n:describe \(words)\n"
    let result = try Program.run(["--no-graph", "--format", "table"], in: TemporaryFolder(), input: script)
    #expect(!result.errors.contains("error"), "\(words)")
    #expect(result.output.contains("│ ob     │ Seán O'Brien │ person │"), "\(result.output)")
    #expect(result.output.contains("Seán O'Brien (ob), person"), "\(result.output)")
  }

  @Test("quotes and backslashes of names can be typed in quotes")
  func quotes() throws {
    let script = #"""
      type person. +label(a, "the \"Old\" inn"). +label(b, "back\\slash"). +label(c, "plain"). +person(a). +person(b). +person(c).
      :describe "the \"Old\" inn"
      :describe the "Old" inn
      :describe back\slash
      :describe "back\\slash"
      :path "the \"Old\" inn" plain

      """#
    let result = try Program.run(["--no-graph", "--format", "table"], in: TemporaryFolder(), input: script)
    let described = result.output.split(separator: "\n").filter { $0.contains(", person") }
    #expect(
      described == [
        #"the "Old" inn (a), person"#, #"the "Old" inn (a), person"#, #"back\slash (b), person"#,
        #"back\slash (b), person"#,
      ])
    #expect(!result.errors.contains("error"), "\(result.errors)")
  }

  @Test(":quit ends it, and `:q` is it; another beginning that several share is told")
  func quit() throws {
    let result = try Program.run([], in: .withGraph(), input: ":qu\n")
    #expect(result.errors.contains("`:qu` may be :queries, :quit"))
    #expect(
      try Program.run([], in: .withGraph(), input: ":q\nnonsense(\n") == .init(status: 0, output: "", errors: ""))
  }

  @Test(":schema lists relations, and shows one")
  func schema() throws {
    let result = try Program.run(["--no-header"], in: .withGraph(), input: ":schema\n:schema partner\n")
    #expect(
      result.output == """
        alias\t(entity, string)\t0
        budget\t(project, any)\t2
        label\t(entity, string)\t3
        partner\t(organisation, project)\t3
        relation partner(organisation, project).
        3 facts

        """)
  }

  @Test(":schema and :types show the comment behind a declaration")
  func meanings() throws {
    let graph = """
      % A heading
      type person.   % a human being
      relation met(person, person).  % they met; `at` tells when
      relation knows(person, person).
      likes(a, b).   % of a fact, not of what it is a fact of

      """
    let script = ":schema met\n:schema knows\n:schema likes\n:schema\n:types\n"
    let result = try Program.run([], in: TemporaryFolder(["Graph/g.dl": graph]), input: script)
    #expect(
      result.output == """
        % they met; `at` tells when
        relation met(person, person).
        0 facts
        relation knows(person, person).
        0 facts
        relation likes(any, any).
        1 fact
        Relation\tTakes\tFacts\tMeaning
        alias\t(entity, string)\t0\t
        knows\t(person, person)\t0\t
        label\t(entity, string)\t0\t
        likes\t(any, any)\t1\t
        met\t(person, person)\t0\tthey met; `at` tells when
        Type\tEntities\tMeaning
        person\t0\ta human being

        """)
  }

  @Test(":types shows the tree of types with the number of their members")
  func types() throws {
    let graph = "type agent.\ntype person : agent.\nperson(a).\nagent(b).\n"
    let result = try Program.run([], in: TemporaryFolder(["Graph/g.dl": graph]), input: ":types\n")
    #expect(result.output == "Type\tEntities\nagent\t2\n  person\t1\n")
  }

  @Test(":find finds by words without diacritics")
  func find() throws {
    let result = try Program.run(["--no-header"], in: .withGraph(), input: ":find jaros\n")
    #expect(result.output == "aleksandr_jarosuk\tAleksandr Jarošuk\tperson\n")
  }

  @Test(":queries lists saved queries with their questions, and :run runs one with parameters")
  func savedQueries() throws {
    let query = "#!/usr/bin/env -S tiltas run\n% Which projects are there?\nparam n = 2.\n?- project(P) | limit $n.\n"
    let folder = try TemporaryFolder.withGraph(["Queries/projects.dl": query, "Queries/rules/shared.dl": ""])
    let result = try Program.run(["--no-header"], in: folder, input: ":queries\n:run projects n=1\n:run 1 n=1\n")
    #expect(result.status == 0)
    #expect(result.output == "projects\tWhich projects are there?\nschool\nschool\n")
    let none = try Program.run(["--no-header"], in: folder, input: ":run 2\n")
    #expect(none.errors.hasPrefix("error[T040]: there is no saved query 2: there are 1\n"))
  }

  @Test(":set sets a parameter, :load reads a file and :rules shows rules")
  func setLoadRules() throws {
    let folder = try TemporaryFolder.withGraph([
      "more.dl": "large(P) :- budget(P, B), B > 100.\nproject(bridge).\nparam least = 5.\n"
    ])
    let script = ":load more.dl\n:rules\n:set least 2\nlarge(P)\nproject(P) | limit $least\n"
    let result = try Program.run(["--no-header"], in: folder, input: script)
    #expect(result.output == "large(P) :- budget(P, B), B > 100.\nschool\nbridge\nschool\n")
  }
}
