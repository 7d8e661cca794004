import Foundation
import Testing

/// Whatever stands in data, in file names and in what is typed, the terminal gets it escaped.
@Suite("Control characters in the terminal", .serialized)
struct TerminalControlTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph() }

  /// All of C0 without what ends a line or is a tabulator, all of C1, and what turns the direction of text.
  static let controls: [UInt32] =
    [UInt32](0x01...0x1F).filter { ![0x09, 0x0A, 0x0D].contains($0) } + [0x7F] + [UInt32](0x80...0x9F)
    + [0x061C, 0x200E, 0x200F] + [UInt32](0x202A...0x202E) + [UInt32](0x2066...0x2069)

  private static func character(_ control: UInt32) -> String { Unicode.Scalar(control).map { String($0) } ?? "" }

  /// The controls that came to the terminal between a `<` and a `>` as they are.
  private func raw(_ shown: String) -> [UInt32] {
    let bytes = Data(shown.utf8)
    return Self.controls.filter { bytes.range(of: Data("<\(Self.character($0))>".utf8)) != nil }
  }

  @Test("those of labels are escaped in tables, descriptions, paths and pictures")
  func labels() throws {
    let label = Self.controls.map { "<\\u{\(String($0, radix: 16))}>" }.joined()
    try folder.write("Graph/evil.dl", "label(school, \"\(label) end\").\n")
    let terminal = try Terminal([], in: folder, environment: ["PAGER": "cat"], columns: 300)
    #expect(terminal.waits(for: "?- "))
    for entry in ["budget(P, 1200)", ":describe school", ":near school", ":find end", ":draw school"] {
      terminal.type(entry + "\r")
      #expect(terminal.waits(for: "<\\u{1}>"), "\(entry)")
      #expect(terminal.waits(for: "?- "), "\(entry)")
    }
    #expect(raw(terminal.shown) == [])
  }

  @Test(
    "those of a program are escaped where an error shows its line", arguments: [0x07, 0x1B, 0x9B, 0x202E] as [UInt32])
  func programs(_ control: UInt32) throws {
    try folder.write("bad.dl", "?- partner(\"<\(Self.character(control))>\" school).\n")
    let terminal = try Terminal(["run", "bad.dl"], in: folder)
    #expect(terminal.status() == 1)
    #expect(terminal.shown.contains("bad.dl"))
    #expect(raw(terminal.shown) == [])
  }

  @Test("those of a file's name are escaped in errors", arguments: [0x07, 0x1B, 0x9B, 0x202E] as [UInt32])
  func names(_ control: UInt32) throws {
    let terminal = try Terminal(["run", "no<\(Self.character(control))>file.dl"], in: folder)
    #expect(terminal.status() == 1)
    #expect(terminal.shown.contains("file.dl"))
    #expect(raw(terminal.shown) == [])
  }

  @Test("those of a query on the command line are escaped in its errors")
  func queries() throws {
    for control in [0x07, 0x1B, 0x9B, 0x202E] as [UInt32] {
      let terminal = try Terminal(["query", "partner(\"<\(Self.character(control))>\" x)"], in: folder)
      #expect(terminal.status() == 1)
      #expect(raw(terminal.shown) == [])
    }
  }
}
