import Foundation
import TestSupport
import Testing

/// The system refuses memory: the work ends with status 4 and one message, or with its answer, and what was acknowledged stays.
///
/// The program that tests run refuses allocations as `TILTAS_FAIL_ALLOCATION` says; see `Sources/CReserve`.
@Suite struct OutOfMemoryTests {
  struct Work: CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    var input = ""
  }

  private static let edges = "from\tto\n" + (0..<2_000).map { "\($0 % 97)\t\($0 * 31 % 101)\n" }.joined()
  private static func run(_ name: String, _ text: String) -> Work {
    let program = "relation e(integer, integer). import e \"e.tsv\".\n" + text
    return Work(testDescription: name, arguments: ["run", "-", "--no-graph"], input: program)
  }

  private static let works = [
    run("closures", "p(X, Y) :- e(X, Y). p(X, Z) :- p(X, Y), e(Y, Z). ?- p(X, Y)."),
    run("joins", "t(X, Z) :- e(X, Y), e(Y, Z). ?- t(X, Z)."),
    run("distances", "d(A, B, N) :- N = distance{ e : A -> B }. ?- d(1, B, N)."),
    run("aggregates", "s(X, N) :- e(X, _), N = count{ Y : e(X, Y) }. ?- s(X, N)."),
    run("lists", "s(X, T) :- e(X, _), T = list{ Z : e(X, Z) }. ?- s(X, T)."),
    run("numbers", "n(0). n(X + 1) :- n(X), X < 2000. ?- n(X)."),
    run("texts", "t(S) :- e(X, Y), S = to_string(X) ++ \"-\" ++ to_string(Y). ?- t(S)."),
    run("order", "?- e(X, Y) | order by Y desc, X."),
    run("constraints", "constraint \"few\" :- e(X, Y), X > 1000. ?- e(1, Y)."),
    run("explanations", "p(X, Y) :- e(X, Y). p(X, Z) :- p(X, Y), e(Y, Z). ?why p(0, 1)."),
    Work(testDescription: "query", arguments: ["query", "partner(O, P)"]),
    Work(testDescription: "table", arguments: ["query", "partner(O, P)", "--format", "table"]),
    Work(testDescription: "-o", arguments: ["query", "e(X, Y)", "--graph", "e.tsv", "-o", "out.json"]),
    Work(testDescription: "describe", arguments: ["describe", "school"]),
    Work(testDescription: "find", arguments: ["find", "klaip"]),
    Work(testDescription: "path", arguments: ["path", "gintaras", "water"]),
    Work(testDescription: "check", arguments: ["check"]),
    Work(testDescription: "format", arguments: ["format", "Graph/graph.dl"]),
    Work(testDescription: "save", arguments: ["save", "out.tiltas", "--graph", "e.tsv"]),
    Work(testDescription: "open", arguments: ["query", "e(X, Y)", "--graph", "old.tiltas"]),
    Work(testDescription: "verify", arguments: ["verify", "old.tiltas"]),
    Work(testDescription: "plan", arguments: ["plan", "partner(O, P)"]),
    Work(testDescription: "script", arguments: [], input: ":load e.tsv\ne(X, 1)\n:save out.tiltas\n:describe school\n"),
  ]

  /// Smaller ones are too many to refuse each, and are the same again and again.
  private static let smallest = 2_000

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder.withGraph(["e.tsv": Self.edges])
    #expect(try Program.run(["save", "old.tiltas", "--graph", "e.tsv", "-q"], in: folder).status == 0)
    return folder
  }

  /// How many allocations something makes; `nil` where the program refuses none, as with a sanitizer.
  private func count(_ arguments: [String], _ input: String, in folder: TemporaryFolder) throws -> Int? {
    let counted = try Program.run(
      arguments, in: folder, input: input, environment: ["TILTAS_COUNT_ALLOCATIONS": "\(Self.smallest)"])
    let line = counted.errors.split(separator: "\n").last { $0.hasPrefix("allocations: ") }
    return line.flatMap { Int($0.dropFirst("allocations: ".count)) }
  }

  /// The numbers of those that are refused: all in the long form, else a few from the first to the last.
  private func refused(of count: Int) -> [Int] {
    let tried = Long.isOn ? count : min(count, 4)
    return (0..<tried).map { 1 + $0 * max(0, count - 1) / max(1, tried - 1) }
  }

  private func expectOneMessage(_ errors: String) {
    let lines = errors.split(separator: "\n")
    #expect(lines.count { $0.contains("memory") && $0.contains("error[T") } == 1, "\(errors)")
    #expect(lines.count { $0.contains("error[T") } == 1, "\(errors)")
    #expect(!errors.contains("Fatal") && !errors.contains("crashed"), "\(errors)")
  }

  @Test("one allocation is refused, or all from it on", arguments: works)
  func each(_ work: Work) throws {
    let whole = try folder()
    let answer = try Program.run(work.arguments, in: whole, input: work.input)
    guard let count = try count(work.arguments, work.input, in: folder()) else { return }
    for number in refused(of: count) {
      for lasts in ["", "+"] {
        let folder = try folder()
        let before = try folder.entries()
        let result = try Program.run(
          work.arguments, in: folder, input: work.input,
          environment: ["TILTAS_FAIL_ALLOCATION": "\(number)\(lasts):\(Self.smallest)"])
        if result.status == 4 {
          expectOneMessage(result.errors)
          #expect(Set(try folder.entries()).subtracting(["out.tiltas.journal", "out.tiltas"]) == Set(before))
        } else {
          #expect(result == answer, "allocation \(number)\(lasts) of \(count)")
        }
      }
    }
  }

  @Test("what was acknowledged is there when the graph is opened again, whichever allocation was refused")
  func acknowledged() throws {
    let script = (1...12).map { "+p(\($0), \"\(String(repeating: "x", count: 3_000))\").\np(\($0), _)\n" }
      .joined().replacingOccurrences(of: "+p(7,", with: ":save\n+p(7,")
    func folder() throws -> TemporaryFolder {
      let folder = try TemporaryFolder(["p.dl": "relation p(integer, string)."])
      #expect(try Program.run(["save", "g.tiltas", "--graph", "p.dl", "-q"], in: folder).status == 0)
      return folder
    }
    let arguments = ["--graph", "g.tiltas", "-q"]
    guard let count = try count(arguments, script, in: folder()) else { return }
    for number in stride(from: 1, through: count, by: Long.isOn ? 1 : max(1, count / 12)) {
      for lasts in ["", "+"] {
        let folder = try folder()
        let result = try Program.run(
          arguments, in: folder, input: script,
          environment: ["TILTAS_FAIL_ALLOCATION": "\(number)\(lasts):\(Self.smallest)"])
        #expect(result.status == 0 || result.status == 4)
        if result.status == 4 { expectOneMessage(result.errors) }
        let acknowledged = result.output.split(separator: "\n").count { $0 == "yes" }
        let found = try Program.run(
          ["query", "N = count{ X : p(X, _) }", "--graph", "g.tiltas", "--no-header"], in: folder)
        #expect(found.status == 0, "\(found.errors)")
        let facts = Int(found.output.dropLast()) ?? -1
        // The one that was being carried out may be there or not.
        #expect((acknowledged...acknowledged + 1).contains(facts), "allocation \(number)\(lasts) of \(count)")
      }
    }
  }

  @Test("in the shell the work ends, and the shell goes on")
  func shell() throws {
    let folder = try TemporaryFolder.withGraph(["big.dl": String(repeating: "% nothing\n", count: 500_000) + "p(1).\n"])
    guard try count(["help"], "", in: folder) != nil else { return }
    let terminal = try Terminal([], in: folder, environment: ["TILTAS_FAIL_ALLOCATION": "1:4000000"])
    #expect(terminal.waits(for: "?- "))
    terminal.type(":load big.dl\r")
    #expect(terminal.waits(for: "the system refuses more memory"), "\(terminal.shown)")
    terminal.type("project(P)\r")
    #expect(terminal.waits(for: "2 rows"), "\(terminal.shown)")
    terminal.type(":load big.dl\r")
    #expect(terminal.waits(for: "1 fact read"), "\(terminal.shown)")
    terminal.type("p(X)\r")
    #expect(terminal.waits(for: "1 row"), "\(terminal.shown)")
  }

  @Test("in the shell a query whose answers would take more memory than it may ends, and the shell goes on")
  func largeAnswers() throws {
    let facts = (0..<8_000).map { "p(\($0)).\n" }.joined()
    let folder = try TemporaryFolder.withGraph(["many.dl": facts])
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type(":load many.dl\r")
    #expect(terminal.waits(for: " facts read"), "\(terminal.shown)")
    terminal.type(":set memory 300\r")
    terminal.type("p(X), p(Y) | order by Y\r")
    #expect(terminal.waits(for: "it needs more than 300 MiB"), "\(terminal.shown)")
    terminal.type("project(P)\r")
    #expect(terminal.waits(for: "2 rows"), "\(terminal.shown)")
  }

  @Test(
    "with little memory of addresses there is an answer, or one message and status 4",
    arguments: [10, 12, 16, 20, 30, 50, 60, 65, 70, 80, 100, 150, 200, 300, 500])
  func addresses(mebibytes: Int) throws {
    let endless = "it(\"a\"). it(X ++ \"b\") :- it(X). ?- it(X)."
    let folder = try TemporaryFolder.withGraph(["endless.dl": endless])
    for (line, answer) in [
      ("query 'partner(klaipeda, P)'", "P\nschool\nwater\n"), ("run endless.dl --timeout 20", nil),
    ] {
      let result = try Program.shell("ulimit -v \(mebibytes << 10) && tiltas \(line) 2>&1", in: folder)
      // Before the program begins the system has to make room for it, and says itself if it cannot, or ends it. So it is then with
      // what only lists the libraries.
      if result.status == 127, result.output.contains("error while loading shared libraries") { continue }
      let listing = "ulimit -v \(mebibytes << 10) && LD_TRACE_LOADED_OBJECTS=1 tiltas > /dev/null 2>&1"
      if result.status == 139, try Program.shell(listing, in: folder).status == 139 { continue }
      if result.status == 4 {
        expectOneMessage(result.output)
      } else {
        #expect(result.status == 0 && result.output == answer, "\(result)")
      }
    }
  }

  @Test("three quarters of what there is are the limit if none is given, which `info` and the message tell")
  func usual() throws {
    let folder = try TemporaryFolder(["endless.dl": "it(\"a\"). it(X ++ \"b\") :- it(X). ?- it(X)."])
    let info = try Program.shell("ulimit -v 400000 && tiltas info", in: folder)
    #expect(
      info.output.contains(
        "memory   292 MiB, three quarters of what the machine and its limits leave (--memory, `:set memory`)"))
    #expect(try Program.run(["info", "--memory", "90"], in: folder).output.contains("memory   90 MiB (--memory"))
    let set = try Program.run(["--no-graph"], in: folder, input: ":set memory 90\n:set memory\n:set memory x\n")
    #expect(set.output == "90 MiB\n")
    #expect(set.errors.contains("`memory` takes a number above 0, not `x`"))
    #expect(set.errors.contains("write how many MiB, as in `:set memory 2000`"))
    let script = ":set memory 40\n:run endless.dl\n"
    let ended = try Program.run(["--no-graph"], in: folder, input: script)
    #expect(ended.status == 4)
    #expect(ended.errors.contains("it needs more than 40 MiB"))
  }
}
