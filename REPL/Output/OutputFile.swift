import Glibc

/// A file that appears under its name only when it is whole.
struct OutputFile {
  let output: Output
  let descriptor: Int32
  private let path: String
  private let temporaryPath: String

  /// Opens a temporary file beside `path`.
  init(path: String) throws {
    self.path = path
    // A link keeps pointing to the file that is replaced.
    let target = Files.resolved(path) ?? path
    if Files.isFolder(target) { throw OutputError.failed(name: "`\(path)`", code: EISDIR) }
    var template = Array("\(target).XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw OutputError.failed(name: "`\(path)`", code: errno) }
    temporaryPath = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    Signals.setTemporaryFile(temporaryPath)
    output = Output(descriptor: descriptor, name: "`\(path)`")
  }

  /// Writes what is buffered and gives the file its name.
  func finish() throws {
    do {
      try output.flush()
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
      guard rename(temporaryPath, Files.resolved(path) ?? path) == 0 else {
        throw OutputError.failed(name: "`\(path)`", code: errno)
      }
    } catch {
      discard()
      throw error
    }
    close(descriptor)
    Signals.setTemporaryFile(nil)
  }

  /// Leaves nothing behind.
  func discard() {
    unlink(temporaryPath)
    close(descriptor)
    Signals.setTemporaryFile(nil)
  }
}
