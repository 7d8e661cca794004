import Diagnostics
import Evaluation
import SessionSupport
import Sessions
import Synchronization
import Testing

/// Threads share joins from their first step here, which they else do only where much is to be done.
@Suite("Threads")
struct ThreadTests {
  private func session(threads: Int, _ source: String) throws -> Session {
    let session = Session()
    session.limits.threads = threads
    session.threadPatience = 0
    try session.load(SourceFile(name: "threads.dl", text: source))
    return session
  }

  private func rows(_ query: String, threads: Int, _ source: String) throws -> [[String]] {
    try session(threads: threads, source).query(query).sources
  }

  /// The numbers up to 40 with edges to their multiples.
  private static let multiples = (1...40).flatMap { number in
    (2...40).filter { number * $0 <= 40 }.map { "edge(\(number), \(number * $0))." }
  }.joined(separator: "\n")

  @Test("pairs are the same on any number of threads", arguments: [1, 2, 3, 8])
  func pairs(threads: Int) throws {
    let source = Self.multiples + "\nsister(X, Y) :- edge(P, X), edge(P, Y), X != Y, P > 12."
    let found = try rows("sister(X, Y)", threads: threads, source)
    #expect(found == [["26", "39"], ["39", "26"]])
  }

  @Test("a recursion of two literals is the same on any number of threads", arguments: [1, 2, 3, 8])
  func recursion(threads: Int) throws {
    let source =
      Self.multiples + """

        far(X, Y) :- edge(X, Y).
        far(X, Y) :- edge(Y, X), X > 25.
        far(X, Z) :- far(X, Y), far(Y, Z), X != Z, Y != 1.
        """
    let one = try rows("far(X, Y)", threads: 1, source)
    #expect(try rows("far(X, Y)", threads: threads, source) == one)
    #expect(one.contains(["32", "16"]))
  }

  @Test(
    "what is counted is counted once on any number of threads, also by weights and beneath a gathered set",
    arguments: [1, 2, 3, 8])
  func counts(threads: Int) throws {
    let triangles = "N = count{ X, Y, Z : edge(X, Y), edge(Y, Z), edge(X, Z) }"
    #expect(try rows(triangles, threads: threads, Self.multiples) == [["138"]])
    let cycles = "N = count{ X, Y, Z, W : edge(X, Y), edge(Y, Z), edge(X, W), edge(W, Z), edge(1, X) }"
    #expect(try rows(cycles, threads: threads, Self.multiples) == [["141"]])
    let paths = "N = count{ X, Y, Z, W : edge(X, Y), edge(Y, Z), edge(Z, W) }"
    #expect(try rows(paths, threads: threads, Self.multiples) == [["78"]])
  }

  @Test("a limit ends all threads, and the next query is answered", arguments: [1, 2, 3])
  func limits(threads: Int) throws {
    let numbers = (1...300).map { "number(\($0))." }.joined(separator: "\n")
    let session = try session(threads: threads, numbers)
    // A second passes each time that a thread asks for it.
    let time = Atomic<Int>(0)
    session.limits.clock = { Double(time.add(1, ordering: .relaxed).newValue) }
    session.limits.seconds = 50
    let endless = "N = count{ A, B, C, D : number(A), number(B), number(C), number(D), A < B, B < C, C < D, D < A }"
    #expect(throws: QueryFailure.self) { try session.query(endless) }
    session.limits.seconds = nil
    let answers = try session.query("N = count{ A, B : number(A), number(B), A < B }")
    #expect(answers.value(row: 0, column: 0).description == "44850")
  }
}
