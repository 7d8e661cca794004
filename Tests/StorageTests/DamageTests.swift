import Diagnostics
import Glibc
import Graphs
import Testing

@testable import Storage

@Suite struct DamageTests {
  private let folder: Folder
  private let path: String
  private let whole: [UInt8]

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    try Snapshot.write(sampleGraph(), rules: [(name: "a.dl", text: "x :- y.")], to: path)
    whole = try Folder.bytes(path)
  }

  /// The message about a file of the given bytes, without the file's path; `nil` where it is read.
  private func message(_ bytes: some Collection<UInt8>) throws -> String? {
    try Folder.write(bytes, to: path)
    do {
      try Snapshot.verify(path)
      return nil
    } catch let diagnostic as Diagnostic {
      #expect(diagnostic.message.contains("`\(path)`"))
      let parts = diagnostic.message.split(separator: "`\(path)`", omittingEmptySubsequences: false)
      return parts.joined(separator: "FILE")
    }
  }

  @Test("whichever byte is flipped, the file is refused")
  func flippedBytes() throws {
    let forgery = Forgery(bytes: whole)
    // The index of terms is most of a small file.
    let slots = forgery.start(.termSlots)..<forgery.start(.termBlocks)
    for index in whole.indices where Long.isOn || !slots.contains(index) || index % 64 == 0 {
      var bytes = whole
      bytes[index] ^= 0x10
      #expect(try message(bytes) != nil, "byte \(index)")
    }
  }

  @Test("wherever the file is cut, it is refused")
  func truncation() throws {
    for length in whole.indices where Long.isOn || length % 5 == 0 {
      #expect(try message(whole[..<length]) != nil, "length \(length)")
    }
  }

  @Test("bytes behind the end are refused")
  func surplus() throws {
    #expect(
      try message(whole + [0])
        == "the snapshot FILE is damaged in its header: the file should have \(whole.count) bytes and has "
        + "\(whole.count + 1)")
  }

  @Test("another file is told to be no snapshot")
  func otherFiles() throws {
    #expect(try message(Array("partner(a, b).".utf8)) == "FILE is not a snapshot")
    #expect(try message([]) == "FILE is not a snapshot")
  }

  @Test("a newer version of the format is told, with what to do")
  func newerVersion() throws {
    var bytes = whole
    bytes[8] = 7
    #expect(
      try message(bytes) == "the snapshot FILE has version 7 of the format, and this program knows version 6")
  }

  @Test("a damaged section is named")
  func damagedSections() throws {
    let forgery = Forgery(bytes: whole)
    let names: [(SnapshotLayout.Kind, Int, String)] = [
      (.catalogue, 0, "catalogue"), (.termKinds, 0, "kinds of terms"), (.termPayloads, 0, "values of terms"),
      (.texts, 0, "texts of terms"), (.termSlots, 0, "index of terms"), (.sources, 0, "texts of rules"),
      (.termBlocks, 0, "blocks of terms"),
      (.annotationOffsets, 0, "offsets of annotations"), (.annotationEntries, 0, "annotations"),
      (.facts, 4, "facts of `holds`"), (.backwardFacts, 4, "facts backwards of `holds`"),
      (.statements, 4, "statements of `holds`"), (.pages, 0, "checksums of pages"),
    ]
    for (kind, relation, name) in names {
      var bytes = whole
      bytes[forgery.start(kind, relation: relation)] ^= 1
      #expect(try message(bytes) == "the snapshot FILE is damaged in its \(name): the checksum differs")
    }
  }

  @Test("a missing file, a folder and a device are refused")
  func noFiles() throws {
    for (path, reason) in [
      (folder / "none.tiltas", "No such file or directory"), (folder.path, "it is a folder"),
      ("/dev/zero", "it is not a regular file"),
    ] {
      let error = #expect(throws: Diagnostic.self) { try Snapshot.info(of: path) }
      #expect(error?.message == "cannot read `\(path)`: \(reason)")
    }
  }

  @Test("a file that cannot be read leaves the graph as it was")
  func graphIsKept() throws {
    var bytes = whole
    bytes[Forgery(bytes: whole).start(.texts)] ^= 1
    try Folder.write(bytes, to: path)
    let graph = Graph()
    #expect(throws: Diagnostic.self) { try Snapshot.read(from: path, into: graph) }
    #expect(contents(of: graph) == contents(of: Graph()))
    #expect(graph.terms.count == 0)
  }
}
