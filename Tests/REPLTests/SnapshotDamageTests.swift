import Foundation
import TestSupport
import Testing

@Suite struct SnapshotDamageTests {
  @Test("a damaged relation is told by a query that needs it, and the rest answers")
  func damagedRelation() throws {
    let folder = try TemporaryFolder(["g.dl": "near(a, b). near(a, c). zone(a, 1). zone(b, 2)."])
    #expect(try Program.run(["--graph", "g.dl", "save", "g.tiltas"], in: folder).status == 0)
    let url = URL(fileURLWithPath: folder.path("g.tiltas"))
    var bytes = try Data(contentsOf: url)
    // Before the last section, which holds checksums, the last one with anything in it is `zone` backwards.
    let entry = 24 + 32 * (Int(bytes[12]) - 1)
    let last = bytes[entry + 8..<entry + 16].reversed().reduce(0) { $0 << 8 | Int($1) }
    let place = try #require(bytes[..<last].lastIndex { $0 != 0 })
    bytes[place] ^= 1
    try bytes.write(to: url)
    func ask(_ query: String) throws -> Program.Result {
      try Program.run(["--graph", "g.tiltas", "query", query, "--no-header"], in: folder)
    }
    #expect(try ask("near(a, X)").output == "b\nc\n")
    #expect(try ask("zone(a, X)").output == "1\n")
    let damaged = try ask("zone(X, 2)")
    #expect(damaged.status == 1)
    #expect(damaged.output == "")
    #expect(
      damaged.errors.contains(
        "the snapshot `g.tiltas` is damaged in its facts backwards of `zone`: the checksum differs"))
    let saving = try Program.run(["--graph", "g.tiltas", "save", "h.tiltas"], in: folder)
    #expect(saving.status == 1)
    #expect(try folder.entries() == ["g.dl", "g.tiltas"])
  }
}
