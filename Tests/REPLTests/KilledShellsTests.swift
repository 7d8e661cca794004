import Foundation
import TestSupport
import Testing

/// Two writers and two readers on one snapshot, some of them killed.
@Suite(.tellsSeed) struct KilledShellsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["g.dl": "relation w(integer, integer).\n"])
    #expect(try Program.run(["--graph", "g.dl", "save", "g.tiltas"], in: folder).status == 0)
  }

  /// So many entries one writer has, each a transaction that adds the facts 2N and 2N + 1; every fifth takes back the first of them.
  private static let entries = 60

  private static func input(_ writer: Int, savesAt place: Int) -> String {
    (0..<entries).map { number in
      let lines = [
        "begin.", "+w(\(writer), \(2 * number)).", "+w(\(writer), \(2 * number + 1)).",
        number % 5 == 4 ? "-w(\(writer), \(2 * number - 6))." : nil, "commit.", number == place ? ":save" : nil,
        "?- X = \(number).",
      ]
      return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }.joined()
  }

  /// What is there after so many entries of a writer.
  private static func facts(after count: Int) -> Set<Int> {
    var facts: Set<Int> = []
    for number in 0..<count {
      facts.formUnion([2 * number, 2 * number + 1])
      if number % 5 == 4 { facts.remove(2 * number - 6) }
    }
    return facts
  }

  /// How many entries were acknowledged: those that were carried out while the snapshot was the writer's, and those before it
  /// became so.
  private static func acknowledged(_ output: String) -> Int {
    var (carriedOut, kept) = (0, 0)
    var isOwner = !output.contains("another process has g.tiltas open")
    for line in output.split(separator: "\n") {
      if let number = Int(line) { carriedOut = number + 1 }
      if line.contains("is yours now") { (isOwner, kept) = (true, min(carriedOut + 1, entries)) }
      if isOwner { kept = max(kept, carriedOut) }
    }
    return kept
  }

  @Test("two writers and two readers, some killed at any moment: nothing acknowledged is lost, and it always opens")
  func rounds() throws {
    var random = SplitMix64(seed: Seed.anew())
    for round in 0..<(Long.isOn ? 1000 : 8) {
      for writer in 0...1 {
        try folder.write(
          "in\(writer)", Self.input(2 * round + writer, savesAt: random.below(2 * Self.entries)))
      }
      let delays = (0..<4).map { _ in Double.random(in: 0.01...0.5, using: &random) }
      let script = """
        for writer in 0 1; do tiltas --graph g.tiltas --no-header < in$writer > out$writer 2>&1 & writers[writer]=$!; done
        reader() { while [ -e reading ]; do
          tiltas --quiet --graph g.tiltas query 'w(X, N), X >= \(2 * round)' --no-header > seen$1.tmp 2>> failed$1 || echo "status $?" >> failed$1
        done; }
        touch reading; : > failed0; : > failed1
        reader 0 & first=$!; reader 1 & second=$!
        (sleep \(delays[0]); kill -9 ${writers[0]}) 2> /dev/null & (sleep \(delays[1]); kill -9 ${writers[1]}) 2> /dev/null &
        (sleep \(delays[2]); kill -9 $first) 2> /dev/null &
        wait ${writers[0]} ${writers[1]} 2> /dev/null; rm reading; wait; exit 0
        """
      #expect(try Program.shell(script, in: folder).status == 0)
      for reader in 0...1 { #expect(folder.read("failed\(reader)") == "", "round \(round)") }
      let verified = try Program.run(["verify", "g.tiltas"], in: folder)
      #expect(verified.status == 0, "round \(round): \(verified.errors)")
      for writer in 0...1 { try check(2 * round + writer, folder.read("out\(writer)") ?? "") }
    }
  }

  private func check(_ writer: Int, _ output: String) throws {
    let result = try Program.run(["--graph", "g.tiltas", "query", "w(\(writer), N)", "--no-header"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let facts = Set(result.output.split(separator: "\n").compactMap { Int($0) })
    let acknowledged = Self.acknowledged(output)
    let possible = acknowledged...Self.entries
    #expect(
      possible.contains { Self.facts(after: $0) == facts },
      "writer \(writer): \(acknowledged) acknowledged, \(facts.sorted()) there\n\(output)")
  }
}
