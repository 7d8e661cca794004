import Diagnostics
import Glibc
import Sessions

/// Reads a descriptor line by line, as the lines come.
final class Lines {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end; `nil` at the end of the input. Throws ``QueryFailure/interrupted`` on Ctrl-C.
  func next() throws -> [UInt8]? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let line = Array(buffer[position..<end])
        position = end + 1
        return line
      }
      buffer.removeFirst(position)
      position = 0
      searched = buffer.count
      guard let chunk = try chunk() else {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : buffer
      }
      buffer += chunk
    }
  }

  /// What can be read now; `nil` at the end of the input.
  func chunk() throws -> [UInt8]? {
    while true {
      var result = 0
      var code: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { bytes, count in
        result = read(descriptor, bytes.baseAddress, bytes.count)
        code = errno
        count = max(0, result)
      }
      if result > 0 { return chunk }
      if result == 0 { return nil }
      guard code == EINTR else { throw Diagnostic(.cannotRead, "cannot read standard input: \(Files.reason(code))") }
      if Signals.wasInterrupted { throw QueryFailure.interrupted }
    }
  }
}
