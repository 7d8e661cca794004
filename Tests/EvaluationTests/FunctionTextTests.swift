import Terms
import Testing

@testable import Evaluation

@Suite struct FunctionTextTests {
  @Test("texts, numbers and dates are joined as they are written without quotes")
  func concatenation() throws {
    #expect(try value("++", "Klai", "pėda") == "Klaipėda")
    #expect(try value("++", .name("a"), 1) == "a1")
    #expect(try value("++", 1.5, day("2013-02")) == "1.52013-02")
    #expect(try value("++", "", true) == "true")
  }

  @Test("a joined text is in normal form C")
  func normalForm() throws {
    guard case .string(let text) = try value("++", "e", "\u{301}") else {
      Issue.record("no string")
      return
    }
    #expect(Array(text.utf8) == [0xC3, 0xA9])
  }

  @Test("a text that would be longer than 16 MiB is a failure")
  func tooLong() throws {
    let long = Value.string(String(repeating: "a", count: 1 << 23))
    #expect(
      try message("++", long, .string(String(repeating: "a", count: 1 << 23 + 1)))
        == "the result of ++ is a text of more than 16 MiB")
    #expect(try message("replace", long, "a", "bcd") == "the result of replace is a text of more than 16 MiB")
  }

  @Test("length counts characters as readers see them")
  func length() throws {
    #expect(try value("length", "") == 0)
    #expect(try value("length", "Žvėrynas") == 8)
    #expect(try value("length", "e\u{301}x") == 2)
    #expect(try value("length", "👨‍👩‍👧🇱🇹") == 2)
    #expect(try value("length", .name("klaipeda")) == 8)
  }

  @Test("lower, upper and fold give strings, of names too")
  func letters() throws {
    #expect(try value("lower", "ŽEMĖ") == "žemė")
    #expect(try value("upper", "žemė") == "ŽEMĖ")
    #expect(try value("upper", "Straße") == "STRASSE")
    #expect(try value("upper", .name("abc")) == "ABC")
    #expect(try value("fold", "Žvėrynas") == "zverynas")
  }

  @Test("a text contains, starts with and ends with its parts and the empty text")
  func parts() throws {
    #expect(try value("contains", "Klaipėda", "aip") == true)
    #expect(try value("contains", "Klaipėda", "klai") == false)
    #expect(try value("contains", "aab", "ab") == true)
    #expect(try value("contains", "", "a") == false)
    #expect(try value("contains", "a", "") == true)
    #expect(try value("contains", .name("klaipeda"), .name("peda")) == true)
    #expect(try value("starts_with", "Klaipėda", "Klai") == true)
    #expect(try value("starts_with", "Klaipėda", "laip") == false)
    #expect(try value("starts_with", "a", "ab") == false)
    #expect(try value("ends_with", "Klaipėda", "ėda") == true)
    #expect(try value("ends_with", "Klaipėda", "eda") == false)
    #expect(try value("ends_with", "", "") == true)
  }

  @Test("a part is found where it overlaps a false beginning of itself")
  func overlappingParts() throws {
    #expect(try value("contains", "ababac", "abac") == true)
    #expect(try value("contains", "aabaabaaab", "aabaaab") == true)
    #expect(try value("contains", "aabaabaab", "aabaaab") == false)
  }

  @Test("replace puts a text at each place of another")
  func replacement() throws {
    #expect(try value("replace", "a-b-c", "-", "+") == "a+b+c")
    #expect(try value("replace", "aaa", "aa", "b") == "ba")
    #expect(try value("replace", "abc", "x", "y") == "abc")
    #expect(try value("replace", "abc", "b", "") == "ac")
    #expect(try value("replace", "abc", "", "x") == "abc")
    #expect(try value("replace", "Žžž", "ž", "z") == "Žzz")
  }

  @Test("split gives the n-th part, from the end where n is negative")
  func split() throws {
    #expect(try value("split", "a, b, c", ", ", 1) == "a")
    #expect(try value("split", "a, b, c", ", ", 3) == "c")
    #expect(try value("split", "a, b, c", ", ", -1) == "c")
    #expect(try value("split", "a, b, c", ", ", -3) == "a")
    #expect(try value("split", "a,,c", ",", 2) == "")
    #expect(try value("split", "a", ",", 1) == "a")
    #expect(try value("split", "abc", "", 1) == "abc")
  }

  @Test("a part beyond the last is an empty string, and there is no part 0")
  func splitBeyond() throws {
    #expect(try value("split", "a,b", ",", 3) == "")
    #expect(try value("split", "a,b", ",", -3) == "")
    #expect(try value("split", "a,b", ",", .integer(.min)) == "")
    #expect(try message("split", "a,b", ",", 0) == "split(\"a,b\", \",\", 0): parts are counted from 1, not from 0")
  }

  @Test("substring counts characters from 1 and ends where the text ends")
  func substring() throws {
    #expect(try value("substring", "Žvėrynas", 3) == "ėrynas")
    #expect(try value("substring", "Žvėrynas", 2, 2) == "vė")
    #expect(try value("substring", "Žvėrynas", 7, 10) == "as")
    #expect(try value("substring", "abc", 4) == "")
    #expect(try value("substring", "abc", .integer(.max), .integer(.max)) == "")
    #expect(try value("substring", "abc", 1, 0) == "")
  }

  @Test("a substring from before the first character or of a negative length is a failure")
  func substringOutside() throws {
    #expect(
      try message("substring", "abc", 0) == "substring(\"abc\", 0): characters are counted from 1, not from 0")
    #expect(
      try message("substring", "abc", -1, 2) == "substring(\"abc\", -1, 2): characters are counted from 1, not from -1")
    #expect(try message("substring", "abc", 1, -1) == "substring(\"abc\", 1, -1): a length is not less than 0")
  }

  @Test("any value has its text")
  func toString() throws {
    #expect(try value("to_string", 42) == "42")
    #expect(try value("to_string", 1.5) == "1.5")
    #expect(try value("to_string", true) == "true")
    #expect(try value("to_string", day("2013-02")) == "2013-02")
    #expect(try value("to_string", .name("klaipeda")) == "klaipeda")
    #expect(try value("to_string", "\"") == "\"")
  }

  @Test(
    "text is read as a number as the language writes numbers",
    arguments: [
      ("42", 42), ("-7", -7), ("+7", 7), ("1_000_000", 1_000_000), ("3.14", 3.14), ("1e9", 1_000_000_000),
      ("2.5E-1", 0.25), ("1.0", 1), ("007", 7), ("-9223372036854775808", .integer(.min)), ("1e-999", 0),
    ] as [(String, Value)])
  func toNumber(text: String, number: Value) throws {
    #expect(try value("to_number", .string(text)) == number)
  }

  @Test("a number stays the number that it is")
  func numberToNumber() throws {
    #expect(try value("to_number", 5) == 5)
    #expect(try value("to_number", 0.5) == 0.5)
  }

  @Test(
    "text that is no number is a failure",
    arguments: [
      "", "-", "a", "12a", " 12", "1.", ".5", "1e", "1e+", "0x10", "inf", "nan", "1__0", "1_", "_1", "1,5", "--1", "१",
    ])
  func noNumber(text: String) throws {
    #expect(try message("to_number", .string(text)) == "\"\(text)\" is no number")
  }

  @Test("a number that is too great to be read is a failure")
  func numberTooGreat() throws {
    #expect(
      try message("to_number", "9223372036854775808")
        == "\"9223372036854775808\" is greater than an integer of 64 bits can be")
    #expect(
      try message("to_number", "-9223372036854775809")
        == "\"-9223372036854775809\" is less than an integer of 64 bits can be")
    #expect(try message("to_number", "1e999") == "\"1e999\" is greater than a decimal can be")
    #expect(try message("to_number", "-1e999") == "\"-1e999\" is less than a decimal can be")
    #expect(try message("to_number", true) == "to_number takes text, not true")
  }
}
