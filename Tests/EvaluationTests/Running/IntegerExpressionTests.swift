import Diagnostics
import Sessions
import Testing

/// Integers that are computed of integers without values between, and what is not.
@Suite("Expressions of integers")
struct IntegerExpressionTests {
  private func answers(_ query: String) throws -> [String] {
    let session = Session()
    try session.load(
      SourceFile(
        name: "integers.dl",
        text: """
          relation n(any, any).
          n("a", 7). n("b", -7). n("c", 9223372036854775807). n("d", 2.5). n("e", "šeši"). n("f", 2014-05-01).
          """))
    let answers = try session.query(query)
    return (0..<answers.rowCount).map { answers.value(row: $0, column: 0).plainText }
  }

  @Test(
    "functions within functions, on either side",
    arguments: [
      ("X = 100 - (20 - (3 - A))", 76), ("X = ((A * 21) + 5) mod 7", 5), ("X = (A - 10) * (A + (A - 2) * 2)", -51),
      ("X = A mod (A - 10)", -2), ("X = (A + A) * (A - 2) mod (A + 1)", 6),
    ])
  func nested(computation: String, expected: Int) throws {
    #expect(try answers(#"n("a", A), \#(computation) | select X"#) == ["\(expected)"])
  }

  @Test("a decimal, a text and a date are computed with as values")
  func others() throws {
    #expect(try answers(#"n("d", A), X = A * 2 + 1 | select X"#) == ["6"])
    #expect(try answers(#"n("e", A), X = length(A) * 10 | select X"#) == ["40"])
    #expect(try answers(#"n("f", A), X = year(A) - 4 | select X"#) == ["2010"])
  }

  @Test("a result that does not fit is an error that names the row")
  func overflow() throws {
    let failure = #expect(throws: Diagnostic.self) { try answers(#"n("c", A), X = A * 2 - A | select X"#) }
    #expect(failure?.all.first?.notes.map(\.message) == ["this happened where A = 9223372036854775807"])
  }

  @Test("comparisons of computed integers hold as those of their values")
  func compared() throws {
    #expect(try answers(#"n(X, A), X <= "b", (A + 1) mod 2 = 0 | select X | order by X"#) == ["a", "b"])
    #expect(try answers(#"n(X, A), X <= "b", A * 2 < A + 1 | select X"#) == ["b"])
  }
}
