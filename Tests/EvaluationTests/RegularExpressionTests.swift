import Terms
import Testing

@testable import Evaluation

@Suite struct RegularExpressionTests {
  @Test(
    "a pattern matches anywhere in a text",
    arguments: [
      ("Klaipėda", "pėd", true), ("Klaipėda", "^pėd", false), ("Klaipėda", "da$", true), ("a1", "\\d", true),
      ("", "", true), ("", "a", false), ("abc", "", true), ("ŽEMĖ", "(?i)žemė", true), ("Žemė", "^\\p{Lu}\\w+$", true),
      ("😀", "^.$", true), ("abab", "^(ab)\\1$", true), ("a\u{0}b", "a.b", true),
    ])
  func matching(text: String, pattern: String, holds: Bool) throws {
    #expect(try value("matches", .string(text), .string(pattern)) == .boolean(holds))
  }

  @Test("a name is matched by its text")
  func names() throws {
    #expect(try value("matches", .name("klaipeda"), "^klai") == true)
  }

  @Test("a pattern gives the same answer again, and after another pattern")
  func repeated() throws {
    for _ in 0..<3 {
      #expect(try value("matches", "abc", "b") == true)
      #expect(try value("matches", "xyz", "b") == false)
      #expect(try value("matches", "xyz", "y") == true)
    }
  }

  @Test("more patterns than are kept compiled match all the same")
  func manyPatterns() throws {
    for number in 0..<600 {
      #expect(try value("matches", .string("a\(number)b"), .string("^a\(number)b$")) == true)
    }
  }

  @Test("a pattern serves several tasks at once")
  func tasks() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<4 {
        group.addTask {
          try (0..<500).filter { try value("matches", .string("\($0)-\(task)"), "^\\d*7-") == true }.count
        }
      }
      for try await count in group { #expect(count == 50) }
    }
  }

  @Test(
    "a pattern that is none is a failure with the reason and the place",
    arguments: [
      ("a(b", "a parenthesis has no counterpart at character 3"),
      ("ab\n(x", "a parenthesis has no counterpart at character 2 of line 2"),
      ("[a", "a bracket is not closed at character 2"),
      ("a\\q", "this means nothing after a backslash at character 3"),
      ("\\p{Colour}", "there is no such property of characters at character 10"),
      ("*", "this cannot stand here at character 1"),
      ("a{x}", "a number of repetitions is written as {2} or {2,5} at character 3"),
      ("a{3,2}", "the most repetitions are fewer than the least at character 6"),
      ("a{99999999999}", "the number is too great at character 12"),
      ("[z-a]", "the range ends before it begins at character 4"),
      ("\\2", "it refers to a group that it does not have at character 2"),
      ("\\k<n>", "the name of a group is unknown, or given twice at character 5"),
      ("(?<=a*)b", "what is looked for behind has no greatest length at character 7"),
      ("\\N{foo}", "it is not understood"),
    ])
  func invalid(pattern: String, reason: String) throws {
    let shown = Value.string(pattern).description
    #expect(try message("matches", "a", .string(pattern)) == "\(shown) is no regular expression: \(reason)")
  }

  @Test("a pattern that is too long or too deep is a failure")
  func tooLarge() throws {
    #expect(
      try message("matches", "a", .string(String(repeating: "a", count: 10_001)))
        == "a regular expression of 10001 characters is too long")
    let shown = String(repeating: "(", count: 60) + "…"
    #expect(
      try message("matches", "a", .string(String(repeating: "(", count: 5000)))
        == "\"\(shown)\" is no regular expression: it is nested too deeply at character 101")
  }

  @Test(
    "a search that would not end is given up",
    arguments: ["^(a+)+$", "(a*)*b", "[^b]*b", "(.*)\\1b"])
  func endless(pattern: String) throws {
    let text = String(repeating: "a", count: 20_000) + "c"
    #expect(
      try failure("matches", .string(text), .string(pattern))
        == FunctionFailure(
          .patternTooCostly,
          "the regular expression \(Value.string(pattern).shortened) takes too long on a text of 20001 characters",
          help: "repetitions within repetitions, as in `(a+)+`, try the same text over and over"))
  }

  @Test("a text of more than 2^20 characters is not searched")
  func longText() throws {
    #expect(
      try message("matches", .string(String(repeating: "a", count: 1_048_577)), "a")
        == "matches takes a text of at most 1048576 characters, not of 1048577")
  }

  @Test("a search that would take too much memory is given up")
  func memory() throws {
    let text = String(repeating: "a", count: 1_000_000)
    #expect(
      try message("matches", .string(text), "((((a{100,1000}){100,1000}){100,1000}){100,1000}){100,1000}").contains(
        "takes too much memory on a text of 1000000 characters"))
  }
}
