import Glibc
import Tiltas

/// Shows what is longer than the terminal with the reader's pager.
enum Pager {
  /// Writes what an output held back: to the pager where it has more lines than the terminal, else as it is.
  static func show(_ held: [UInt8], on output: Output) throws {
    let lines = held.count { $0 == 0x0A }
    guard let height = Environment.terminalHeight(STDOUT_FILENO), lines >= height else {
      return try output.pass(held)
    }
    let file = try TemporaryText.descriptor(held)
    defer { close(file) }
    // Without options of its own less shows colours, does not fold lines, and leaves what was shown.
    if Environment.value("LESS") == nil { setenv("LESS", "RSX", 1) }
    let pager = Environment.value("PAGER") ?? "less"
    if try ChildProcess.run(["sh", "-c", pager], input: file) == ChildProcess.notFound { try output.pass(held) }
  }
}

/// A file that only its descriptor leads to.
enum TemporaryText {
  /// A file with these bytes, to be read from its beginning.
  static func descriptor(_ bytes: [UInt8]) throws -> Int32 {
    var template = Array("/tmp/tiltas.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Diagnostic("cannot write a file in /tmp: \(Files.reason(errno))") }
    unlink(template)
    do {
      try Output(descriptor: descriptor, name: "a file in /tmp").pass(bytes)
    } catch {
      close(descriptor)
      throw error
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }
}
