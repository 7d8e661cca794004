import Foundation
import TestSupport
import Testing

/// A program that is ended while it writes a file leaves the old one or the new one, and no other.
@Suite(.tellsSeed) struct UnfinishedFileTests {
  /// What ends the program; a second Ctrl-C ends what the first does not.
  enum End: CaseIterable { case terminate, hangUp, interruptTwice, kill }

  struct Work: CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
  }

  private static let works = [
    Work(testDescription: "save", arguments: ["save", "out.tiltas", "--graph", "big.dl"]),
    Work(testDescription: "-o", arguments: ["query", "p(X, Y)", "--graph", "big.dl", "-o", "out.csv"]),
    Work(testDescription: "format", arguments: ["format", "out.dl"]),
    Work(testDescription: ":save", arguments: ["--graph", "big.dl"]),
    Work(testDescription: ":output", arguments: ["--graph", "big.dl"]),
  ]
  /// At how many moments of a work each signal ends it.
  private static let moments = Long.isOn ? 30 : 3
  private static let facts = (0..<3_000).map { "p(n\($0),\($0)).\n" }.joined()
  private static let entries = [
    ":save": ":save out.tiltas\n:save out.tiltas\n", ":output": ":output out.csv\np(X, Y)\n:output\n",
  ]

  private func start(_ work: Work, in folder: TemporaryFolder, named: Bool) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = work.arguments + ["--quiet"]
    process.environment = Program.environment(named ? ["TILTAS_NO_UNNAMED_FILES": "1"] : [:])
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle(forReadingAtPath: folder.path("in"))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.runWithSignals()
    return process
  }

  private func folder(for work: Work) throws -> TemporaryFolder {
    try TemporaryFolder(["big.dl": Self.facts, "out.dl": Self.facts, "in": Self.entries[work.testDescription] ?? ""])
  }

  private func end(_ process: Process, by end: End) {
    let number = process.processIdentifier
    switch end {
    case .terminate: kill(number, SIGTERM)
    case .hangUp: kill(number, SIGHUP)
    case .interruptTwice:
      kill(number, SIGINT)
      kill(number, SIGINT)
    case .kill: kill(number, SIGKILL)
    }
    process.waitUntilExit()
  }

  @Test("at whatever moment, and by whatever signal", arguments: works, End.allCases)
  func nothingIsLeft(_ work: Work, by end: End) throws {
    var random = SplitMix64(seed: Seed.anew())
    let whole = try folder(for: work)
    let start = Date()
    try self.start(work, in: whole, named: false).waitUntilExit()
    let duration = Date().timeIntervalSince(start)
    let written = try whole.entries().first { $0.hasPrefix("out") && $0 != "out.dl" } ?? "out.dl"
    let allowed: Set = ["big.dl", "in", "out.dl", written]
    // Files that have no name until they are whole, and those that are named and removed by the handler of the signal.
    for named in end == .kill ? [false] : [false, true] {
      for moment in 0..<Self.moments {
        let folder = try folder(for: work)
        let process = try self.start(work, in: folder, named: named)
        usleep(UInt32(duration * 1e6 * (Double(moment) + .random(in: 0..<1, using: &random)) / Double(Self.moments)))
        self.end(process, by: end)
        // A lock that holds nothing is no file that was being written.
        let left = try folder.entries().filter { $0 != "out.tiltas.journal" || folder.read($0) != "" }
        #expect(Set(left).isSubset(of: allowed), "\(left)")
        let text = folder.read(written)
        #expect(
          text == whole.read(written) || text == (written == "out.dl" ? Self.facts : nil),
          "\(written) has \(text?.utf8.count ?? 0) bytes")
      }
    }
  }
}
