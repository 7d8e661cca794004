import Diagnostics
import Language
import Testing

@Suite("Recovery")
struct RecoveryTests {
  @Test("each bad statement is reported once and hides no other")
  func several() {
    #expect(
      parsed("p(a,, b). q(a). p(b c, d e). X. q(b).\nq(\"x).\nq(c).") == [
        "q(a)", "q(b)", "q(c)", "error: expected a value, found `,`", "error: expected `,` or `)`, found `c`",
        "error: expected `(` and arguments after `X`, found `.`", "error: the string is not closed",
      ])
  }

  @Test("a full stop within a string, a comment or brackets does not end a bad statement")
  func hiddenFullStops() {
    #expect(
      parsed("p(b b, \"a. c(d).\", 'e. f', /* . */ g(x. y)). q(a).") == [
        "q(a)", "error: expected `,` or `)`, found `b`",
      ])
  }

  @Test("a bracket that is never closed takes only its own statement")
  func unclosedBracket() {
    #expect(parsed("p(a, (b.\nq(a).\n") == ["q(a)", "error: expected an operator or `)`, found `.`"])
    #expect(parsed("p(a, b\nq(a).\n") == ["q(a)", "error: expected `,` or `)`, found `q`"])
  }

  @Test("a body that goes on at the beginning of a line is one statement")
  func flushBody() {
    #expect(parsed("p(X) :-\nq(X),,\nr(X),\ns(X).\nq(a).") == ["q(a)", "error: expected a literal, found `,`"])
  }

  @Test("a wrong or needless closing bracket takes only its own statement")
  func mismatchedBrackets() {
    #expect(parsed("p(a]. q(b).\nq(c).") == ["q(b)", "q(c)", "error: expected `,` or `)`, found `]`"])
    #expect(parsed("p(a)). q(b).") == ["q(b)", "error: expected `:-`, `@` or `.`, found `)`"])
  }

  @Test("reading stops after a hundred mistakes, and says so")
  func manyMistakes() {
    var parser = Parser(SourceFile(name: "test.dl", text: String(repeating: "p(X). ", count: 1000) + "q(a)."))
    while parser.next() != nil {}
    #expect(parser.diagnostics.count == 100)
    #expect(parser.diagnostics[99].notes.map(\.message) == ["reading stops here: these are 100 mistakes"])
    #expect(parser.diagnostics[98].notes.isEmpty)
  }
}
