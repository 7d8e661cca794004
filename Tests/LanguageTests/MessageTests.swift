import Diagnostics
import Language
import Testing

/// The one diagnostic of a text: its message, the place by line and column, and its help.
private func message(_ text: String, _ mode: Parser.Mode = .file) -> String {
  var parser = Parser(SourceFile(name: "test.dl", text: text), mode: mode)
  while parser.next() != nil {}
  guard parser.diagnostics.count == 1, let span = parser.diagnostics[0].span else {
    return parser.diagnostics.map(\.message).joined(separator: "\n")
  }
  let place = span.file.position(of: span.start)
  let help = parser.diagnostics[0].help.map { " (\($0))" } ?? ""
  return "\(place.line):\(place.column) \(parser.diagnostics[0].message)\(help)"
}

@Suite("Messages that teach")
struct MessageTests {
  @Test("an unexpected word is named with what was expected")
  func unexpected() {
    #expect(message("p(a b).") == "1:5 expected `,` or `)`, found `b`")
    #expect(message("p(X) :- q(X) r(X).") == "1:14 expected `,`, `;` or `.`, found `r`")
    #expect(message("p(X) :- q(X),.") == "1:14 expected a literal, found `.` (leave the last `,` out)")
    #expect(message("p(") == "1:3 expected a value, found the end of the file")
    #expect(
      message("p() q.") == "1:5 expected `:-`, `@` or `.`, found `q` (each statement ends with a full stop)")
    #expect(message(").") == "1:1 expected a statement, found `)`")
    #expect(
      message("p(a) @ x.") == "1:8 expected `{` after `@`, found `x` (write `@ {source: report, line: 3}`)")
    #expect(message("p(a) @ {3: 4}.") == "1:9 expected a key such as `source`, found `3`")
    #expect(
      message("relation a(b c).") == "1:14 expected `,`, `or` or `)`, found `c` "
        + "(a column's name is followed by a colon: `relation born(who: person, on: date).`)")
    #expect(
      message("include x.")
        == "1:9 expected the path of a file in quotes, found `x` (write `include \"rules/people.dl\".`)")
    #expect(
      message("?- p(X) | select x.")
        == "1:18 expected a variable to select, found `x` (a variable starts with an upper-case letter)")
    #expect(
      message("?- p(X) | order X.")
        == "1:17 expected `by` after `order`, found the variable `X` (write `order by X`)")
    #expect(
      message("?- p(X) | limit \"3\".")
        == "1:17 expected a whole number or a parameter after `limit`, found the string \"3\" "
        + "(write it as `10`, or as `$n` with `param n = 10.`)")
  }

  @Test("a missing full stop is noticed where the next statement begins")
  func missingFullStop() {
    #expect(
      errors("p(a, b)\nq(c).\n") == [
        """
        error[T203]: expected `.` at the end of the statement
         --> test.dl:1:8
          |
        1 | p(a, b)
          |        ^
          = help: each statement ends with a full stop
        note: the next statement begins here
         --> test.dl:2:1
          |
        2 | q(c).
          | ^
        """
      ])
    #expect(parsed("p(a, b)\nq(c).\n") == ["p(a, b)", "q(c)", "error: expected `.` at the end of the statement"])
    #expect(message("p(a)") == "1:5 expected `.` at the end of the statement (each statement ends with a full stop)")
  }

  @Test("a bracket that is missed lines later is shown where it was opened")
  func openBracket() {
    #expect(
      errors("p(a,\n  b\nq(c).\n") == [
        """
        error[T206]: expected `,` or `)`, found `q`
         --> test.dl:3:1
          |
        3 | q(c).
          | ^
        note: the bracket is opened here
         --> test.dl:1:2
          |
        1 | p(a,
          |  ^
        """
      ])
  }

  @Test(
    "signs of other languages are explained",
    arguments: [
      ("q(X), X == 3", "`==`", "equality is written `=`"), ("q(X), X =:= 3", "`=:=`", "equality is written `=`"),
      ("q(X), X := 3", "`:=`", "a value is bound by `=`, and a rule is written `head :- body`"),
      ("q(X), X <> 3", "`<>`", "`!=` says that two values differ"),
      ("q(X), X \\= 3", "`\\=`", "`!=` says that two values differ"), ("q(X), X =< 3", "`=<`", "write `<=`"),
      ("q(X), X is Y + 1", "`is`", "`=` binds and computes: write `X = Y + 1`"),
    ])
  func foreignComparisons(_ body: String, _ found: String, _ help: String) {
    #expect(
      message("p(X) :- \(body).")
        == "1:17 expected a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=` or `~`) after the value, found \(found) (\(help))"
    )
  }

  @Test(
    "words and signs that join literals elsewhere are explained",
    arguments: [
      ("&&", "`&&`", "`,` means and"), ("AND", "the variable `AND`", "`,` means and"),
      ("and", "`and`", "`,` means and"),
      ("||", "`||`", "`;` means or, and `++` joins texts"), ("OR", "the variable `OR`", "`;` means or"),
    ])
  func foreignJunctions(_ word: String, _ found: String, _ help: String) {
    #expect(message("p(X) :- q(X) \(word) r(X).") == "1:14 expected `,`, `;` or `.`, found \(found) (\(help))")
  }

  @Test("negation of other languages is explained")
  func foreignNegation() {
    #expect(message("p(X) :- !q(X).") == "1:9 expected a literal, found `!` (negation is written `not p(X)`)")
    #expect(message("p(X) :- \\+ q(X).") == "1:9 expected a literal, found `\\+` (negation is written `not p(X)`)")
    #expect(message("p(X) :- NOT q(X).").hasSuffix("found `q` (write `not` in lower case)"))
  }

  @Test("a pattern of Cypher at the prompt, or as a query by itself, is told how a query is written")
  func patternAtThePrompt() {
    let pattern = SourceFile(.query, text: "MATCH (a)-[:KNOWS]->(b) RETURN a")
    let error = #expect(throws: Diagnostic.self) { try Parser.query(in: pattern) }
    #expect(error?.message == "no statement begins with `MATCH`")
    var parser = Parser(pattern, mode: .prompt)
    while parser.next() != nil {}
    #expect(parser.diagnostics.first?.message == "no statement begins with `MATCH`")
  }

  @Test("queries of other languages are explained")
  func foreignQueries() {
    #expect(
      message("SELECT X FROM y.")
        == "1:1 no statement begins with `SELECT` "
        + "(a query is written `?- person(X), age(X, A), A > 3 | select X`)"
    )
    #expect(
      message("MATCH (a)-[b]->(c) RETURN a.")
        == "1:1 no statement begins with `MATCH` "
        + "(a query is written `?- knows(A, B), A != B`: a relation, and its ends as arguments)")
    #expect(
      message("?- p(?x).")
        == "1:6 expected a value, found `?x` (a variable starts with an upper-case letter: write `X`)")
    #expect(
      message("p(X) <- q(X).") == "1:6 expected `:-`, `@` or `.`, found `<` (a rule is written `head :- body`)")
    #expect(message("p(X) => q(X).").hasSuffix("(a rule is written `head :- body`, and `>=` compares)"))
    #expect(message("# comment") == "1:1 expected a statement, found `#` (a comment starts with `%`)")
    #expect(message("-- comment") == "1:1 expected a statement, found `-` (a comment starts with `%`)")
    #expect(message("// comment") == "1:1 expected a statement, found `//` (a comment starts with `%`)")
    #expect(message("p([a, b]).").hasSuffix("(there are no lists: state one fact for each member)"))
  }

  @Test("an upper-case constant in a fact is a variable that nothing binds")
  func upperCaseConstant() {
    #expect(
      message("city(Klaipėda).") == "1:6 nothing binds the variable `Klaipėda` of this fact "
        + "(a name starts with a lower-case letter: write `klaipėda`, or `'Klaipėda'` in quotes)")
    #expect(message("city(_).") == "1:6 nothing binds the variable `_` of this fact (a fact has a value in each place)")
    #expect(
      message("type Person.") == "1:6 expected the name of a type, found the variable `Person` "
        + "(a name starts with a lower-case letter: write `person`, or `'Person'` in quotes)")
  }

  @Test("typographic quotes and signs are explained")
  func typography() {
    #expect(
      message("label(k, „Klaipėda“).")
        == "1:10 unexpected quotation mark `„` (a string stands in straight quotes: `\"…\"`)")
    #expect(message("p(‘a’).") == "1:3 unexpected quotation mark `‘` (a name stands in straight quotes: `'…'`)")
    #expect(message("p(a – b).") == "1:5 unexpected `–` (write the ASCII sign `-`)")
    #expect(message("?- p(X), X ≤ 3.") == "1:12 unexpected `≤` (write `<=`)")
    #expect(message("p(a,\u{A0}b).") == "1:5 unexpected invisible character U+00A0 (write an ordinary space)")
    #expect(message("p(a\u{0}).") == "1:4 unexpected control character U+0000 (delete it)")
    #expect(
      message("p(a§).") == "1:4 unexpected character `§` (U+00A7) "
        + "(a name with other characters than letters, digits and `_` stands in quotes: `'…'`)")
  }

  @Test("a relation is written with its arguments at once")
  func relationShape() {
    #expect(
      message("raining.") == "1:8 expected `(` and arguments after `raining`, found `.` "
        + "(a relation is written with its arguments at once: `raining(a, b)`)")
    #expect(
      message("p(X) :- q(X), b.")
        == "1:15 a literal cannot be the name `b` alone (a relation is asked with its arguments: `b(X)`)")
    #expect(
      message("part_of+(a, b).")
        == "1:8 expected `(` and arguments after `part_of`, found `+` (a path can stand in a body only)")
    #expect(message("not(a).") == "1:1 `not` is no name of a relation (a relation's name starts with a letter)")
    #expect(message("p(X) :- (a | b)+(X).") == "1:9 a path has two ends, but 1 is written")
  }

  @Test("comparisons do not follow one another")
  func chainedComparison() {
    #expect(
      message("p(X) :- q(X), 1 < X < 5.")
        == "1:21 comparisons do not follow one another (write two of them: `1 < X, X < 5`)")
  }

  @Test("aggregates and pipes are suggested where one is near")
  func suggestions() {
    #expect(message("p(X) :- X = cont{ Y : q(Y) }.") == "1:13 `cont` is no aggregate (did you mean `count`?)")
    #expect(
      message("p(X) :- X = zzz{ Y : q(Y) }.") == "1:13 `zzz` is no aggregate "
        + "(the aggregates are `count`, `sum`, `min`, `max`, `avg`, `list`, `distance`)")
    #expect(
      message("p(X) :- X = count{ q(Y) }.") == "1:25 expected `,`, or `:` and a body, found `}` "
        + "(what to take stands before a colon: `count{ X : p(X) }`)")
    #expect(
      message("?- p(X) | limt 3.") == "1:11 expected `select`, `order by`, `limit` or `offset` after `|`, found `limt` "
        + "(did you mean `limit`?)")
    #expect(message("?- p(X) | limit 3 | limit 4.") == "1:21 `limit` stands twice")
  }

  @Test("strings and quoted names that are not closed are reported at their beginning")
  func unclosedText() {
    #expect(
      message("p(\"abc).\nq(b).") == "1:3 the string is not closed "
        + "(close it with `\"` on the same line; a line break within it is written `\\n`)")
    #expect(
      message("p('abc).\nq(b).") == "1:3 the name in quotes is not closed "
        + "(close it with `'` on the same line; a line break within it is written `\\n`)")
    #expect(
      message("p(a). /* b\nq(b).")
        == "1:7 the comment is not closed (close it with `*/`, or start each line with `%`)")
  }

  @Test("escapes are checked")
  func escapes() {
    #expect(
      message(#"p("a\qb")."#) == #"1:5 `\q` is not an escape "#
        + #"(the escapes are `\"`, `\'`, `\\`, `\n`, `\t`, `\r` and `\u{…}`; a `\` itself is written `\\`)"#)
    for escape in [#"\u{D800}"#, #"\u{110000}"#, #"\u{}"#, #"\u{1234567890}"#] {
      #expect(
        message("p(\"\(escape)\").")
          == #"1:4 `\u` needs the number of a character in braces (write `\u{17E}` for `ž`)"#)
    }
    for (escape, meant) in [(#"\u17E"#, "17E"), (#"\u001b[31m"#, "001b"), (#"\u00e9e"#, "00e9")] {
      #expect(
        message("p(\"\(escape)\").")
          == #"1:4 `\u` needs the number of a character in braces (write `\u{\#(meant)}`)"#)
    }
    #expect(message("p('').") == "1:3 a name has at least one character")
  }

  @Test("numbers are checked")
  func numbers() {
    #expect(
      message("p(12abc).")
        == "1:3 `12abc` is neither a number nor a name (write `'12abc'` for a name, `\"12abc\"` for a text)")
    #expect(
      message("p(1_).") == "1:3 `1_` is neither a number nor a name (a `_` in a number stands between two digits)")
    #expect(message("p(.5).") == "1:3 expected a value, found `.` (a decimal has a digit before its point: `0.5`)")
    #expect(message("p(1e999).") == "1:3 the decimal `1e999` is too great (the greatest is about 1.8e308)")
    #expect(
      message("p(9223372036854775808).") == "1:3 the integer `9223372036854775808` does not fit 64 bits "
        + "(integers go from -9223372036854775808 to 9223372036854775807; write it as a decimal, `1e20`, or a string)")
  }

  @Test("impossible dates are refused with the reason")
  func dates() {
    #expect(
      message("p(2013-13-45).")
        == "1:3 `2013-13-45` is not a date: there is no month 13 (a subtraction has spaces around its `-`)")
    #expect(
      message("p(2013-02-30).")
        == "1:3 `2013-02-30` is not a date: February 2013 has 28 days (a subtraction has spaces around its `-`)")
    #expect(
      message("p(2013-02-14T10:00).") == "1:3 `2013-02-14T10` is not a date "
        + "(a date is written `2013-02-14`, `2013-02` or `2014-03-05/2014-03-07`, without a time of day)")
    #expect(
      message("p(2014-03-07/2014-03-05).") == "1:3 `2014-03-07/2014-03-05` is not a date: "
        + "the interval ends before it begins (an interval goes from its first day to its last)")
    #expect(message("p(date(\"2013-13\")).") == "1:8 `2013-13` is not a date: there is no month 13")
  }
}
