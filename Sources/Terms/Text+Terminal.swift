import CICU

extension Text {
  /// The text with everything escaped that would steer a terminal or that can't be seen.
  ///
  /// Control characters, line and paragraph separators, the controls of writing direction, joiners and other invisible
  /// scalars appear as the language writes them: `\n`, `\t`, `\r`, `\u{1B}`. Everything else, the backslash included,
  /// stays as it is.
  public static func escapedForTerminal(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else { return text }
    var shown = ""
    appendEscaped(text, to: &shown) { isUnsafeToShow($0) }
    return shown
  }

  /// How many columns of a terminal a text takes.
  ///
  /// Wide characters of East Asia and emoji take two, combining marks and invisible scalars none.
  public static func displayWidth(_ text: String) -> Int {
    var total = 0
    var width = 0
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == emojiSelector && has(UCHAR_EMOJI, previous) {
        total += 2 - width
      } else if !(isSkinTone(scalar) && has(UCHAR_EMOJI_MODIFIER_BASE, previous)) {
        width = columns(scalar)
        total += width
      }
      previous = scalar
    }
    return total
  }

  static func isUnsafeToShow(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return !(0x20..<0x7F ~= scalar.value) }
    switch category(scalar) {
    case U_CONTROL_CHAR, U_FORMAT_CHAR, U_LINE_SEPARATOR, U_PARAGRAPH_SEPARATOR: return true
    default: return has(UCHAR_DEFAULT_IGNORABLE_CODE_POINT, scalar) && !has(UCHAR_VARIATION_SELECTOR, scalar)
    }
  }

  static func appendEscaped(_ text: String, to result: inout String, where needsEscape: (Unicode.Scalar) -> Bool) {
    let scalars = text.unicodeScalars
    var index = text.startIndex
    // What needs no escape is appended in one piece.
    var start = index
    while index < text.endIndex {
      let (scalar, next) = (scalars[index], scalars.index(after: index))
      defer { index = next }
      guard needsEscape(scalar) else { continue }
      result += text[start..<index]
      start = next
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\"", "'", "\\": result += "\\\(scalar)"
      default: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    result += text[start...]
  }

  private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

  private static func isSkinTone(_ scalar: Unicode.Scalar) -> Bool { 0x1F3FB...0x1F3FF ~= scalar.value }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return isUnsafeToShow(scalar) ? 0 : 1 }
    // The vowels and final consonants of Hangul stand in the columns of the syllable's first consonant.
    if 0x1160...0x11FF ~= scalar.value { return 0 }
    switch category(scalar) {
    case U_NON_SPACING_MARK, U_ENCLOSING_MARK: return 0
    default: break
    }
    if isUnsafeToShow(scalar) { return 0 }
    let width = tiltas_u_getIntPropertyValue(Int32(scalar.value), UCHAR_EAST_ASIAN_WIDTH)
    return width == Int32(U_EA_WIDE.rawValue) || width == Int32(U_EA_FULLWIDTH.rawValue) ? 2 : 1
  }
}
