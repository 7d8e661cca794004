/// Divides the bytes of a table into rows and fields, without a copy where a field has neither quotes nor escapes.
struct FieldScanner: ~Copyable {
  /// What is wrong with the form of a field.
  enum Fault {
    /// The quote that opens the field has none that closes it.
    case unclosedQuote
    /// At this offset, behind the closing quote, stands something else than a separator.
    case textBehindQuote(Int)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let isCSV: Bool
  /// Where the next field begins.
  var position = 0
  /// Where the field begins and ends in the file, with its quotes and without what ends a line.
  private(set) var start = 0
  private(set) var end = 0
  /// The field's content; valid until the next field.
  private(set) var text: UnsafeBufferPointer<UInt8>
  /// Whether the content lies in the file's own bytes, and so stays valid.
  var isInFile: Bool { text.isEmpty || text.baseAddress != UnsafePointer(scratch.baseAddress) }
  /// Whether the field is the last one of its row.
  private(set) var isLast = false
  private(set) var fault: Fault?
  private var scratch = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  init(_ bytes: UnsafeBufferPointer<UInt8>, isCSV: Bool) {
    self.bytes = bytes
    self.isCSV = isCSV
    text = UnsafeBufferPointer(rebasing: bytes[..<0])
  }

  deinit { scratch.deallocate() }

  /// Goes on to the next line that is not empty; whether there is one.
  mutating func skipEmptyLines() -> Bool {
    while position < bytes.count {
      if bytes[position] == lineFeed {
        position += 1
      } else if bytes[position] == carriageReturn && (position + 1 == bytes.count || bytes[position + 1] == lineFeed) {
        position += 1
      } else {
        return true
      }
    }
    return false
  }

  /// Reads the next field of the row. Call it until ``isLast``.
  @inline(__always) mutating func next() {
    start = position
    if isCSV {
      fault = nil
      if position < bytes.count && bytes[position] == quote { return readQuoted() }
      endField(at: endOfPlain(from: position))
      text = UnsafeBufferPointer(rebasing: bytes[start..<end])
    } else {
      readTabbed()
    }
  }

  @inline(__always) private mutating func readTabbed() {
    var cursor = position
    var hasEscape = false
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if byte == tab || byte == lineFeed { break }
      if byte == backslash { hasEscape = true }
      cursor += 1
    }
    endField(at: cursor)
    text = UnsafeBufferPointer(rebasing: bytes[start..<end])
    if hasEscape { replaceEscapes() }
  }

  /// Notes that the field ends at an offset, before a separator or at the end of the file.
  @inline(__always) private mutating func endField(at offset: Int) {
    end = offset
    isLast = offset == bytes.count || bytes[offset] == lineFeed
    position = min(offset + 1, bytes.count)
    if isLast && end > start && bytes[end - 1] == carriageReturn { end -= 1 }
  }

  private func endOfPlain(from offset: Int) -> Int {
    var cursor = offset
    while cursor < bytes.count && bytes[cursor] != comma && bytes[cursor] != lineFeed { cursor += 1 }
    return cursor
  }

  private mutating func readQuoted() {
    var cursor = start + 1
    var hasDoubled = false
    while cursor < bytes.count {
      if bytes[cursor] == quote {
        guard cursor + 1 < bytes.count, bytes[cursor + 1] == quote else { break }
        hasDoubled = true
        cursor += 1
      }
      cursor += 1
    }
    guard cursor < bytes.count else {
      fault = .unclosedQuote
      return endField(at: bytes.count)
    }
    endField(at: endOfPlain(from: cursor + 1))
    if end > cursor + 1 { fault = .textBehindQuote(cursor + 1) }
    text = UnsafeBufferPointer(rebasing: bytes[start + 1..<cursor])
    if hasDoubled { replaceDoubled() }
  }

  /// Two quotes within a quoted field stand for one.
  private mutating func replaceDoubled() {
    makeRoom(text.count)
    var length = 0
    var cursor = 0
    while cursor < text.count {
      scratch[length] = text[cursor]
      length += 1
      cursor += text[cursor] == quote ? 2 : 1
    }
    text = UnsafeBufferPointer(rebasing: scratch[..<length])
  }

  /// A backslash before anything else than an escape's letter is a backslash: other programs' tables have no escapes.
  private mutating func replaceEscapes() {
    makeRoom(text.count)
    var length = 0
    var cursor = 0
    while cursor < text.count {
      let meant = text[cursor] == backslash && cursor + 1 < text.count ? Self.escaped(text[cursor + 1]) : nil
      scratch[length] = meant ?? text[cursor]
      length += 1
      cursor += meant == nil ? 1 : 2
    }
    text = UnsafeBufferPointer(rebasing: scratch[..<length])
  }

  private static func escaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): tab
    case UInt8(ascii: "n"): lineFeed
    case UInt8(ascii: "r"): carriageReturn
    case backslash: backslash
    default: nil
    }
  }

  private mutating func makeRoom(_ count: Int) {
    if scratch.count >= count { return }
    scratch.deallocate()
    scratch = .allocate(capacity: max(count, 2 * scratch.count, 256))
  }
}

private let tab: UInt8 = 0x09
private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let quote: UInt8 = 0x22
private let comma: UInt8 = 0x2C
private let backslash: UInt8 = 0x5C
