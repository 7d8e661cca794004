import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  private static let root = #filePath.components(separatedBy: "/Tests/")[0]
  private static let topics = [
    "asking", "negation", "aggregates", "paths", "names", "dates", "annotations", "defining", "functions", "numbers",
    "safe",
  ]

  private func output(_ arguments: String, input: String = "") throws -> String {
    let folder = try TemporaryFolder(["in": input])
    let result = try Program.shell("cd '\(Self.root)' && tiltas \(arguments) < '\(folder.path("in"))'", in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test(":help fits one screen and names every command")
  func screen() throws {
    let help = try output("", input: ":help\n")
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 25)
    #expect(lines.allSatisfy { $0.count <= 100 })
    let commands = [
      "help", "tour", "find", "describe", "near", "path", "common", "timeline", "source", "draw", "schema", "types",
      "queries",
      "run", "why", "plan", "rules", "history", "load", "save", "reload", "undo", "source-is", "save-query", "edit",
      "set",
      "format", "wide", "pager", "timing", "output", "log", "quit",
    ]
    let pages = try output("", input: commands.map { ":help \($0)\n" }.joined())
    for command in commands {
      #expect(help.contains(":\(command)"), "\(command)")
      #expect(("\n" + pages).contains("\n:\(command)"), "\(command)")
    }
  }

  @Test("the examples of a topic can be typed as they stand", arguments: topics)
  func examples(_ topic: String) throws {
    let text = try output("", input: ":help \(topic)\n")
    #expect(try output("help \(topic)") == text)
    let examples = text.split(separator: "\n").filter {
      $0.hasPrefix("  ") && !$0.contains("DATE") && !$0.contains("TEXT")
    }
    #expect(!examples.isEmpty)
    let answers = try output("", input: examples.map { $0.dropFirst(2) + "\n" }.joined())
    #expect(answers.split(separator: "\n").count > examples.count { !$0.contains(":-") })
  }

  @Test(
    "the manual page and the completions are those that the program describes",
    arguments: [
      ("man", "tiltas.1"), ("bash", "completions/tiltas.bash"), ("zsh", "completions/_tiltas"),
      ("fish", "completions/tiltas.fish"),
    ])
  func made(_ name: String, _ file: String) throws {
    let written = try String(contentsOfFile: "\(Self.root)/Documentation/\(file)", encoding: .utf8)
    #expect(try output("help \(name)") == written, "`make documentation` writes it")
  }

  @Test("the page of a command tells what its verb's page tells, unless that is of options the command does not take")
  func details() throws {
    let pages = try output("", input: ":help near\n:help path\n:help draw\n")
    #expect(pages.contains("A step is a fact that both are in. STEPS is 1 if it is left out."))
    #expect(pages.contains("N ways are told if a number"))
    #expect(!pages.contains("--format"))
  }

  @Test("an error is explained by its code, in the shell and outside of it")
  func codes() throws {
    let page = """
      T303: A value of the wrong kind

      A declared position takes what its declaration says.

        relation held_on(any, date).
        held_on(fair, today).

      error[T303]: expected a date here, not the entity `today`
       --> example.dl:2:15
        |
      2 | held_on(fair, today).
        |               ^^^^^

      Instead:

        relation held_on(any, date).
        held_on(fair, 2013-02-14).

      """
    #expect(try output("help T303").hasPrefix(page))
    #expect(try output("help t303") == output("help T303"))
    #expect(try output("", input: ":help T303\n") == output("help T303"))
  }

  @Test("a code that there is not is wrong usage, with the nearest")
  func unknownCode() throws {
    let result = try Program.run(["help", "T199"], in: .withGraph())
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error[T001]: there is no error `T199`\n = help: did you mean `T099`?\n"))
  }

  @Test("bash completes verbs, the options of a verb and the values of an option")
  func bash() throws {
    let script = """
      source Documentation/completions/tiltas.bash
      try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _tiltas; echo "${COMPREPLY[*]}"; }
      try tiltas desc
      try tiltas why --no
      try tiltas query --format js

      """
    let folder = try TemporaryFolder(["script": script])
    let result = try Program.shell("cd '\(Self.root)' && bash '\(folder.path("script"))'", in: folder)
    #expect(result.output == "describe\n--no-graph --not\njson jsonl\n")
  }

  @Test("the tour waits for what it asks, brings back to it, and ends")
  func tour() throws {
    let entries = [
      ":tour", "city(X)", ":find jaros", ":describe 1", ":path aleksandr_jarosuk vaclav_stankevic", ":timeline 2013",
      "partner(Org, Project)", "?why 1", "partner(Org, _), N = count{ P : partner(Org, P) }, N > 1",
      "together(A, B, P) :- partner(A, P), partner(B, P), A != B.",
      "together(\"Klaipėdos miesto savivaldybės administracija\", Whom, Project)", ":undo", "city(X)",
    ]
    let shown = try output("", input: entries.map { $0 + "\n" }.joined())
    for entry in entries.dropFirst(2).dropLast() { #expect(shown.contains("\n  \(entry)\n"), "\(entry)") }
    #expect(shown.components(separatedBy: "The tour waits for something like  :find jaros").count == 2)
    #expect(shown.components(separatedBy: "That was the tour.").count == 2)
    let other = try Program.run([], in: .withGraph(), input: ":tour\n")
    #expect(other.errors.contains("which is not open"))
  }

  @Test("the examples of every verb run on the graph of this project")
  func verbs() throws {
    for verb in ["query", "why", "describe", "find", "near", "path", "common", "timeline", "source", "draw", "plan"] {
      let page = try output("help \(verb)")
      for line in page.split(separator: "\n")
      where line.hasPrefix("  tiltas ") && !line.contains("-o ") && !line.contains(".svg") {
        #expect(try !output(String(line.dropFirst("  tiltas ".count))).isEmpty, "\(line)")
      }
    }
  }
}
