import TestSupport
import Testing

/// `--memory` and `--timeout` end each kind of work: status 4, one message, and nothing half-written.
@Suite struct LimitTests {
  /// A table of pairs of numbers as if at random.
  private static func table(rows: Int, of numbers: Int) -> String {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % UInt64(numbers)
    }
    var bytes = Array("from\tto\n".utf8)
    for _ in 0..<rows {
      bytes += String(next()).utf8
      bytes.append(0x09)
      bytes += String(next()).utf8
      bytes.append(0x0A)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct Work: CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    var arguments: [String]
    /// What is told to have ended.
    var part = "the query"
  }

  private static let edges = ["e.tsv": table(rows: 20_000, of: 1_000)]
  private static func query(_ name: String, _ text: String) -> Work {
    let program = "relation e(integer, integer). import e \"e.tsv\".\n" + text
    return Work(
      testDescription: name, files: edges.merging(["q.dl": program]) { $1 }, arguments: ["run", "--no-graph", "q.dl"])
  }

  private static let works = [
    query("closures", "p(X, Y) :- e(X, Y). p(X, Z) :- p(X, Y), e(Y, Z). ?- p(X, Y)."),
    query("joins", "t(X, Y, Z) :- e(X, Y), e(Y, Z). ?- t(X, Y, Z)."),
    query("distances", "d(A, B, N) :- N = distance{ e : A -> B }. ?- d(A, B, N)."),
    query("aggregates", "s(X, T) :- e(X, _), T = list{ Z, Y : e(X, Y), e(Y, Z) }. ?- s(X, T)."),
    query("numbers", "n(0). n(X + 1) :- n(X), X < 9000000. ?- n(X)."),
    query("texts", "t(S) :- e(X, Y), e(Y, Z), S = to_string(X) ++ \"-\" ++ to_string(Z). ?- t(S)."),
    Work(
      testDescription: "tables", files: ["big.tsv": table(rows: 400_000, of: 399_989)],
      arguments: ["query", "big(1, X)", "--graph", "big.tsv"], part: "reading"),
    Work(
      testDescription: "statements",
      files: ["big.dl": (0..<150_000).map { "p(n\($0), \($0)) @ {line: \($0)}.\n" }.joined()],
      arguments: ["query", "p(n1, X)", "--graph", "big.dl"], part: "reading"),
  ]

  @Test("more memory than is allowed ends it", arguments: works)
  func memory(_ work: Work) throws {
    let folder = try TemporaryFolder(work.files)
    let result = try Program.run(work.arguments + ["--quiet", "--memory", "24"], in: folder)
    #expect(result.status == 4)
    #expect(
      result.errors
        == "error[T082]: \(work.part) was ended: it needs more than 24 MiB\n = help: allow more with --memory\n")
  }

  /// Runs something with more and more seconds until they are enough to read what it works on, as long as that takes here.
  private func timed(
    from first: Double = 0.02, _ run: (_ seconds: Double) throws -> (result: Program.Result, isRead: Bool)
  ) throws -> (result: Program.Result, seconds: Double) {
    var seconds = first
    while true {
      let (result, isRead) = try run(seconds)
      if isRead || seconds > 60 { return (result, seconds) }
      seconds *= 4
    }
  }

  @Test("more time than is allowed ends it, and no file is left", arguments: works)
  func time(_ work: Work) throws {
    let folder = try TemporaryFolder(work.files)
    let (result, seconds) = try timed { seconds in
      let result = try Program.run(
        work.arguments + ["--quiet", "--timeout", "\(seconds)", "-o", "answers.tsv"], in: folder)
      return (result, work.part == "reading" || !result.errors.hasPrefix("error[T081]: reading was ended"))
    }
    #expect(result.status == 4)
    #expect(
      result.errors == "error[T081]: \(work.part) was ended after \(seconds) s\n = help: allow more with --timeout\n")
    #expect(try folder.entries() == work.files.keys.sorted())
  }

  @Test("a script ends at the entry that needs too much, and waiting for the next takes no time of it")
  func script() throws {
    let folder = try TemporaryFolder(["e.tsv": Self.table(rows: 100, of: 10)])
    let (result, seconds) = try timed(from: 0.1) { seconds in
      let script = """
        (echo 'relation e(integer, integer). import e "e.tsv". +e(0, 0).'; sleep \(seconds + 0.1); echo '?- e(0, 0).'
         sleep \(seconds + 0.1); echo 'n(X + 1) :- n(X), X < 9000000. +n(0). ?- n(X).'
        ) | tiltas --no-graph --timeout \(seconds)
        """
      let result = try Program.shell(script, in: folder)
      return (result, result.output == "yes\n")
    }
    #expect(result.status == 4)
    #expect(result.output == "yes\n")
    #expect(result.errors.contains("the query was ended after \(seconds) s"))
  }

  @Test("a script that is ended in a transaction says that nothing of it is kept")
  func transaction() throws {
    let folder = try TemporaryFolder(["g.dl": "a(0)."])
    // Nobody writes to the pipe, so that the work does not end by itself.
    let script = """
      tiltas --graph g.dl save g.tiltas; mkfifo pipe.dl
      printf '+a(1).\nbegin.\n+a(2).\n:load pipe.dl\ncommit.\n' | tiltas --graph g.tiltas --timeout 0.2
      echo $?; tiltas --graph g.tiltas query 'a(X)' --no-header
      """
    let result = try Program.shell(script, in: folder)
    #expect(result.output == "4\n0\n1\n")
    #expect(
      result.errors.hasSuffix(
        """
        error[T081]: the query was ended after 0.2 s
         = help: allow more with --timeout
        error[T038]: the transaction was not ended, and nothing of it is kept
         = help: end it: `commit.`

        """))
  }

  @Test("a reader that is slow takes no time of the query")
  func slowReader() throws {
    // More than a pipe holds, of which nothing is to be computed.
    let table = "n\n" + (0..<30_000).map { "\($0)\n" }.joined()
    let folder = try TemporaryFolder(["n.tsv": table, "q.dl": "import n \"n.tsv\". ?- n(X)."])
    let (result, _) = try timed(from: 0.5) { seconds in
      let line =
        "tiltas run --no-graph --timeout \(seconds) q.dl | (sleep \(seconds + 0.5); wc -l); echo ${PIPESTATUS[0]}"
      let result = try Program.shell(line, in: folder)
      return (result, result.output == "30001\n0\n")
    }
    #expect(result.output == "30001\n0\n")
  }
}
