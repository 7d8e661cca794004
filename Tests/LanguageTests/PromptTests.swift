import Diagnostics
import Language
import Testing

@Suite("The prompt")
struct PromptTests {
  @Test("`?-` and the full stop may be left out")
  func queries() {
    #expect(parsed("partner(O, P)", .prompt) == ["?- partner(?O, ?P)"])
    #expect(parsed("?- partner(O, P), O != a | limit 3", .prompt) == ["?- [and partner(?O, ?P) [!= ?O a]] | limit 3"])
    #expect(parsed("a+(X, b). not c(d).", .prompt) == ["?- path[a+](?X, b)", "?- [not c(d)]"])
    #expect(parsed("-3 < X, X = 1", .prompt) == ["?- [and [< -3 ?X] [= ?X 1]]"])
  }

  @Test("what looks like a fact asks, `+` adds and `-` takes back")
  func facts() {
    #expect(
      parsed("p(a). +p(a) @ {line: 3}. -p(a).", .prompt) == ["?- p(a)", "p(a)@{line: 3}", "retract p(a)"])
  }

  @Test(
    "behind `+` and `-` all atoms without variables on the line are facts; one with a variable, and what follows `?-`, is asked"
  )
  func factsOfALine() {
    #expect(parsed("+a(1). b(2) @ {line: 3}. c(1 + 1)", .prompt) == ["a(1)", "b(2)@{line: 3}", "c([+ 1 1])"])
    #expect(parsed("-a(1). b(2).", .prompt) == ["retract a(1)", "retract b(2)"])
    #expect(
      parsed("+a(1). -b(2). c(3). +d(4). e(5).", .prompt) == [
        "a(1)", "retract b(2)", "retract c(3)", "d(4)", "e(5)",
      ])
    #expect(parsed("+a(1). b(X). c(2).", .prompt) == ["a(1)", "?- b(?X)", "?- c(2)"])
    #expect(parsed("+a(1). ?- b(2). c(3).", .prompt) == ["a(1)", "?- b(2)", "?- c(3)"])
    #expect(parsed("+a(1).\nb(2).", .prompt) == ["a(1)", "?- b(2)"])
    #expect(parsed("+a(1). type x. relation b(x). b(2).", .prompt) == ["a(1)", "type x", "relation b(x)", "b(2)"])
    #expect(parsed("type x. b(2).", .prompt) == ["type x", "?- b(2)"])
    #expect(parsed("+a(1). not b(2). 1 < 2", .prompt) == ["a(1)", "?- [not b(2)]", "?- [< 1 2]"])
  }

  @Test("`:-` behind one literal makes a rule of the session")
  func rules() {
    #expect(parsed("p(X) :- q(X), r(X)", .prompt) == ["p(?X) :- [and q(?X) r(?X)]"])
  }

  @Test("declarations and questions for reasons work as in a file")
  func declarations() {
    #expect(
      parsed("type person. relation r(any). param n = 1. ?why p(a)", .prompt) == [
        "type person", "relation r(any)", "param n 1", "why p(a)",
      ])
    #expect(parsed("type = X, X = include", .prompt) == ["?- [and [= type ?X] [= ?X include]]"])
  }

  @Test("a command's argument is one query")
  func oneQuery() throws {
    let query = { (text: String) throws in Printer.text(try Parser.query(in: SourceFile(.query, text: text))) }
    #expect(try query("partner(O, P)") == "?- partner(?O, ?P)")
    #expect(try query("?- partner(O, P) | limit 1.") == "?- partner(?O, ?P) | limit 1")
    #expect(message { try query("p(X). q(X).") } == "expected the end of the query, found `q`")
    #expect(message { try query(" % nothing") } == "the query is empty")
    #expect(message { try query("p(X) :- q(X)") } == "expected `,`, `;`, `|` or `.`, found `:-`")
  }

  @Test("a command's argument is one fact")
  func oneFact() throws {
    let fact = { (text: String) throws in Printer.text(try Parser.fact(in: SourceFile(.fact, text: text))) }
    #expect(try fact("p(a, \"b\")") == "p(a, \"b\")")
    #expect(try fact("p(a).") == "p(a)")
    #expect(message { try fact("p(a), q(b)") } == "expected `@` or the end of the fact, found `,`")
    #expect(message { try fact("") } == "expected a statement, found the end")
  }

  @Test(
    "open brackets, quotes, comments and operators ask for another line",
    arguments: [
      "p(X", "p(X),", "p(\"a", "p('a", "p(a) /* b", "p(X) :-", "p(X), not", "N = count{ X :", "?-", "p(X) |",
      "p(X) | select", "p(X) | order by", "X = 1 +", "p(a) @ {", "p(a) @", "p(X) ;", "X ~",
    ])
  func incomplete(_ text: String) {
    #expect(Parser.isIncomplete(text))
  }

  @Test(
    "what is complete or cannot be mended asks for nothing",
    arguments: [
      "", "% a", "p(X)", "p(X).", "p(X.", "p(\"a\")", "p(X))", ":help", "p(X) | limit 3", "p(\"a(\")", "2013-13-45",
    ])
  func complete(_ text: String) {
    #expect(!Parser.isIncomplete(text))
  }

  @Test("a string of several lines is read at the prompt")
  func severalLines() {
    #expect(parsed("p(\"a\nb\")", .prompt) == ["?- p(\"a\nb\")"])
  }

  private func message(_ work: () throws -> String) -> String {
    do {
      return try work()
    } catch {
      return (error as? Diagnostic)?.message ?? "\(error)"
    }
  }
}
