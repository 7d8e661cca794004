import CXXHash
import Diagnostics

/// An XXH3 checksum of 64 bits, taken at once or piece by piece.
final class Checksum {
  private let state: OpaquePointer

  init() throws {
    guard let state = XXH3_createState() else {
      throw Diagnostic(.outOfMemory, "there is not enough memory for a checksum")
    }
    self.state = state
    XXH3_64bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  func reset() { XXH3_64bits_reset(state) }

  func update(_ bytes: UnsafeRawBufferPointer) { XXH3_64bits_update(state, bytes.baseAddress, bytes.count) }

  #if FUZZING
    // A fuzzer can't guess checksums, and would never come past them.
    var value: UInt64 { 0 }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 { 0 }
  #else
    var value: UInt64 { XXH3_64bits_digest(state) }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 { XXH3_64bits(bytes.baseAddress, bytes.count) }
  #endif
}
