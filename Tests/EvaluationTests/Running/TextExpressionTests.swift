import Diagnostics
import Sessions
import Testing

/// Texts that are computed from texts are made of bytes: they must be those that the functions give.
@Suite("Texts computed from texts")
struct TextExpressionTests {
  private static func values(_ query: String, of facts: String = titles) throws -> [String] {
    let session = Session()
    try session.load(SourceFile(name: "titles.dl", text: facts))
    let answers = try session.query(query)
    return (0..<answers.rowCount).map { answers.value(row: $0, column: 0).description }
  }

  private static let titles = """
    title(1, "Vizitas į Šilutę, Nr. 4").
    title(2, "Visit to Klaipėda, no. 12").
    title(3, "").
    title(4, "e").
    title(5, klaipeda).
    """

  @Test("functions are nested, on strings and names")
  func nested() throws {
    #expect(
      try Self.values("title(_, T), W = replace(lower(T), \", n\", \"-N\") | select W | order by W") == [
        "\"\"", "\"e\"", "\"klaipeda\"", "\"visit to klaipėda-No. 12\"", "\"vizitas į šilutę-Nr. 4\"",
      ])
    #expect(
      try Self.values("title(I, T), I < 3, W = upper(split(fold(T), \" \", -2)) | select W | order by W")
        == ["\"NO.\"", "\"NR.\""])
    #expect(
      try Self.values("title(I, T), I < 3, W = substring(split(T, \", \", 1), 9, 20) | select W | order by W")
        == ["\" Klaipėda\"", "\"į Šilutę\""])
  }

  @Test("texts are joined with whatever a variable stands for, and come to normal form C between two steps")
  func joined() throws {
    #expect(try Self.values("title(4, T), W = T ++ \"\\u{301}\" ++ 4 | select W") == ["\"é4\""])
    #expect(try Self.values("title(4, T), W = T ++ \"\\u{301}\" | select W") == ["\"é\""])
    #expect(
      try Self.values("title(4, T), W = replace(T ++ \"\\u{301}\", \"é\", \"found\") | select W") == ["\"found\""])
    #expect(try Self.values("title(I, T), I = 5, W = I ++ \": \" ++ T ++ 1.5 | select W") == ["\"5: klaipeda1.5\""])
  }

  @Test("conditions are asked of computed texts")
  func conditions() throws {
    #expect(try Self.values("title(I, T), contains(fold(T), \"klaipeda\") | select I | order by I") == ["2", "5"])
    #expect(try Self.values("title(I, T), starts_with(T ++ I, \"e4\") | select I") == ["4"])
    #expect(try Self.values("title(I, T), lower(T) = \"e\" | select I") == ["4"])
    #expect(try Self.values("title(I, T), length(T) > 20 | select I | order by I") == ["1", "2"])
    #expect(try Self.values("title(I, T), length(upper(T)) = 8 | select I") == ["5"])
  }

  @Test("what is no text is told as by the function itself")
  func noText() throws {
    let error = #expect(throws: Diagnostic.self) {
      try Self.values("title(I, T), W = replace(lower(T), \"a\", \"b\")", of: "title(1, \"a\"). title(2, 7).")
    }
    #expect(error?.all.first?.message == "lower takes text, not the number 7")
  }

  @Test("a text that doubles is told when it is too long")
  func tooLong() throws {
    let error = #expect(throws: Diagnostic.self) {
      try Self.values("title(1, T), W = T ++ T", of: "title(1, \"\(String(repeating: "a", count: 9 << 20))\").")
    }
    #expect(error?.all.first?.message == "the result of ++ is a text of more than 16 MiB")
  }
}
