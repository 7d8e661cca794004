import Threads

/// A text that statements are read from: a file, a command's argument, a line of the prompt.
///
/// `bytes` are valid UTF-8 in NFC; ``SourceFile/reading(_:bytes:)`` makes them so or says where they cannot be.
public final class SourceFile: Sendable {
  /// Where a text comes from.
  public enum Origin: Hashable, Sendable {
    case file(_ path: String)
    case standardInput, prompt, query, fact, constant
    /// The program itself, for what no text states.
    case program

    /// How messages name it: a path, `<query>` or `<prompt>`.
    public var name: String {
      switch self {
      case .file(let path): path
      case .standardInput: "<standard input>"
      case .prompt: "<prompt>"
      case .query: "<query>"
      case .fact: "<fact>"
      case .constant: "<constant>"
      case .program: "<program>"
      }
    }
  }

  public let origin: Origin
  public let bytes: [UInt8]
  /// The offset of each line's first byte, made when a place is asked for the first time.
  private let lineStarts = Lock<[Int]?>(nil)

  public init(_ origin: Origin, bytes: [UInt8]) {
    self.origin = origin
    self.bytes = bytes
  }

  public convenience init(_ origin: Origin, text: String) { self.init(origin, bytes: Array(text.utf8)) }

  public convenience init(name: String, bytes: [UInt8]) { self.init(.file(name), bytes: bytes) }

  public convenience init(name: String, text: String) { self.init(.file(name), text: text) }

  /// How messages name it.
  public var name: String { origin.name }

  /// The path of a file; `nil` for other texts.
  public var path: String? { if case .file(let path) = origin { path } else { nil } }

  /// The line, from 1, of a byte offset. The first call reads the whole text, others take logarithmic time.
  public func line(of offset: Int) -> Int {
    withLineStarts { Self.index(of: offset, in: $0) + 1 }
  }

  /// The line and the column, both from 1, of a byte offset.
  ///
  /// Columns count characters; from ``longestMeasuredLine`` bytes into a line on they count code points, which is faster.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let end = Swift.min(Swift.max(offset, 0), bytes.count)
    let (line, start) = withLineStarts { starts in
      let index = Self.index(of: end, in: starts)
      return (index + 1, starts[index])
    }
    if end - start <= Self.longestMeasuredLine {
      return (line, String(decoding: bytes[start..<end], as: UTF8.self).count + 1)
    }
    return (line, bytes[start..<end].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) })
  }

  static let longestMeasuredLine = 1 << 16

  /// The bytes of the line that holds an offset, without what ends the line.
  func lineRange(of offset: Int) -> Range<Int> {
    withLineStarts { starts in
      let index = Self.index(of: offset, in: starts)
      let start = starts[index]
      var end = index + 1 < starts.count ? starts[index + 1] - 1 : bytes.count
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      return start..<end
    }
  }

  private func withLineStarts<Result>(_ read: ([Int]) -> Result) -> Result {
    lineStarts.withLock { table in
      let starts = table ?? startsOfLines()
      table = starts
      return read(starts)
    }
  }

  private func startsOfLines() -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      var starts = [0]
      for index in 0..<bytes.count where bytes[index] == 0x0A { starts.append(index + 1) }
      return starts
    }
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

  /// The text of a statement that stands there, without its full stop.
  public var statementText: String {
    let bytes = file.bytes[start..<Swift.min(end, file.bytes.count)]
    return String(decoding: bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes, as: UTF8.self)
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
