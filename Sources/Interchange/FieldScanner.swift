import CDigits
import Terms

/// Divides the bytes of a table into rows and fields, without a copy where a field has neither quotes nor escapes.
struct FieldScanner: ~Copyable {
  /// What is wrong with the form of a field.
  enum Fault {
    /// The quote that opens the field has none that closes it.
    case unclosedQuote
    /// At this offset, behind the closing quote, stands something else than a separator.
    case textBehindQuote(Int)
  }

  /// The bytes of the table, which are `count`: bare, so that no offset is checked twice.
  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  /// How many of them and of those behind them may be read.
  private let readable: Int
  private let form: TableForm
  private let separator: UInt8
  /// The separator in each byte.
  private let separators: UInt64
  /// Where the next field begins.
  var position: Int
  /// Where the field begins and ends in the file, with its quotes and without what ends a line.
  private(set) var start = 0
  private(set) var end = 0
  /// The field's content; valid until the next field.
  private(set) var text: UnsafeBufferPointer<UInt8>
  /// Whether the content lies in the file's own bytes, and so stays valid.
  var isInFile: Bool { text.isEmpty || text.baseAddress != UnsafePointer(scratch) }
  /// Whether the field is the last one of its row.
  private(set) var isLast = false
  private(set) var fault: Fault?
  private var scratch: UnsafeMutablePointer<UInt8>
  private var scratchCapacity = 256

  /// - Parameter part: must outlive the scanner; all offsets are those from its beginning.
  init(_ part: TableText.Part, _ form: TableForm) {
    position = 0
    scratch = .allocate(capacity: scratchCapacity)
    bytes = part.bytes.baseAddress ?? UnsafePointer(scratch)
    count = part.bytes.count
    readable = count + part.margin
    self.form = form
    separator = form.separator
    separators = ones &* UInt64(form.separator)
    text = UnsafeBufferPointer(start: self.bytes, count: 0)
  }

  deinit { scratch.deallocate() }

  /// Goes on to the next line that is not empty; whether there is one.
  @inline(__always) mutating func skipEmptyLines() -> Bool {
    if position < count && bytes[position] > carriageReturn { return true }
    return skipLineEnds()
  }

  private mutating func skipLineEnds() -> Bool {
    while position < count {
      if bytes[position] == lineFeed {
        position += 1
      } else if bytes[position] == carriageReturn && (position + 1 == count || bytes[position + 1] == lineFeed) {
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
    if form.hasQuotes {
      fault = nil
      if position < count && bytes[position] == quote { return readQuoted() }
      endField(at: endOfPlain(from: position))
      text = content(from: start, to: end)
    } else {
      readTabbed()
    }
  }

  /// Reads the next field where it is an integer as the language writes it, of one to seven digits; else nothing is read.
  @inline(__always) mutating func nextShortInteger() -> Int64? {
    guard position &+ 8 <= count else { return nil }
    let word = UInt64(
      littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self))
    guard let digits = DigitWord(word), !digits.hasLeadingZero else { return nil }
    let next = UInt8(truncatingIfNeeded: word &>> digits.bitCount)
    guard next == lineFeed || next == separator else { return nil }
    isLast = next == lineFeed
    position &+= Int(digits.bitCount &>> 3) &+ 1
    return Int64(truncatingIfNeeded: digits.number)
  }

  /// Reads rows of so many fields, each of one to seven digits without a zero in front and below a limit, that begin in a stretch
  /// of the table, until one is of something else or there is no room for another; those in the last bytes that may be read are
  /// left.
  ///
  /// Where digits end is found for 64 bytes at a time, as simdjson does it (Langdale and Lemire 2019), so that no field waits for the
  /// one before it. Nothing of the scanner changes: several threads may read, each a stretch of its own.
  /// - Parameter seen: a bitmap of all integers below the limit, to which those that are read are added, with those of the row behind.
  /// - Returns: where the first row begins that was not read, and how many integers were.
  func readShortIntegers(
    _ width: Int, in stretch: Range<Int>, below limit: Int, into integers: UnsafeMutableBufferPointer<UInt32>,
    marking seen: UnsafeMutableBufferPointer<UInt64>
  ) -> (position: Int, count: Int) {
    let (between, last, limit) = (separator, width &- 1, UInt64(limit))
    var (rowStart, start) = (stretch.lowerBound, stretch.lowerBound)
    var (read, column) = (0, 0)
    // So that a row is read or left wherever the blocks begin.
    let end = min(stretch.upperBound, readable &- 8 &* width &- 2 &* blockSize)
    var block = start
    scan: while rowStart < end && block &+ blockSize &+ 8 <= readable && width <= integers.count {
      var ends = bytesWithoutDigits(bytes + block)
      while ends != 0 {
        let separator = block &+ ends.trailingZeroBitCount
        ends &= ends &- 1
        let length = UInt64(truncatingIfNeeded: separator &- start)
        guard length &- 1 < 7, bytes[separator] == (column == last ? lineFeed : between) else { break scan }
        let word = UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt64.self)
        let digits = DigitWord(UInt64(littleEndian: word), count: length)
        let number = digits.number
        guard number < limit, !digits.hasLeadingZero else { break scan }
        integers[read] = UInt32(truncatingIfNeeded: number)
        seen[Int(number &>> 6)] |= 1 &<< (number & 63)
        read &+= 1
        start = separator &+ 1
        column &+= 1
        if column <= last { continue }
        (rowStart, column) = (start, 0)
        if rowStart >= end || read &+ width > integers.count { break scan }
      }
      block &+= blockSize
    }
    return (rowStart, read &- column)
  }

  /// Reads the next field where it is a prefix and a number behind it, and returns the number; else, and near the end of the
  /// table, nothing is read.
  @inline(__always) mutating func next(_ prefix: NumberedPrefix) -> (text: UnsafeBufferPointer<UInt8>, number: UInt64)?
  {
    guard position &+ NumberedPrefix.room <= count, let digits = prefix.digits(of: bytes + position) else { return nil }
    let length = prefix.length &+ Int(digits.bitCount &>> 3)
    let next = bytes[position &+ length]
    guard next == lineFeed || next == separator else { return nil }
    isLast = next == lineFeed
    defer { position &+= length &+ 1 }
    return (content(from: position, to: position &+ length), digits.number)
  }

  /// Reads the next field where it is of letters, digits and `_` of ASCII alone and does not begin with a digit; else, and at
  /// the end of the table, nothing is read.
  ///
  /// The field ends with the first byte that is none of them, so that separators need not be looked for.
  @inline(__always) mutating func nextWord() -> UnsafeBufferPointer<UInt8>? {
    let raw = UnsafeRawPointer(bytes)
    var cursor = position
    if cursor < count && bytes[cursor] &- zero < 10 { return nil }
    var others: UInt64 = 0
    while cursor &+ 8 <= count {
      others = Text.otherBytes(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: cursor, as: UInt64.self)))
      if others != 0 { break }
      cursor &+= 8
    }
    if others == 0 { return nil }
    cursor &+= others.trailingZeroBitCount &>> 3
    let next = bytes[cursor]
    guard cursor > position, next == lineFeed || next == separator else { return nil }
    isLast = next == lineFeed
    defer { position = cursor &+ 1 }
    return content(from: position, to: cursor)
  }

  @inline(__always) private mutating func readTabbed() {
    var hasEscape = false
    endField(at: endOfTabbed(from: position, &hasEscape))
    text = content(from: start, to: end)
    if hasEscape && form.hasEscapes { replaceEscapes() }
  }

  /// Where the next separator or end of a line is; eight bytes are looked at together where there are as many.
  @inline(__always) private func endOfTabbed(from offset: Int, _ hasEscape: inout Bool) -> Int {
    let raw = UnsafeRawPointer(bytes)
    var cursor = offset
    while cursor &+ 8 <= count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: cursor, as: UInt64.self))
      let ends = firstZero(word ^ separators) | firstZero(word ^ (ones &* UInt64(lineFeed)))
      // An escape counts where it stands before the first end.
      let escapes = firstZero(word ^ (ones &* UInt64(backslash))) & (ends ^ (ends &- 1))
      if escapes != 0 { hasEscape = true }
      if ends != 0 { return cursor &+ ends.trailingZeroBitCount &>> 3 }
      cursor &+= 8
    }
    while cursor < count && bytes[cursor] != separator && bytes[cursor] != lineFeed {
      if bytes[cursor] == backslash { hasEscape = true }
      cursor &+= 1
    }
    return cursor
  }

  @inline(__always) private func content(from start: Int, to end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + start, count: end &- start)
  }

  /// Notes that the field ends at an offset, before a separator or at the end of the file.
  @inline(__always) private mutating func endField(at offset: Int) {
    end = offset
    isLast = offset == count || bytes[offset] == lineFeed
    position = offset == count ? offset : offset &+ 1
    if isLast && offset > start && bytes[offset &- 1] == carriageReturn { end = offset &- 1 }
  }

  private func endOfPlain(from offset: Int) -> Int {
    var cursor = offset
    while cursor < count && bytes[cursor] != separator && bytes[cursor] != lineFeed { cursor += 1 }
    return cursor
  }

  private mutating func readQuoted() {
    var cursor = start + 1
    var hasDoubled = false
    while cursor < count {
      if bytes[cursor] == quote {
        guard cursor + 1 < count, bytes[cursor + 1] == quote else { break }
        hasDoubled = true
        cursor += 1
      }
      cursor += 1
    }
    guard cursor < count else {
      fault = .unclosedQuote
      return endField(at: count)
    }
    endField(at: endOfPlain(from: cursor + 1))
    if end > cursor + 1 { fault = .textBehindQuote(cursor + 1) }
    text = content(from: start + 1, to: cursor)
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
    text = UnsafeBufferPointer(start: scratch, count: length)
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
    text = UnsafeBufferPointer(start: scratch, count: length)
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
    if scratchCapacity >= count { return }
    scratch.deallocate()
    scratchCapacity = max(count, 2 * scratchCapacity)
    scratch = .allocate(capacity: scratchCapacity)
  }
}

private let blockSize = 64
private let ones: UInt64 = 0x0101_0101_0101_0101

/// A word whose lowest bit that is set is the highest one of the first byte that is 0; 0 where no byte is.
@inline(__always) private func firstZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & (ones << 7) }

private let zero: UInt8 = 0x30
private let tab: UInt8 = 0x09
private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let quote: UInt8 = 0x22
private let backslash: UInt8 = 0x5C
