import Diagnostics
import Language
import Testing

@Suite("Limits")
struct LimitTests {
  private static let n = 100_000

  private static func nested(_ open: String, _ close: String) -> String {
    String(repeating: open, count: n) + close + "."
  }

  @Test(
    "endless nesting is one mistake, and the next statement is read",
    arguments: [
      "p(X) :- " + nested("(", "q(X)" + String(repeating: ")", count: n)), "p(X) :- " + nested("not ", "q(X)"),
      "p(X) :- " + nested("not (", "q(X)"), "p(X) :- X = " + nested("- ", "1"), "p(" + nested("f(", "a"),
      "p(X) :- X = " + nested("count{ A : A = ", "1"), "p(X) :- " + nested("^", "q(X, Y)"),
      "p(X) :- " + nested("(a | ", "b"), "p(X) :- " + nested("(q(X), ", "q(X)"), "p(X) :- X = " + nested("(1 + ", "1"),
      "p(X) :- X = distance{ " + nested("(", "a"),
    ])
  func nesting(_ text: String) {
    #expect(parsed(text + "\nq(a).") == ["q(a)", "error: this is nested more than 100 levels deep"])
  }

  @Test("a hundred levels are read")
  func allowedNesting() {
    let text = "p(X) :- " + String(repeating: "(", count: 100) + "X" + String(repeating: ")", count: 100) + " = 1."
    #expect(parsed(text) == ["p(?X) :- [= ?X 1]"])
  }

  @Test(
    "endless chains are one mistake",
    arguments: [
      "p(X) :- X = 1" + String(repeating: "+1", count: n) + ".",
      "p(X) :- a" + String(repeating: "+ ", count: n) + "(X, Y).",
      "p(X) :- X = " + String(repeating: "(", count: 90) + "1"
        + String(repeating: String(repeating: "+1", count: 900) + ")", count: 90)
        + ".",
    ])
  func chains(_ text: String) {
    #expect(parsed(text + "\nq(a).") == ["q(a)", "error: the expression has more than 1000 operators"])
  }

  @Test("many literals, alternatives, arguments and annotations lie flat")
  func flat() {
    let count = 20_000
    let literals = [String](repeating: "q(X)", count: count)
    for separator in [", ", " ; "] {
      var parser = Parser(SourceFile(name: "test.dl", text: "p(X) :- " + literals.joined(separator: separator) + "."))
      guard case .rule(let rule)? = parser.next() else {
        #expect(Bool(false))
        continue
      }
      switch rule.body {
      case .and(let parts), .or(let parts): #expect(parts.count == count)
      default: #expect(Bool(false))
      }
    }
  }

  @Test("a long line is shown by the piece around the mistake")
  func longLine() {
    let text =
      "p(a, \"" + String(repeating: "ž", count: 2_500_000) + "\") q(b, \"" + String(repeating: "y", count: 200) + "\")."
    #expect(
      errors(text) == [
        """
        error[T204]: expected `:-`, `@` or `.`, found `q`
         --> test.dl:1:2500010
          |
        1 | …\(String(repeating: "ž", count: 47))") q(b, "\(String(repeating: "y", count: 64))…
          | \(String(repeating: " ", count: 51))^
          = help: each statement ends with a full stop
        """
      ])
  }
}
