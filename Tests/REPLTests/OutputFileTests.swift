import Foundation
import Testing

/// `-o FILE`: whole or not there.
@Suite struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder.withGraph() }

  private func query(to file: String, _ query: String = "partner(O, water)") throws -> Program.Result {
    try Program.run(["query", query, "-o", file, "--format", "tsv"], in: folder)
  }

  @Test("a file that is replaced keeps its permissions")
  func permissions() throws {
    try folder.write("out.tsv", "old")
    chmod(folder.path("out.tsv"), 0o640)
    #expect(try query(to: "out.tsv").status == 0)
    #expect(folder.read("out.tsv") == "O\nklaipeda\n")
    var status = stat()
    #expect(stat(folder.path("out.tsv"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("a link stays one, and the file that it leads to is replaced")
  func links() throws {
    try folder.write("real.tsv", "old")
    symlink("real.tsv", folder.path("out.tsv"))
    #expect(try query(to: "out.tsv").status == 0)
    #expect(folder.read("real.tsv") == "O\nklaipeda\n")
    #expect(try folder.entries() == ["Graph", "out.tsv", "real.tsv"])
  }

  @Test("a query that fails leaves the old file and no other")
  func failure() throws {
    try folder.write("out.tsv", "old")
    #expect(try query(to: "out.tsv", "nothing_known(X)").status == 1)
    #expect(folder.read("out.tsv") == "old")
    #expect(try folder.entries() == ["Graph", "out.tsv"])
  }

  @Test("a full device is told, and a device is written to as it is")
  func devices() throws {
    let full = try query(to: "/dev/full")
    #expect(full.status == 1)
    #expect(full.errors.contains("cannot write `/dev/full`: No space left on device"))
    #expect(try query(to: "/dev/null").status == 0)
  }

  /// The thread sanitizer writes to files of its own, and ends the program where it can't.
  private static let canLimitFiles = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] == nil

  @Test("a file system without room leaves the old file and no other", .enabled(if: canLimitFiles))
  func limitedSize() throws {
    try folder.write("out.tsv", "old")
    // The limit is one of all files, also of those that errors would go to.
    let line = "trap '' XFSZ; ulimit -f 0; tiltas query 'partner(O, water)' -o out.tsv --format tsv 2> /dev/null"
    let result = try Program.shell(line, in: folder)
    #expect(result.status == 1)
    #expect(folder.read("out.tsv") == "old")
    #expect(try folder.entries() == ["Graph", "out.tsv"])
  }
}
