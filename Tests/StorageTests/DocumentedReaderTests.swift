import Glibc
import Graphs
import Terms
import Testing

@testable import Storage

/// The program in `Documentation/SnapshotFormat.md` reads what is written.
@Suite struct DocumentedReaderTests {
  private static let isThere = system("command -v python3 > /dev/null") == 0

  private static var program: String {
    get throws {
      let here = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
      let page = String(decoding: try Folder.bytes(here + "/../../Documentation/SnapshotFormat.md"), as: UTF8.self)
      let parts = page.split(separator: "```python\n")
      return String(try #require(parts.last?.split(separator: "```\n").first))
    }
  }

  private func lines(of graph: Graph) throws -> [String] {
    let folder = try Folder()
    try Snapshot.write(graph, rules: [(name: "a.dl", text: "x :- y.")], to: folder / "a.tiltas")
    try Folder.write(Self.program.utf8, to: folder / "read.py")
    let command = "cd \(folder.path) && python3 read.py a.tiltas > out.txt"
    try #require(system(command) == 0)
    return String(decoding: try Folder.bytes(folder / "out.txt"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test("the documented program prints every fact of a snapshot", .enabled(if: isThere))
  func everyFact() throws {
    #expect(
      try lines(of: sampleGraph()).sorted() == [
        "four\tvaida_žvikienė\tfalse\t7\t3", "four\tvaida_žvikienė\tfalse\t7\t4",
        "four\tvaida_žvikienė\tfalse\t7\t5", "four\tvaida_žvikienė\ttrue\t7\t1",
        "four\tvaida_žvikienė\ttrue\t7\t2", "holds\tvaida_žvikienė\tmayor", "label\tvaida_žvikienė\t",
        "label\tvaida_žvikienė\tVaida Žvikienė", "label\tЖуков\tЖуков 😀", "number\t-0.5",
        "number\t-9223372036854775808", "number\t2014-03/2014-05-07", "number\ttrue", "person\tvaida_žvikienė",
        "raining", "three\t0\tvaida_žvikienė\t0", "three\t0\tvaida_žvikienė\t1", "three\t1\tvaida_žvikienė\t2",
        "three\t1\tvaida_žvikienė\t3", "three\t2\tvaida_žvikienė\t4",
      ])
  }

  @Test("the documented program has some fifty lines")
  func length() throws { #expect(try Self.program.split(separator: "\n").count <= 51) }

  @Test("the documented program reads each form of a date", .enabled(if: isThere))
  func dates() throws {
    let texts = [
      "2013-02-14", "2013", "2013-02/2014", "1870?", "1870~", "1870-05%", "187X", "18XX?", "1870-XX", "1870-XX-XX",
      "1870-05-XX", "1870-21", "1870-24~", "1870/..", "../1870", "1870/", "/1870-05", "-0044", "-0044-03-15", "-187X",
      "Y17000", "Y-250000000~", "1870~/1875-05-03?",
    ]
    let graph = Graph()
    for text in texts { state(graph, "date", [.date(try #require(DateSpan(text)))]) }
    #expect(try Set(lines(of: graph)) == Set(texts.map { "date\t\($0)" }))
  }

  @Test("the documented program reads rows by listed terms and by a start for each term", .enabled(if: isThere))
  func bothForms() throws {
    let graph = Graph()
    for number in 0..<40 { state(graph, "dense", [.integer(Int64(number % 20)), .integer(Int64(number))]) }
    for number in [7, 39] { state(graph, "listed", [.integer(Int64(number)), .integer(3)]) }
    let expected =
      (0..<40).map { "dense\t\($0 % 20)\t\($0)" } + ["listed\t7\t3", "listed\t39\t3"]
    #expect(try lines(of: graph).sorted() == expected.sorted())
  }
}
