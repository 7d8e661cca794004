/// A text that statements are read from: a file, a command's argument, a line of the prompt.
///
/// `bytes` are valid UTF-8 in NFC; ``SourceFile/reading(name:bytes:)`` makes them so or says where they cannot be.
public final class SourceFile: Sendable {
  /// How messages name it: a path, `<query>` or `<prompt>`.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line and the column, both from 1, of a byte offset; columns count characters. Linear in the offset.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let end = Swift.min(offset, bytes.count)
    var line = 1
    var lineStart = 0
    var index = 0
    while index < end {
      if bytes[index] == 0x0A {
        line += 1
        lineStart = index + 1
      }
      index += 1
    }
    let column = String(decoding: bytes[lineStart..<end], as: UTF8.self).count + 1
    return (line, column)
  }
}

/// A stretch of a source, in byte offsets.
public struct SourceSpan: Sendable, Hashable {
  public let file: SourceFile
  public var start: Int
  public var end: Int

  public init(_ file: SourceFile, _ start: Int, _ end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The stretch from the beginning of this to the end of `other`, which lies in the same file.
  public func joined(to other: SourceSpan) -> SourceSpan {
    SourceSpan(file, Swift.min(start, other.start), Swift.max(end, other.end))
  }

  public static func == (left: SourceSpan, right: SourceSpan) -> Bool {
    left.file === right.file && left.start == right.start && left.end == right.end
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(start)
    hasher.combine(end)
  }
}
