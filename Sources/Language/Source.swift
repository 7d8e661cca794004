import Synchronization

/// A text that statements are read from: a file, a command's argument, a line of the prompt.
///
/// `bytes` are valid UTF-8 in NFC; ``SourceFile/reading(name:bytes:)`` makes them so or says where they cannot be.
public final class SourceFile: Sendable {
  /// How messages name it: a path, `<query>` or `<prompt>`.
  public let name: String
  public let bytes: [UInt8]
  /// The offset of each line's first byte, made when a place is asked for the first time.
  private let lineStarts = Mutex<[Int]?>(nil)

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The line, from 1, of a byte offset. The first call reads the whole text, others take logarithmic time.
  public func line(of offset: Int) -> Int {
    lineStarts.withLock { table in
      let starts = table ?? startsOfLines()
      table = starts
      return Self.index(of: offset, in: starts) + 1
    }
  }

  /// The line and the column, both from 1, of a byte offset.
  ///
  /// Columns count characters; beyond ``longestMeasuredLine`` bytes into a line they count code points, which is faster.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let end = Swift.min(Swift.max(offset, 0), bytes.count)
    let start = lineRange(of: end).lowerBound
    let column: Int
    if end - start <= Self.longestMeasuredLine {
      column = String(decoding: bytes[start..<end], as: UTF8.self).count
    } else {
      column = bytes[start..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
    return (line(of: end), column + 1)
  }

  static let longestMeasuredLine = 1 << 16

  /// The bytes of the line that holds an offset, without what ends the line.
  func lineRange(of offset: Int) -> Range<Int> {
    let offset = Swift.min(Swift.max(offset, 0), bytes.count)
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<Swift.max(start, end)
  }

  private func startsOfLines() -> [Int] {
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    return starts
  }

  /// The index of the last start that does not lie behind the offset.
  private static func index(of offset: Int, in starts: [Int]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
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
