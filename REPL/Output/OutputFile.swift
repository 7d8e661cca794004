import class Storage.WrittenFile

/// A file that answers are written to, and that gets its name when it is whole.
struct OutputFile {
  let output: Output
  private let file: WrittenFile
  var descriptor: Int32 { file.descriptor }

  init(path: String) throws {
    file = try WrittenFile(path)
    output = Output(descriptor: file.descriptor, name: "`\(path)`")
  }

  /// Writes what is buffered and gives the file its name.
  func finish() throws {
    do {
      try output.flush()
      try file.commit()
    } catch {
      discard()
      throw error
    }
  }

  /// Leaves nothing behind.
  func discard() { file.giveUp() }
}
