import Diagnostics
import Glibc
import Sessions

/// Shows what is longer than the terminal with the reader's pager.
enum Pager {
  /// Writes what an output held back: to the pager where it has more lines than the terminal, else as it is.
  static func show(_ held: [UInt8], on output: Output) throws {
    let lines = held.count { $0 == 0x0A }
    // On a terminal that can do nothing but print a pager only stands in the way.
    guard !Gate.isClosed, let height = Environment.terminalHeight(STDOUT_FILENO), lines >= height, !Environment.isDumb
    else {
      return try output.pass(held)
    }
    // Without options of its own less shows colours, and leaves what was shown.
    if Environment.value("LESS") == nil { setenv("LESS", "RX", 1) }
    if let pager = Environment.value("PAGER") {
      if try !run(["sh", "-c", pager], on: held) { try output.pass(held) }
    } else if try !showTable(held), try !run(["less", "-S", "-PsSpace goes on, q leaves "], on: held) {
      try output.pass(held)
    }
  }

  private static func showTable(_ held: [UInt8]) throws -> Bool {
    try isTable(held) && run(["pspg"], on: Transcript.withoutColours(held))
  }

  /// Whether there was such a pager.
  private static func run(_ pager: [String], on text: [UInt8]) throws -> Bool {
    let file = try TemporaryText.descriptor(text)
    defer { close(file) }
    return try ChildProcess.run(pager, input: file) != ChildProcess.notFound
  }

  /// Whether a text begins with the upper line of a table, which `pspg` knows and whose head it keeps in place.
  private static func isTable(_ text: [UInt8]) -> Bool {
    ["┌─", "+-"].contains { text.starts(with: $0.utf8) }
  }
}

/// A file that only its descriptor leads to.
enum TemporaryText {
  /// A file with these bytes, to be read from its beginning.
  static func descriptor(_ bytes: [UInt8]) throws -> Int32 {
    var template = Array("/tmp/tiltas.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Diagnostic(.cannotWrite, "cannot write a file in /tmp: \(Files.reason(errno))") }
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
