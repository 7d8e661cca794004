import Diagnostics
import Language
import Terms
import Testing

/// The facts that the fast way reads, printed, up to the first statement that it leaves.
private func facts(_ text: String) -> [String] {
  let terms = TermDictionary()
  var parser = Parser(SourceFile(name: "test.dl", text: text))
  var arguments: [Term] = []
  var annotations: [FastAnnotation] = []
  var result: [String] = []
  while let fact = parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations) {
    var line = parser.relationNames[fact.relation]
    line += "(" + arguments.map { Printer.text(terms.value($0)) }.joined(separator: ", ") + ")"
    let said = annotations.map { parser.annotationKeys[$0.key] + ": " + Printer.text(terms.value($0.value)) }
    if !said.isEmpty { line += "@{" + said.joined(separator: ", ") + "}" }
    result.append(line)
  }
  if let next = parser.next() { result.append("left: " + Printer.text(next)) }
  return result
}

@Suite("Plain facts")
struct FactReaderTests {
  @Test("names, strings, integers and truth values are read straight into terms")
  func plain() {
    #expect(
      facts("p(a, 'B c', \"ž\", -12, true).\n% c\n 'Q q'( žemė ).\nQA(\"\").p(b)/**/.") == [
        "p(a, B c, \"ž\", -12, true)", "Q q(žemė)", "QA(\"\")", "left: p(b)",
      ])
  }

  @Test("white space may stand between the relation and its parenthesis")
  func space() {
    #expect(
      facts("partner (a, b). QAflies\t(x).\n'Q q'\n(y) @ {line: 1}.") == [
        "partner(a, b)", "QAflies(x)", "Q q(y)@{line: 1}",
      ])
  }

  @Test("annotations of plain values are read with the fact")
  func annotations() {
    #expect(
      facts("p(a) @ {source: report, line: 6}. p(b) @{line:7,source:'x y'}. q(c).") == [
        "p(a)@{source: report, line: 6}", "p(b)@{line: 7, source: x y}", "q(c)",
      ])
  }

  @Test(
    "everything else is left to be read in full",
    arguments: [
      "p(X) :- q(X).", "p(2013-02-14).", "p(1.5).", "p(1 + 2).", "p().", "p(\"\\n\").", "p(f(a)).", "p(1_000).",
      "type a.",
      "@ {a: b}.", "?- p(a).", "p(a) @ {from: 2013-02-14}.", "p(9223372036854775807).", "p(a) .",
    ])
  func others(_ text: String) {
    #expect(facts(text).first?.hasPrefix("left: ") == true)
  }

  @Test("mistakes make no term and are reported by the full way")
  func mistakes() {
    let terms = TermDictionary()
    var arguments: [Term] = []
    var annotations: [FastAnnotation] = []
    for text in [
      "p(a, B).", "p(a, b", "p(a, b)", "not(a).", "p(a, not).", "p(a,).", "p(a b).", "p(''). ", "p(a, 12c).",
    ] {
      var parser = Parser(SourceFile(name: "test.dl", text: text))
      #expect(parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations) == nil)
      while parser.next() != nil {}
      #expect(parser.diagnostics.count == 1, "\(text)")
    }
    #expect(terms.count == 0)
  }

  @Test("both ways read the same facts")
  func agreement() {
    let text = "p(a, \"b\", 3) @ {line: 1}. q('C d', -4). p(žemė, \"\", true)."
    #expect(facts(text) == parsed(text))
  }

  @Test("a fact's place reaches from its relation to what stands before the full stop")
  func places() throws {
    let terms = TermDictionary()
    var parser = Parser(SourceFile(name: "test.dl", text: "  p(a) @ {line: 1}.\nq(b)."))
    var arguments: [Term] = []
    var annotations: [FastAnnotation] = []
    let first = try #require(parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations))
    let second = try #require(parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations))
    #expect([first.start, first.end, second.start, second.end] == [2, 18, 20, 24])
  }

  @Test("at the prompt nothing is a fact at once")
  func prompt() {
    let terms = TermDictionary()
    var parser = Parser(SourceFile(.prompt, text: "p(a)."), mode: .prompt)
    var arguments: [Term] = []
    var annotations: [FastAnnotation] = []
    #expect(parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations) == nil)
  }
}
