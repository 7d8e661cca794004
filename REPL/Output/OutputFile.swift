import Glibc

import class Storage.ReplacingFile

/// A file that appears under its name only when it is whole and on the disk; a device or a pipe is written to as it is.
struct OutputFile {
  let output: Output
  let descriptor: Int32
  /// `nil` for a device or a pipe.
  private let file: ReplacingFile?

  init(path: String) throws {
    var status = stat()
    let isThere = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if isThere && kind != S_IFREG && kind != S_IFDIR {
      file = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw OutputError.failed(name: "`\(path)`", code: errno) }
    } else {
      let file = try ReplacingFile(path)
      self.file = file
      descriptor = file.descriptor
    }
    output = Output(descriptor: descriptor, name: "`\(path)`")
  }

  /// Writes what is buffered and gives the file its name.
  func finish() throws {
    do {
      try output.flush()
      if let file { try file.commit() } else { close(descriptor) }
    } catch {
      discard()
      throw error
    }
  }

  /// Leaves nothing behind.
  func discard() { if let file { file.giveUp() } else { close(descriptor) } }
}
