import CZlib
import Diagnostics
import Terms

/// Files that gzip has compressed.
enum Gzip {
  static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// What was compressed; the bytes as they are if nothing was. A few bytes may become very many, so that the pace is asked for room.
  static func expanded(_ bytes: [UInt8], _ path: String, _ pace: Pace) throws -> [UInt8] {
    guard isCompressed(bytes) else { return bytes }
    var stream = z_stream()
    guard tiltas_inflateInit(&stream) == Z_OK else { throw damaged(path, "there is no memory for it") }
    defer { inflateEnd(&stream) }
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: blockSize)
    var read = 0
    var isAtEnd = false
    while read < bytes.count || !isAtEnd {
      let (taken, given, status) = inflate(bytes[read...], into: &block, &stream)
      read += taken
      if text.count + given > text.capacity {
        let size = 2 * (text.count + given)
        try pace.reserve(size)
        text.reserveCapacity(size)
      }
      text.append(contentsOf: block[..<given])
      try pace.step(given >> 10 + 1)
      switch status {
      case Z_STREAM_END:
        isAtEnd = true
        // Several may lie one behind the other; zeros behind them are none.
        while read < bytes.count && bytes[read] == 0 { read += 1 }
        if read < bytes.count { inflateReset(&stream) }
      case Z_OK: isAtEnd = false
      case Z_BUF_ERROR: throw damaged(path, "it ends before its text does")
      default: throw damaged(path, "what it holds is not what gzip wrote")
      }
    }
    return text
  }

  private static let blockSize = 1 << 18

  private static func inflate(
    _ bytes: ArraySlice<UInt8>, into block: inout [UInt8], _ stream: inout z_stream
  ) -> (taken: Int, given: Int, status: Int32) {
    bytes.withUnsafeBufferPointer { source in
      block.withUnsafeMutableBufferPointer { target in
        let most = min(source.count, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(most)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return (most - Int(stream.avail_in), target.count - Int(stream.avail_out), status)
      }
    }
  }

  private static func damaged(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.cannotRead, "cannot read `\(path)`: \(reason)")
  }
}
