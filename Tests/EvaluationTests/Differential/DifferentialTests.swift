import Diagnostics
import Glibc
import Sessions
import TestSupport
import Testing

enum Differential {
  /// How many programs to compare with each system.
  static let count = getenv("TILTAS_DIFFERENTIAL").flatMap { Int(String(cString: $0)) } ?? 0
}

/// The engine against SWI-Prolog with tabling and against clingo, on random programs.
///
/// `make test-differential` installs them and compares `TILTAS_DIFFERENTIAL` programs with each.
@Suite("Other systems", .enabled(if: Differential.count > 0, "run `make test-differential`"), .serialized)
struct DifferentialTests {
  private static let batch = 25

  /// A program with the rows that the engine gives, as terms of both systems.
  private struct Sample {
    var seed: UInt64
    var program: ReferenceProgram
    var rows: Set<String>
  }

  private static func sample(_ seed: UInt64, prefix: String) throws -> Sample? {
    let program = ProgramGenerator.program(seed: seed, breadth: .core)
    guard (try? ReferenceEvaluator.relations(of: program, budget: 30_000)) != nil else { return nil }
    let session = Session()
    if seed % 2 == 0 { session.demandThreshold = 0 }
    try session.load(SourceFile(name: "random.dl", text: ReferencePrinter().source(of: program)))
    if try session.check().diagnostics.contains(where: ProgramAgreement.isRefusal) { return nil }
    var rows: Set<String> = []
    for (name, arity) in program.arities {
      let answers = try session.query("\(name)(\((0..<arity).map { "X\($0)" }.joined(separator: ", ")))")
      if arity == 0 && answers.holds { rows.insert(prefix + name) }
      for row in 0..<answers.rowCount {
        let cells = (0..<arity).map { answers.value(row: row, column: $0).description }
        rows.insert("\(prefix)\(name)(\(cells.joined(separator: ",")))")
      }
    }
    return Sample(seed: seed, program: program, rows: rows)
  }

  /// The lines that a command prints.
  private static func run(_ command: String) -> [String] {
    guard let pipe = popen(command, "r") else { return [] }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&block, 1, block.count, pipe), count > 0 { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// Compares batches of programs: `write` adds a program to a batch's text, or can't, and `ask` gives all rows.
  private func compare(
    seeds: UInt64, write: (ReferenceProgram, _ prefix: String) -> String?, ask: (_ text: String) throws -> Set<String>
  ) throws {
    var seed = Seed.chosen.map { $0 &- 1 } ?? seeds
    var compared = 0
    while compared < Differential.count {
      var samples: [Sample] = []
      var text = ""
      while samples.count < min(Self.batch, Differential.count - compared) {
        seed &+= 1
        let prefix = "p\(samples.count)_"
        guard let sample = try Self.sample(seed, prefix: prefix), let own = write(sample.program, prefix) else {
          continue
        }
        samples.append(sample)
        text += own + "\n"
      }
      let given = try ask(text)
      for (number, sample) in samples.enumerated() {
        let own = given.filter { $0.hasPrefix("p\(number)_") }
        let missing = own.subtracting(sample.rows).sorted().prefix(5)
        let surplus = sample.rows.subtracting(own).sorted().prefix(5)
        #expect(
          missing.isEmpty && surplus.isEmpty,
          "TILTAS_SEED=\(sample.seed): \(ReferencePrinter().source(of: sample.program))")
      }
      compared += samples.count
    }
  }

  private static func file(_ name: String, _ text: String) throws -> String {
    let path = "/tmp/tiltas-differential-\(getpid())-\(name)"
    try Session.write(text, to: path)
    return path
  }

  @Test("SWI-Prolog's tabling derives the same")
  func prolog() throws {
    var goals: [String] = []
    try compare(
      seeds: 7_000_000,
      write: { program, prefix in
        let (clauses, own) = PrologPrinter(prefix: prefix).source(of: program)
        goals += own
        return clauses
      },
      ask: { text in
        let main = ":- discontiguous main/0.\nmain :- \(goals.joined(separator: ",\n  ")).\n"
        goals = []
        let path = try Self.file(
          "program.pl", ":- style_check(-discontiguous), style_check(-singleton).\n" + text + main)
        defer { unlink(path) }
        return Set(Self.run("timeout 300 swipl -q -g main -t halt \(path) 2>&1"))
      })
  }

  @Test("clingo derives the same")
  func clingo() throws {
    try compare(
      seeds: 8_000_000, write: { ClingoPrinter(prefix: $1).source(of: $0) },
      ask: { text in
        let path = try Self.file("program.lp", text)
        defer { unlink(path) }
        let lines = Self.run("timeout 300 clingo --outf=1 --verbose=0 \(path) 2>/dev/null")
        return Set(
          lines.filter { $0.hasPrefix("ANSWER") || $0.hasPrefix("p") || !$0.hasPrefix("%") }
            .flatMap { $0.split(separator: " ").map(String.init) }
            .map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 })
      })
  }
}
