import Diagnostics
import Glibc
import Interchange
import TestSupport
import Testing

@Suite struct TextFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ body: () throws -> Void) -> Diagnostic? {
    do {
      try body()
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  @Test("a file is read whole, also an empty and a long one", arguments: [0, 1, 65535, 65536, 65537, 200_000])
  func whole(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(try TextFile.read(folder.file("a", bytes)) == bytes)
  }

  @Test("a file of the system that has no size is read to its end")
  func withoutSize() throws {
    #expect(try !TextFile.read("/proc/self/status").isEmpty)
    #expect(try TextFile.read("/dev/null") == [])
  }

  @Test("a file whose name has the same letters, composed otherwise, is told", arguments: [true, false])
  func composedOtherwise(_ isComposedThere: Bool) throws {
    let (composed, decomposed) = ("\u{161}2.dl", "s\u{30C}2.dl")
    let (there, typed) = isComposedThere ? (composed, decomposed) : (decomposed, composed)
    try folder.file(there, "")
    let path = "\(folder.path)/\(typed)"
    let help = problem { _ = try TextFile.read(path) }?.help ?? ""
    let expected =
      "`\(folder.path)/\(there)` is there, with its letters composed otherwise: `mv '\(folder.path)/\(there)' '\(path)'`"
    #expect(help.utf8.elementsEqual(expected.utf8))
  }

  @Test("a missing file is told with the nearest name of its folder")
  func missing() throws {
    try folder.file("people.dl", "")
    let path = "\(folder.path)/poeple.dl"
    let found = problem { _ = try TextFile.read(path) }
    #expect(found?.message == "cannot read `\(path)`: there is no such file")
    #expect(found?.help == "did you mean `\(folder.path)/people.dl`?")
    #expect(found?.span == nil)
  }

  @Test("a file in a folder that is missing is told with the folder")
  func missingFolder() {
    let found = problem { _ = try TextFile.read("\(folder.path)/none/a.dl") }
    #expect(found?.help == "there is no folder `\(folder.path)/none/`")
  }

  @Test("a folder in place of a file is told")
  func folderForFile() {
    #expect(problem { _ = try TextFile.read(folder.path) }?.message == "`\(folder.path)` is a folder")
  }

  @Test("a file in place of a folder within a path is told")
  func fileForFolder() throws {
    let path = try folder.file("a", "") + "/b"
    let message = problem { _ = try TextFile.read(path) }?.message
    #expect(message == "cannot read `\(path)`: a part of the path is a file and not a folder")
  }

  @Test("a path with a NUL is no file's")
  func pathWithNUL() throws {
    let path = try folder.file("a", "x")
    #expect(problem { _ = try TextFile.read(path + "\0b") } != nil)
  }

  @Test("a source is brought to NFC, and what is not UTF-8 is told with its place")
  func source() throws {
    #expect(try TextFile.source(folder.file("a", "z\u{30C}")).bytes == Array("\u{17E}".utf8))
    let path = try folder.file("b", [0x61, 0xFF])
    let found = problem { _ = try TextFile.source(path) }
    #expect(found?.span?.start == 1)
  }

  @Test("a folder's files are listed by path, without what is hidden, their endings in capitals or not")
  func listing() throws {
    folder.folder("b")
    folder.folder(".git")
    for name in ["b.dl", "a.dl", "b/z.dl", "b/A.DL", "b/note.txt", ".hidden.dl", ".git/c.dl"] {
      try folder.file(name, "")
    }
    let files = try TextFile.folder(folder.path, endingWith: ".dl").map { String($0.dropFirst(folder.path.count + 1)) }
    #expect(files == ["a.dl", "b.dl", "b/A.DL", "b/z.dl"])
  }

  @Test("links in a circle are entered once, and a link that leads nowhere is listed to be missed")
  func links() throws {
    folder.folder("a")
    try folder.file("a/x.dl", "")
    folder.link("a/up", to: "..")
    folder.link("self.dl", to: "self.dl")
    folder.link("gone.dl", to: "nothing")
    let files = try TextFile.folder(folder.path, endingWith: ".dl").map { String($0.dropFirst(folder.path.count + 1)) }
    #expect(files == ["a/x.dl", "gone.dl"])
  }

  @Test("a list of what is no folder, or is not there, is refused")
  func noFolder() throws {
    let path = try folder.file("a", "")
    #expect(problem { _ = try TextFile.folder(path, endingWith: ".dl") }?.message == "`\(path)` is not a folder")
    #expect(problem { _ = try TextFile.folder(path + "b", endingWith: ".dl") } != nil)
    #expect(TextFile.isFolder(folder.path))
    #expect(!TextFile.isFolder(path))
    #expect(!TextFile.isFolder(path + "b"))
  }

  @Test("an included path is relative to the file that includes it")
  func resolving() {
    #expect(TextFile.resolve("rules/a.dl", relativeTo: "Queries/b.dl") == "Queries/rules/a.dl")
    #expect(TextFile.resolve("a.dl", relativeTo: "b.dl") == "a.dl")
    #expect(TextFile.resolve("a.dl", relativeTo: "<query>") == "a.dl")
    #expect(TextFile.resolve("/a.dl", relativeTo: "Queries/b.dl") == "/a.dl")
  }

  @Test("all paths of a file have one canonical path")
  func canonical() throws {
    let path = try folder.file("a", "")
    folder.link("b", to: "a")
    #expect(TextFile.canonical("\(folder.path)/./b") == TextFile.canonical(path))
    #expect(TextFile.canonical("\(folder.path)/none") == "\(folder.path)/none")
  }
}

@Suite struct TextFileWritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a file is written whole, over what was there, and nothing stays beside it")
  func writing() throws {
    let path = try folder.file("a", "something longer than what follows")
    try TextFile.write(Array("new".utf8), to: path)
    #expect(try TextFile.read(path) == Array("new".utf8))
    #expect(try TextFile.folder(folder.path, endingWith: "") == [path])
  }

  @Test("a file that is written over keeps its rights")
  func rights() throws {
    let path = try folder.file("a", "")
    chmod(path, 0o640)
    try TextFile.write([1], to: path)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("a link stays a link, and the file that it leads to is written")
  func link() throws {
    let path = try folder.file("a", "")
    folder.link("b", to: "a")
    try TextFile.write([1], to: "\(folder.path)/b")
    #expect(try TextFile.read(path) == [1])
    var status = stat()
    lstat("\(folder.path)/b", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test("a device is written to and not replaced")
  func device() throws {
    try TextFile.write([1], to: "/dev/null")
    #expect(try TextFile.read("/dev/null") == [])
  }

  @Test("a folder that is missing, or a folder in place of the file, is told")
  func refused() {
    let missing = "\(folder.path)/none/a"
    #expect(throws: Diagnostic.self) { try TextFile.write([1], to: missing) }
    #expect(throws: Diagnostic.self) { try TextFile.write([1], to: folder.path) }
  }
}
