import Foundation
import TestSupport
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

  @Test("those of what is typed are escaped in its errors and in what tells of them")
  func entries() throws {
    // U+0085 parts words, as white space does.
    let controls = Self.controls.filter { $0 > 0x85 }
    for start in stride(from: 0, to: controls.count, by: 8) {
      let typed = controls[start...].prefix(8).map { "<\(Self.character($0))>" }.joined()
      let entries = [
        "partner(\"\(typed)\" x)", "unknown('\(typed)')", ":load \(typed)", ":path \(typed) a", ":\(typed)",
      ]
      for entry in entries {
        try folder.write("script", entry + "\n")
        let terminal = try Terminal(
          ["-c", "'\(Program.path)' < script"], in: folder, columns: 300, program: "/bin/bash")
        _ = terminal.status()
        #expect(terminal.shown.contains("<\\u{\(String(controls[start], radix: 16, uppercase: true))}>"), "\(entry)")
        #expect(raw(terminal.shown) == [])
      }
    }
  }

  @Test("completion neither lists nor writes them: labels and ids are escaped, files with such names left out")
  func completion() throws {
    let label = Self.controls.map { "<\\u{\(String($0, radix: 16))}>" }.joined()
    try folder.write(
      "Graph/evil.dl",
      """
      person(ev_a). person(ev_b). person('ev<\\u{202E}>').
      label(ev_a, "\(label)").
      """)
    for control in [0x07, 0x1B, 0x9B, 0x202E] as [UInt32] { try folder.write("ev<\(Self.character(control))>", "") }
    let terminal = try Terminal([], in: folder, columns: 300)
    #expect(terminal.waits(for: "?- "))
    terminal.type("person(ev\t\t\t")
    #expect(terminal.waits(for: "<\\u{1}>"), "\(terminal.shown)")
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{15}:load ev\t\t\t")
    terminal.type("\u{15}:format\r")
    #expect(terminal.waits(for: "table"))
    #expect(raw(terminal.shown) == [])
  }

  @Test("those of all files' names are escaped where a file is read, run, written, or cannot be")
  func files() throws {
    for control in Self.controls {
      let name = "a<\(Self.character(control))>"
      try folder.write(name + ".dl", "?- nothing(X).\n")
      for arguments in [
        ["run", name + ".dl"], ["run", name + "none.dl"], ["save", name + ".tiltas"], ["info", name],
      ] {
        let result = try Program.run(arguments, in: folder)
        #expect(raw(result.output + result.errors) == [], "\(arguments)")
      }
    }
  }
}
