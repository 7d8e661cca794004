import Terms
import Testing

@testable import Evaluation

@Suite struct FunctionTests {
  @Test("a function is found by the name that users write")
  func names() {
    #expect(Function.named("starts_with") == .startsWith)
    #expect(Function.named("days_between") == .daysBetween)
    #expect(Function.named("min") == .min)
    #expect(Function.named("startsWith") == nil)
    #expect(Function.named("colour") == nil)
  }

  @Test("an operator is not called by a name", arguments: ["+", "-", "*", "/", "mod", "negate", "++"])
  func operators(name: String) {
    #expect(Function.named(name) == nil)
  }

  @Test("conditions are the functions that give true or false")
  func conditions() {
    let names = Function.allCases.filter(\.isCondition).map(\.rawValue).sorted()
    #expect(
      names == [
        "after", "before", "contains", "during", "ends_with", "is_approximate", "is_uncertain", "matches", "overlaps",
        "starts_with",
      ])
  }

  @Test("each function takes as many arguments as it has kinds for", arguments: Function.allCases)
  func counts(function: Function) {
    #expect(function.argumentCounts.upperBound == function.form.arguments.count)
  }

  @Test("a wrong number of arguments is told with the way to write it")
  func wrongCounts() throws {
    #expect(
      try failure("length")
        == FunctionFailure(.wrongArgumentCount, "length takes 1 argument, not 0", help: "it is written `length(text)`"))
    #expect(
      try failure("substring", "a")
        == FunctionFailure(
          .wrongArgumentCount, "substring takes 2 or 3 arguments, not 1",
          help: "it is written `substring(text, start[, length])`"))
    #expect(
      try failure("+", 1, 2, 3)
        == FunctionFailure(.wrongArgumentCount, "+ takes 2 arguments, not 3", help: "it is written `number + number`"))
    #expect(try message("negate", 1, 2) == "- takes 1 argument, not 2")
  }

  @Test("an argument of another kind is told with what it is")
  func wrongKinds() throws {
    #expect(try message("length", 5) == "length takes text, not the number 5")
    #expect(try message("length", true) == "length takes text, not true")
    #expect(try message("+", 1, "a") == "+ takes numbers, not the string \"a\"")
    #expect(try message("-", .name("klaipeda"), 1) == "- takes numbers, not the name klaipeda")
    #expect(try message("abs", "a") == "abs takes a number, not the string \"a\"")
    #expect(try message("negate", "a") == "- takes a number, not the string \"a\"")
    #expect(try message("year", "2013") == "year takes a date, not the string \"2013\"")
    #expect(try message("before", day("2013"), 5) == "before takes dates, not the number 5")
    #expect(try message("contains", "a", 1.5) == "contains takes texts, not the number 1.5")
    #expect(
      try message("round", 1.5, 0.5) == "round takes an integer as its second argument, not the number 0.5")
    #expect(
      try message("split", "a", ",", "1") == "split takes an integer as its third argument, not the string \"1\"")
    #expect(
      try message("substring", day("2013-02"), 1) == "substring takes text as its first argument, not the date 2013-02")
  }

  @Test("a function that would help is named")
  func help() throws {
    #expect(try failure("+", "a", "b").help == "`++` joins texts")
    #expect(try failure("*", "2", 3).help == "`to_number` reads a number from text")
    #expect(
      try failure("-", day("2013-02-14"), day("2013-02-13")).help
        == "`days_between` counts the days from one date to another")
    #expect(try failure("year", "2013").help == "`date` makes a date from text")
    #expect(try failure("length", 5).help == "`to_string` makes text of a value")
    #expect(try failure("abs", .name("a")).help == nil)
  }

  @Test("a long text is cut in a message")
  func longTexts() throws {
    let text = String(repeating: "ž", count: 1000)
    let shown = String(repeating: "ž", count: 60) + "…"
    #expect(try message("abs", .string(text)) == "abs takes a number, not the string \"\(shown)\"")
  }

  @Test("no argument of any kind in any place makes a function trap", arguments: Function.allCases)
  func anyArguments(function: Function) throws {
    let values: [Value] = [
      0, 1, -1, .integer(.max), .integer(.min), 0.5, -0.5, 1e300, -1e300, .decimal(.leastNonzeroMagnitude), "", "a",
      "[", "12", .name("b"), true,
      try day("0001-01-01"), try day("9999"), try day("2013-02/2014"),
    ]
    for first in values {
      _ = try? function.apply([first])
      for second in values {
        _ = try? function.apply([first, second])
        for third in values { _ = try? function.apply([first, second, third]) }
      }
    }
  }
}
