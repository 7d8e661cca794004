import Glibc
import Graphs
import Terms
import Testing

@testable import Storage

/// One bad page of a section costs what lies in it, and no more.
@Suite struct PageRepairTests {
  private let folder: Folder
  private let path: String
  private let new: String
  private let whole: [UInt8]
  private let original: [String]
  private let layout: SnapshotLayout

  private static let names = ["five", "noted", "one", "three", "two"]

  private static func graph() -> Graph {
    let graph = Graph()
    for index in 0..<Int64(5000) {
      state(graph, "one", [.integer(index)])
      state(graph, "two", [.integer(index / 3), .integer(index)])
      state(graph, "three", [.integer(index / 10), .integer(index / 2), .integer(index)])
      state(
        graph, "five", [.integer(index / 100), .integer(index / 50), .integer(7), .integer(index / 2), .integer(index)])
      if index < 2000 { state(graph, "noted", [.integer(index)], [("line", .integer(index)), ("note", .integer(3))]) }
    }
    return graph
  }

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    new = folder / "new.tiltas"
    try Snapshot.write(Self.graph(), rules: [], to: path)
    whole = try Folder.bytes(path)
    original = contents(of: Self.graph())
    let count = Forgery(bytes: whole).number(12, 4)
    layout = try whole[..<SnapshotLayout.headerLength(sections: count)].withUnsafeBytes {
      try SnapshotLayout(header: $0)
    }
  }

  private func section(_ kind: SnapshotLayout.Kind, _ name: String) -> SnapshotLayout.Section {
    let names = Self.graph().relationNames
    return layout.section(kind, of: names.firstIndex(of: name) ?? 0)
  }

  /// What is lost if bytes are zeros, by relation: lines of ``contents(of:)`` of its facts, and of its statements.
  private func lost(_ ranges: [Range<Int>]) throws -> (facts: [String: Int], statements: Int, report: RepairReport) {
    var bytes = whole
    for range in ranges { for place in range { bytes[place] = 0 } }
    try Folder.write(bytes, to: path)
    unlink(new)
    let report = try Snapshot.repair(path, to: new, on: HastyDisk())
    let graph = Graph()
    _ = try Snapshot.read(from: new, into: graph)
    let kept = Set(contents(of: graph))
    let made = kept.subtracting(original).filter { !$0.hasPrefix("relation ") && !$0.contains(" @ ") }
    #expect(made.isEmpty)
    let lost = Set(original).subtracting(kept).filter { !$0.hasPrefix("relation ") && !$0.hasPrefix("members ") }
    var facts: [String: Int] = [:]
    for line in lost where !line.contains(" @ ") { facts[String(line.prefix { $0 != " " }), default: 0] += 1 }
    return (facts, lost.count { $0.contains(" @ ") }, report)
  }

  /// All of some pages, or every third one.
  private func some(_ pages: [Range<Int>]) -> [Range<Int>] {
    Long.isOn ? pages : pages.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
  }

  /// The pages of a section, with the bytes of each in the file.
  private func pages(_ section: SnapshotLayout.Section) -> [Range<Int>] {
    SnapshotPages.ranges(section.length).map { section.offset + $0.lowerBound..<section.offset + $0.upperBound }
  }

  @Test("of one column a page of it costs the facts whose terms lie in it, of which there are 1,024")
  func oneColumn() throws {
    let pages = pages(section(.facts, "one"))
    #expect(pages.count == 5)
    for page in some(pages) {
      let (facts, _, report) = try lost([page])
      #expect(facts == ["one": page.count / 4])
      #expect(report.losses.map(\.text) == ["of `one` \(page.count / 4) of 5000 facts: its facts are damaged"])
    }
  }

  @Test("of two columns bad pages in both directions cost what lies in both")
  func twoColumns() throws {
    let (forwards, backwards) = (pages(section(.facts, "two")), pages(section(.backwardFacts, "two")))
    for (index, page) in forwards.enumerated() where Long.isOn || index % 3 == 0 {
      #expect(try lost([page]).facts == [:])
      let facts = try lost([page, backwards[(index + 3) % backwards.count]]).facts
      #expect((facts["two"] ?? 0) <= 1025 && facts.count <= 1, "page \(index): \(facts)")
    }
    let all = section(.backwardFacts, "two").range
    // Each number of a row is a fact, and each start of a row those of that row and of the one before.
    for page in some(Array(forwards.dropFirst())) { #expect(try lost([page, all]).facts["two"] ?? 0 <= 3 * 1025) }
  }

  @Test("of more columns a page costs the facts of its nodes", arguments: ["three", "five"])
  func moreColumns(_ name: String) throws {
    let pages = pages(section(.facts, name))
    #expect(pages.count > 8)
    for (index, page) in pages.enumerated() where Long.isOn || index % 3 == 0 {
      let facts = try lost([page]).facts
      #expect(facts.count == 1)
      // The nodes of the first levels have more facts beneath them than those of the last.
      let most = index > pages.count - 5 ? 1024 : 5000
      #expect(facts[name] ?? 0 <= most, "page \(index)")
    }
    // The last four pages hold terms of the last level only: each of them is a fact.
    for page in some(pages.suffix(4)) { #expect(try lost([page]).facts == [name: page.count / 4]) }
  }

  @Test("a page of statements costs the annotations of those in it, and no facts that are stated elsewhere")
  func statements() throws {
    for page in some(pages(section(.statements, "noted"))) {
      let (facts, statements, _) = try lost([page])
      #expect(facts == [:])
      #expect(statements == page.count / 4)
    }
  }

  @Test("a page of annotations costs the sets in it")
  func annotations() throws {
    for page in some(pages(layout.section(.annotationEntries))) {
      let (facts, statements, _) = try lost([page])
      #expect(facts == [:])
      #expect(statements <= page.count / 8 && statements > 0)
    }
    for page in pages(layout.section(.annotationOffsets)) {
      let (facts, statements, _) = try lost([page])
      #expect(facts == [:])
      #expect(statements <= page.count / 4 + 1)
    }
  }

  @Test("without the checksums of the pages a whole section is lost, and nothing else")
  func withoutChecksums() throws {
    let pages = layout.section(.pages).range
    #expect(try lost([pages]).report.losses.isEmpty)
    let one = section(.facts, "one")
    #expect(try lost([pages, one.offset..<one.offset + 8]).facts == ["one": 5000])
  }

  @Test("the checksums take 0.2 % of the bytes that they are of, and 8 bytes for the end of each section")
  func size() {
    let length = layout.sections.filter { SnapshotPages.kinds.contains($0.kind) }.reduce(0) { $0 + $1.length }
    #expect(layout.section(.pages).length <= length / 512 + 8 * layout.sections.count)
  }
}
