import Diagnostics
import SessionSupport
import Sessions
import Testing

/// A limit shows the rows that all rows in order begin with, and only what may be among them is computed.
@Suite("Limits")
struct LimitedAnswersTests {
  private static func rows(_ query: String, _ source: String, atOnce: Int = 0) throws -> ([[String]], hasMore: Bool) {
    let session = Session()
    session.rowsAtOnce = atOnce
    try session.load(SourceFile(name: "limits.dl", text: source))
    let answers = try session.query(query)
    return (answers.texts, answers.hasMore)
  }

  private static let numbers = (1...60).map { "n(\($0)). m(\(61 - $0))." }.joined()

  @Test(
    "the rows are the first of all, whichever columns decide",
    arguments: [
      "n(X), m(Y)", "n(X), m(Y) | order by Y desc", "n(X), m(Y), X + Y < 50 | order by Y desc, X desc",
      "n(X), m(Y), Z = X * Y | select Z", "n(X), m(Y) | order by X desc | select Y",
      "n(X), m(Y), X < Y | order by Y | select X", "n(X) ; m(X), X > 3", "n(X), m(X)", "n(X), not m(X)",
      "n(X), N = count{ Y : m(Y), Y < X } | order by N desc | select X",
      "n(X), m(Y), lower(to_string(X)) = to_string(Y)",
    ])
  func first(query: String) throws {
    let body = query.contains("|") ? query : query + " | select \(query.contains("Y)") ? "X, Y" : "X")"
    let (all, _) = try Self.rows(body.contains("not") ? query : query, Self.numbers, atOnce: .max / 8)
    for (offset, limit) in [(0, 1), (0, 5), (3, 20), (50, 30), (0, 70), (3590, 40)] {
      let (shown, hasMore) = try Self.rows("\(query) | limit \(limit) | offset \(offset)", Self.numbers)
      #expect(shown == Array(all.dropFirst(offset).prefix(limit)), "\(query), \(limit) after \(offset)")
      #expect(hasMore == (all.count > offset + limit), "\(query), \(limit) after \(offset)")
    }
  }

  @Test("of hundreds of millions of rows the first are found at once")
  func huge() throws {
    let source = (10_000..<30_000).map { "b(b\($0)). c(c\($0))." }.joined()
    let (rows, hasMore) = try Self.rows("b(A), c(C) | limit 2", source, atOnce: 100_000)
    #expect(rows == [["b10000", "c10000"], ["b10000", "c10001"]])
    #expect(hasMore)
    let (last, _) = try Self.rows("b(A), c(C) | order by C desc, A desc | limit 2", source, atOnce: 100_000)
    #expect(last == [["b29999", "c29999"], ["b29998", "c29999"]])
  }

  @Test("the rows are the same on any number of threads", arguments: [1, 2, 3, 8])
  func threads(count: Int) throws {
    let session = Session()
    session.limits.threads = count
    session.threadPatience = 0
    session.rowsAtOnce = 10
    try session.load(SourceFile(name: "limits.dl", text: Self.numbers))
    let answers = try session.query("n(X), m(Y), X != Y | limit 3")
    #expect((0..<3).map { answers.value(row: $0, column: 1) } == [.integer(2), .integer(3), .integer(4)])
  }

  @Test("a row of few is explained without the others")
  func explanation() throws {
    let session = Session()
    session.rowsAtOnce = 0
    try session.load(SourceFile(name: "limits.dl", text: Self.numbers))
    let answers = try session.query("n(X), m(Y) | order by Y desc | limit 2")
    let explanation = try session.why(answers, row: 1)
    #expect(explanation?.nodes.map(\.conclusion) == ["answer(2, 60)", "n(2)", "m(60)"])
  }
}
