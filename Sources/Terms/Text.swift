import CICU

/// What the language asks of Unicode: validity, normal forms, comparison without case and diacritics, safe display.
public enum Text {
  /// The offset of the first byte that begins no valid UTF-8 sequence, or `nil` where all of the text is valid.
  public static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { firstInvalidUTF8($0) }
  }

  /// The offset of the first byte that begins no valid UTF-8 sequence, or `nil` where all of the text is valid.
  public static func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    // Most text is ASCII and scalars of two bytes; the library looks at the rest of what has others.
    var offset = firstBeyondASCII(bytes, from: 0)
    while offset + 1 < bytes.count, 0xC2...0xDF ~= bytes[offset], bytes[offset + 1] & 0xC0 == 0x80 {
      offset = firstBeyondASCII(bytes, from: offset + 2)
    }
    if offset >= bytes.count { return nil }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span.extracting(offset...))
      return nil
    } catch {
      return offset + error.byteOffsets.lowerBound
    }
  }

  /// How many characters, as readers see them, valid UTF-8 has; of ASCII a byte is one, but for the end of a line.
  public static func characterCount(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Int {
    hasCharacterOfEachByte(bytes) ? bytes.count : String(decoding: bytes, as: UTF8.self).count
  }

  /// Whether each byte is a character by itself: those of ASCII are, but for a carriage return before a line feed.
  public static func hasCharacterOfEachByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") }
  }

  /// Whether a scalar is a letter of any script.
  public static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return 0x61...0x7A ~= scalar.value | 0x20 }
    return isIn(letters, scalar)
  }

  /// Whether a scalar is an upper-case or title-case letter, with which a variable starts.
  public static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return 0x41...0x5A ~= scalar.value }
    return isIn(upperLetters, scalar)
  }

  /// Whether a scalar is a decimal digit of any script.
  public static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return 0x30...0x39 ~= scalar.value }
    return category(scalar) == U_DECIMAL_DIGIT_NUMBER
  }

  /// Whether a text is a name that the language reads without quotes.
  public static func isBareName(_ text: String) -> Bool {
    guard let initial = text.unicodeScalars.first, isLetter(initial), !isUpper(initial) else { return false }
    let rest = text.unicodeScalars.dropFirst()
    guard rest.allSatisfy({ isLetter($0) || 0x30...0x39 ~= $0.value || $0 == "_" }) else { return false }
    return !reservedWords.contains(text)
  }

  /// Whether UTF-8 bytes are a name that the language reads without quotes.
  public static func isBareName(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !bytes.isEmpty, isASCIIWord(bytes) else { return isBareName(String(decoding: bytes, as: UTF8.self)) }
    return isBareName(word: bytes)
  }

  /// Whether a name that is of letters, digits and `_` of ASCII is one that the language reads without quotes.
  public static func isBareName(word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = word.first, first &- UInt8(ascii: "a") < 26 else { return false }
    return word.count > longestReservedWord || !reservedWords.contains(String(decoding: word, as: UTF8.self))
  }

  /// Whether all bytes are letters, digits or `_` of ASCII: eight at a time.
  private static func isASCIIWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= raw.count {
      if otherBytes(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) != 0 { return false }
      index += 8
    }
    if index == raw.count { return true }
    if raw.count >= 8 { return otherBytes(raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)) == 0 }
    return raw.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
  }

  /// The highest bit of each byte of a word that is no letter, digit or `_` of ASCII.
  @inlinable public static func otherBytes(_ word: UInt64) -> UInt64 {
    let highBits = each(0x80)
    // No sum of a byte below 0x80 carries into the next one.
    let low = word & ~highBits
    func isAtLeast(_ word: UInt64, _ byte: UInt64) -> UInt64 { word &+ each(0x80 - byte) }
    let lowerCase = low | each(0x20)
    let isLetter = isAtLeast(lowerCase, 0x61) & ~isAtLeast(lowerCase, 0x7B)
    let isDigit = isAtLeast(low, 0x30) & ~isAtLeast(low, 0x3A)
    let isUnderscore = ~isAtLeast(low ^ each(0x5F), 1)
    return ~((isLetter | isDigit | isUnderscore) & ~word) & highBits
  }

  /// A word of eight equal bytes.
  @usableFromInline static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  private static let longestReservedWord = 5
  private static let reservedWords: Set<String> = ["true", "false", "not", "mod"]

  /// Sets of general categories, a bit each.
  private static let upperLetters = bit(U_UPPERCASE_LETTER) | bit(U_TITLECASE_LETTER)
  private static let letters =
    upperLetters | bit(U_LOWERCASE_LETTER) | bit(U_MODIFIER_LETTER) | bit(U_OTHER_LETTER)

  private static func bit(_ category: UCharCategory) -> UInt32 { 1 << category.rawValue }

  private static func isIn(_ categories: UInt32, _ scalar: Unicode.Scalar) -> Bool {
    categories & bit(category(scalar)) != 0
  }

  static func category(_ scalar: Unicode.Scalar) -> UCharCategory {
    UCharCategory(UInt32(tiltas_u_charType(Int32(scalar.value))))
  }

  static func has(_ property: UProperty, _ scalar: Unicode.Scalar) -> Bool {
    tiltas_u_hasBinaryProperty(Int32(scalar.value), property)
  }
}
