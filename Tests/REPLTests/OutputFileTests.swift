import Foundation
import TestSupport
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

  @Test("`-o -` is standard output")
  func standardOutput() throws {
    #expect(try query(to: "-") == .init(status: 0, output: "O\nklaipeda\n", errors: ""))
    #expect(try folder.entries() == ["Graph"])
  }

  @Test(
    "a file whose ending names no format is refused, unless a format is given",
    arguments: [("out.xlsx", "xlsx"), ("out.html", "html"), ("a/out.TXT", "txt")])
  func unknownEnding(_ file: String, _ ending: String) throws {
    let refused = try Program.run(["query", "partner(O, water)", "-o", file], in: folder)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("no answers are written as `.\(ending)`"))
    #expect(
      refused.errors.contains("end the name in .csv, .tsv, .json, .jsonl or .md, or choose a format with `--format`"))
    #expect(try folder.entries() == ["Graph"])
  }

  @Test("with a format any name will do, and a name without an ending is TSV")
  func chosenFormat() throws {
    #expect(try query(to: "out.xlsx").status == 0)
    #expect(folder.read("out.xlsx") == "O\nklaipeda\n")
    #expect(try Program.run(["query", "partner(O, water)", "-o", "out"], in: folder).status == 0)
    #expect(folder.read("out") == "O\nklaipeda\n")
  }

  @Test("endings in capitals count as small letters")
  func capitals() throws {
    #expect(try Program.run(["query", "partner(O, water)", "-o", "OUT.CSV"], in: folder).status == 0)
    #expect(folder.read("OUT.CSV") == "O\r\nklaipeda\r\n")
    #expect(try Program.run(["save", "G.TILTAS", "--quiet"], in: folder).status == 0)
    #expect(
      try Program.run(["query", "--graph", "G.TILTAS", "partner(O, water)"], in: folder).output == "O\nklaipeda\n")
  }

  @Test("an explanation is written as the ending of its file says")
  func explanation() throws {
    let why = ["why", "partner(klaipeda, water)", "-o"]
    #expect(try Program.run(why + ["why.json"], in: folder).status == 0)
    #expect(folder.read("why.json")?.hasPrefix("{") == true)
    #expect(try Program.run(why + ["why.csv"], in: folder).status == 2)
    let picture = try Program.run(["draw", "water", "-o", "water.svg"], in: folder)
    #expect(picture.status == 2)
    #expect(picture.errors.contains("name the picture behind the entity: `tiltas draw X water.svg`"))
  }

  @Test("`:output` takes the endings that `-o` takes, and `-` for standard output")
  func shell() throws {
    let script = ":output a.xlsx\npartner(O, water)\n"
    let refused = try Program.run([], in: folder, input: script)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("no answers are written as `.xlsx`"))
    let chosen = ":format csv\n:output a.xlsx\npartner(O, water)\n:output -\npartner(O, water)\n"
    #expect(try Program.run([], in: folder, input: chosen).output == "O\r\nklaipeda\r\n")
    #expect(folder.read("a.xlsx") == "O\r\nklaipeda\r\n")
  }

  @Test("a link to what is not there yet stays one, and the file that it leads to is made")
  func linkToNothing() throws {
    try folder.write("real/keep", "")
    symlink("real/new.tsv", folder.path("out.tsv"))
    symlink("real/new.tiltas", folder.path("out.tiltas"))
    for arguments in [["query", "project(P)", "-o", "out.tsv"], ["save", "out.tiltas"]] {
      #expect(try Program.run(arguments, in: folder).status == 0)
    }
    #expect(try folder.entries("real") == ["keep", "new.tiltas", "new.tsv"])
    for name in ["out.tsv", "out.tiltas"] {
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path(name)).hasPrefix("real/new"))
    }
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
