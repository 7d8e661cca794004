import Diagnostics
import Glibc

import class Storage.WrittenFile

/// Why output could not be written.
enum OutputError: Error {
  /// The reader has gone: no error, but nothing more to do.
  case closed
  case failed(name: String, code: Int32)

  var diagnostic: Diagnostic {
    switch self {
    case .closed: Diagnostic(.cannotWrite, "the reader of the output has gone")
    case .failed(let name, let code): Diagnostic(.cannotWrite, "cannot write \(name): \(Files.reason(code))")
    }
  }
}

/// A buffer before a file descriptor.
final class Output {
  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  /// Gets what is written as well.
  var copy: (([UInt8]) -> Void)?
  private static let capacity = 1 << 16

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    buffer.reserveCapacity(Self.capacity * 2)
  }

  func write(_ text: String) throws {
    buffer += text.utf8
    if buffer.count >= Self.capacity { try flush() }
  }

  func write(_ byte: UInt8) throws {
    buffer.append(byte)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes a text and does not keep it in the buffer.
  func writeAll(_ text: String) throws {
    try write(text)
    try flush()
  }

  /// Whether what is written is kept until ``release()``, as far as it is not too much.
  var isHolding = false
  private static let mostHeld = 1 << 26

  func flush() throws {
    if isHolding && buffer.count < Self.mostHeld { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    copy?(buffer)
    try pass(buffer)
  }

  /// Ends holding, and gives what was kept.
  func release() -> [UInt8] {
    isHolding = false
    defer { buffer.removeAll(keepingCapacity: true) }
    copy?(buffer)
    return buffer
  }

  /// Writes what is kept, and keeps no more: what follows elsewhere is to be seen after it.
  func passHeld() throws {
    if isHolding { try pass(release()) } else { try flush() }
  }

  /// Writes bytes past the buffer.
  func pass(_ bytes: [UInt8]) throws {
    try Watchdog.pausing { try Self.write(bytes, to: descriptor, name: name) }
  }

  /// Writes to standard error, where nothing can be done about a failure.
  static func writeError(_ text: String) {
    try? write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws {
    try Progress.writing(bytes, to: descriptor) { try writeAll(bytes, to: descriptor, name: name) }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws {
    var written = 0
    while written < bytes.count {
      let result = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if result >= 0 {
        written += result
      } else if errno == EPIPE {
        throw OutputError.closed
      } else if errno != EINTR {
        throw OutputError.failed(name: name, code: errno)
      }
    }
  }
}

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
