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
        == .init(status: 0, output: "X\n1\n", errors: "note: 1 fact not there to take back\n"))
    #expect(try Program.run(["--quiet"], in: .withGraph(), input: script).errors == "")
  }

  @Test(":quit ends it")
  func quit() throws {
    let result = try Program.run([], in: .withGraph(), input: ":q\n")
    #expect(result.errors.contains("`:q` may be :queries, :quit"))
    #expect(
      try Program.run([], in: .withGraph(), input: ":qui\nnonsense(\n") == .init(status: 0, output: "", errors: ""))
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
    let result = try Program.run(["--no-header"], in: folder, input: ":queries\n:run projects n=1\n")
    #expect(result == .init(status: 0, output: "projects\tWhich projects are there?\nschool\n", errors: ""))
  }

  @Test(":set sets a parameter, :load reads a file and :rules shows rules")
  func setLoadRules() throws {
    let folder = try TemporaryFolder.withGraph(["more.dl": "large(P) :- budget(P, B), B > 100.\nproject(bridge).\n"])
    let script = ":load more.dl\n:rules\n:set least 2\nlarge(P)\nproject(P) | limit $least\n"
    let result = try Program.run(["--no-header"], in: folder, input: script)
    #expect(result.output == "large(P) :- budget(P, B), B > 100.\nschool\nbridge\nschool\n")
  }
}
