import Diagnostics
import Terms
import TestSupport
import Testing

@testable import Language

@Suite("Formatting files", .tellsSeed)
struct FormatterTests {
  private func formatted(_ text: String) throws -> String { try Formatter.format(SourceFile(name: "text", text: text)) }

  /// Checks what a text is formatted as, and that it then stays.
  private func expect(_ text: String, becomes result: String) throws {
    #expect(try formatted(text) == result)
    #expect(try formatted(result) == result)
  }

  @Test("the first line, comments and single empty lines stay, in their order")
  func comments() throws {
    try expect(
      """
      #!/usr/bin/env -S tiltas run
      % What is it?


      p( a ).
      /* between */

      q(X):-p(X).
      % the end


      """,
      becomes: """
        #!/usr/bin/env -S tiltas run
        % What is it?

        p(a).
        /* between */

        q(X) :- p(X).
        % the end

        """)
  }

  @Test("a comment at the end of a line stays there, two blanks behind")
  func endOfLine() throws {
    try expect("p( a ).% one\np(b). % two\n", becomes: "p(a).  % one\np(b).  % two\n")
    try expect(
      "p(a). /* b */ % c\n/* d */ p(b). p(c). % e", becomes: "p(a).  /* b */ % c\n/* d */\np(b).\np(c).  % e\n")
  }

  @Test("comments in a column stay in it")
  func column() throws {
    try expect(
      "p( a ).        % one\nžemė(ą).       % two\nq(a_long_name,b). % three\n",
      becomes: "p(a).          % one\nžemė(ą).       % two\nq(a_long_name, b).  % three\n")
  }

  @Test("comments among literals and pipes stay with them, each of which then has a line")
  func within() throws {
    try expect(
      """
      q(X) :- % the head
        p(X), r(X), % not all
        % of these
        X != a /* b */, % c
        s(X) % last
        .
      ?- q(X) | limit 2 % few
        % by name
        | order by X.
      """,
      becomes: """
        q(X) :-  % the head
          p(X),
          r(X),  % not all
          % of these
          X != a,  /* b */
          % c
          s(X).  % last
        ?- q(X)
          % by name
          | order by X
          | limit 2.  % few

        """)
  }

  @Test("a comment elsewhere in a statement comes before it or before its literal")
  func inside() throws {
    try expect("p(a, % one\n  b).", becomes: "% one\np(a, b).\n")
    try expect("q(X) /* one */ :- p(X).", becomes: "q(X) :-  /* one */\n  p(X).\n")
    try expect("q(X) :- p(X), r(X, /* one */ X).", becomes: "q(X) :-\n  p(X),\n  /* one */\n  r(X, X).\n")
    try expect("?- % one\n  p(X).", becomes: "% one\n?- p(X).\n")
  }

  @Test("signs of comments in texts are none")
  func quotes() throws {
    try expect("p( \"50 % /*\", 'it\\'s % b' ). % c", becomes: "p(\"50 % /*\", 'it\\'s % b').  % c\n")
  }

  @Test("a byte order mark and the carriage returns of Windows go")
  func windows() throws {
    try expect("\u{FEFF}#!tiltas\r\np(a). % b\r\n\r\n% c\r\n", becomes: "#!tiltas\np(a).  % b\n\n% c\n")
  }

  @Test("nothing is nothing, and comments alone stay")
  func nothing() throws {
    try expect("", becomes: "")
    try expect("\n\n  \n", becomes: "")
    try expect("  % a\n\n\n/* b\n   c */", becomes: "% a\n\n/* b\n   c */\n")
  }

  @Test("a file with a mistake is not formatted: all its mistakes are thrown")
  func mistake() {
    #expect { try formatted("p(a). p(.\nq(b).\nr(.") } throws: { ($0 as? Diagnostic)?.all.count == 2 }
  }

  @Test(
    "the project's files keep their statements and comments, and are formatted for good", arguments: ProjectFiles.all)
  func files(path: String) throws {
    guard let file = try? SourceFile.reading(name: path, bytes: ProjectFiles.read(path)),
      let once = try? Formatter.format(file)
    else { return }
    let source = String(decoding: file.bytes, as: UTF8.self)
    #expect(try formatted(once) == once)
    #expect(parsed(once) == parsed(source))
    #expect(once.count { $0 == "%" } == source.count { $0 == "%" })
  }

  @Test("comments between any words of any statements survive", arguments: Seed.each(1...4))
  func anywhere(seed: UInt64) throws {
    var numbers = SplitMix64(seed: seed)
    var trees = RandomTrees(seed: seed)
    for _ in 0..<200 {
      let sources = (0..<3).map { _ in trees.statement().source }
      let (text, count) = strewn(sources.joined(separator: "\n"), &numbers)
      let once = try formatted(text)
      let isKept = (0..<count).allSatisfy { once.contains("c\($0).") }
      guard isKept, parsed(once) == parsed(text), try formatted(once) == once else {
        Issue.record("\(text)\n\n\(once)\n\n\(try formatted(once))")
        return
      }
    }
  }

  /// Puts numbered comments between some words of a text.
  private func strewn(_ text: String, _ numbers: inout SplitMix64) -> (text: String, count: Int) {
    var lexer = Lexer(SourceFile(name: "text", text: text), textSpansLines: false)
    var result = ""
    var count = 0
    var before = lexer.next()
    while before.kind != .end {
      let next = lexer.next()
      result += lexer.text(before.start, before.end)
      if next.start > before.end || next.kind != .leftParenthesis, Int.random(in: 0..<8, using: &numbers) == 0 {
        let forms = [
          " % c\(count).\n", " /* c\(count). */", "\n  % c\(count).\n", "\n\n/* c\(count).\n  more */\n",
          "    % c\(count).\n",
        ]
        result += forms[Int.random(in: 0..<forms.count, using: &numbers)]
        count += 1
      }
      result += lexer.text(before.end, next.start)
      before = next
    }
    return (result, count)
  }
}
