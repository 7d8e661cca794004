import Diagnostics
import Language
import Terms
import Testing

/// The arguments of the one fact that a text holds.
private func values(_ arguments: String) -> [String] {
  parsed("p(\(arguments)).").map { $0.hasPrefix("p(") ? String($0.dropFirst(2).dropLast()) : $0 }
}

@Suite("Words and values")
struct ValueTests {
  @Test("a name starts with a letter that is not upper-case")
  func names() {
    #expect(values("klaipeda, žemė, a1_b, šiauliai2, 日本") == ["klaipeda, žemė, a1_b, šiauliai2, 日本"])
  }

  @Test("a name in quotes holds anything, with the escapes of strings")
  func quotedNames() {
    #expect(values(#"'VšĮ „Gintaras“', 'it\'s', 'A'"#) == ["VšĮ „Gintaras“, it's, A"])
  }

  @Test("a date of any form is read from its canonical source")
  func formsOfDates() throws {
    let parts = [
      "1870", "1870-05", "1870-05-14", "187X", "18XX", "1870-XX", "1870-XX-XX", "1870-05-XX", "1870-21", "-0044",
      "-0044-03",
      "-187X", "Y17000", "Y-17000", "0000", "0000-01-01",
    ]
    let ends = parts.flatMap { part in ["", "?", "~", "%"].map { part + $0 } } + ["", ".."]
    let texts = ends + ends.flatMap { from in ends.map { "\(from)/\($0)" } }
    let dates = texts.compactMap { DateSpan($0) }
    #expect(dates.count > 1500)
    for date in dates {
      let value = Value.date(date)
      for source in [value.description, "date(\"\(date)\")"] {
        for end in ["", " ", ", 1", "\n"] {
          let fact = try? Parser.fact(in: SourceFile(name: "", text: "p(\(source)\(end))"))
          guard case .constant(value, _)? = fact?.arguments.first else {
            Issue.record("\(source)\(end)")
            return
          }
        }
      }
    }
  }

  @Test("a number before a sign that may be a mark is a number if something follows that is compared")
  func numbersAndMarks() {
    #expect(parsed("?- X = 1870, 5 ~ \"a\".") != parsed("?- X = 1870~, 5."))
    #expect(values("1870-5, 1870/5, 1870 - 05") == ["[- 1870 5], [/ 1870 5], [- 1870 5]"])
  }

  @Test("strings have escapes")
  func strings() {
    #expect(values(#""a\"b\\c\n\t\r\u{1F600}\u{17e}""#) == ["\"a\"b\\c\n\t\r😀ž\""])
  }

  @Test("an escaped mark joins the letter before it, as NFC has it")
  func normalisedEscapes() {
    #expect(values(#""e\u{301}""#) == ["\"\u{E9}\""])
  }

  @Test("integers may hold `_` between digits")
  func integers() {
    #expect(values("42, -7, 1_000_000, 007, - 3") == ["42, -7, 1000000, 7, -3"])
  }

  @Test("the least and the greatest integer of 64 bits are read")
  func extremes() {
    #expect(
      values("9223372036854775807, -9223372036854775808") == ["9223372036854775807, -9223372036854775808"])
  }

  @Test("an integer beyond 64 bits is an error, also with a sign")
  func overflow() {
    #expect(
      parsed("p(9223372036854775808). p(-9223372036854775809). p(1 -9223372036854775808).") == [
        "error: the integer `9223372036854775808` does not fit 64 bits",
        "error: the integer `-9223372036854775809` does not fit 64 bits",
        "error: the integer `9223372036854775808` does not fit 64 bits",
      ])
  }

  @Test("a decimal that equals an integer is that integer")
  func decimals() {
    #expect(values("3.14, 1e9, 1.0, 2.5E-1, -0.5, 1e20") == ["3.14, 1000000000, 1, 0.25, -0.5, 1e+20"])
  }

  @Test("a full stop behind digits ends the statement unless a digit follows")
  func fullStops() {
    #expect(
      parsed("p(X) :- X = 1. p(X) :- X = 1.5. p(1).q(2).") == [
        "p(?X) :- [= ?X 1]", "p(?X) :- [= ?X 1.5]", "p(1)", "q(2)",
      ])
  }

  @Test("digits, `-` and digits without spaces are a date where they have its shape, else a subtraction")
  func dates() {
    #expect(
      values("2013-02-14, 2013-02, 2013 - 02, 2013-2, 12013-02, 2013-123") == [
        "2013-02-14, 2013-02, [- 2013 2], [- 2013 2], [- 12013 2], [- 2013 123]"
      ])
  }

  @Test("an interval joins two dates by `/`, else `/` divides")
  func intervals() {
    #expect(
      values("2014-03-05/2014-03-07, 2013-02/2014, 2013/2014-03, 2013/2014, 10/5") == [
        "2014-03-05/2014-03-07, 2013-02/2014, 2013/2014-03, [/ 2013 2014], [/ 10 5]"
      ])
  }

  @Test("`date` of a string is the date itself")
  func dateCall() {
    #expect(values(#"date("2013"), date("2013-05/2013-06")"#) == ["2013, 2013-05/2013-06"])
  }

  @Test("`true` and `false` are values, and a name in quotes is not")
  func booleans() {
    #expect(values("true, false, 'true'") == ["true, false, true"])
    guard case .rule(let rule) = first("p('true', true).") else { return #expect(Bool(false)) }
    guard case .constant(let quoted, _) = rule.head.arguments[0], case .constant(let plain, _) = rule.head.arguments[1]
    else { return #expect(Bool(false)) }
    #expect(quoted == .name("true"))
    #expect(plain == .boolean(true))
  }

  @Test("comments end with the line or with `*/`, and stand anywhere")
  func comments() {
    #expect(parsed("p(/* a. */ a, % b).\n b). % end") == ["p(a, b)"])
  }

  @Test("a first line that starts with `#!` and a byte order mark are skipped")
  func firstLine() {
    #expect(parsed("#!/usr/bin/env -S tiltas run\np(a).") == ["p(a)"])
    #expect(parsed("\u{FEFF}p(a).") == ["p(a)"])
  }

  @Test("lines may end as on Windows")
  func windowsLines() {
    #expect(parsed("p(a).\r\nq(b). % c\r\n") == ["p(a)", "q(b)"])
  }

  private func first(_ text: String) -> Statement? {
    var parser = Parser(SourceFile(name: "test.dl", text: text))
    return parser.next()
  }
}
