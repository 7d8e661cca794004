import CICU

extension Text {
  /// The text without case and diacritics, as names are compared when they are looked up.
  ///
  /// `Žemė` gives `zeme`, `Łódź` gives `lodz`, `Straße` gives `strasse` and `Ёлка` gives `елка`: compatibility
  /// decomposition without nonspacing marks and without what is invisible, full case folding, and the base letters of
  /// those with a stroke. Folding twice gives what folding once gives.
  public static func fold(_ text: String) -> String {
    if let folded = foldedASCII(text) { return folded }
    var status = U_ZERO_ERROR
    guard let normalizer = tiltas_unorm2_getNFKDInstance(&status) else { return text.lowercased() }
    var folded = String.UnicodeScalarView()
    var decomposition = [UInt16](repeating: 0, count: longestDecomposition)
    for scalar in text.unicodeScalars {
      let count =
        scalar.value < 0xA0
        ? -1
        : tiltas_unorm2_getDecomposition(
          normalizer, Int32(scalar.value), &decomposition, Int32(longestDecomposition), &status)
      if count < 0 {
        appendFolded(scalar, to: &folded)
      } else {
        let parts = String(decoding: decomposition.prefix(Int(count)), as: UTF16.self)
        for part in parts.unicodeScalars { appendFolded(part, to: &folded) }
      }
    }
    return String(folded)
  }

  /// Whether each word of one text begins a word of another, without regard to case and diacritics; no words are found
  /// nowhere.
  public static func isFound(_ sought: String, in text: String) -> Bool {
    let wanted = words(sought)
    let present = words(text)
    return !wanted.isEmpty && wanted.allSatisfy { word in present.contains { $0.hasPrefix(word) } }
  }

  /// The words of a text, folded: what remains where it is divided at everything that is not a letter or digit.
  public static func words(_ text: String) -> [String] {
    fold(text).unicodeScalars.split { !isWordPart($0) }.map { String($0) }
  }

  /// Vowel signs of Indic scripts are alphabetic marks and belong to the word.
  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || isDigit(scalar) || (scalar.value >= 0x80 && has(UCHAR_ALPHABETIC, scalar))
  }

  private static func foldedASCII(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(decoding: text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// U+FDFA has the longest decomposition, of 18 UTF-16 units.
  private static let longestDecomposition = 32

  private static func appendFolded(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
    if scalar.value < 0x80 {
      folded.append(0x41...0x5A ~= scalar.value ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
      return
    }
    guard !isMarkOrInvisible(scalar) else { return }
    let lower = Unicode.Scalar(UInt32(tiltas_u_foldCase(Int32(scalar.value)))) ?? scalar
    if let letters = plainLetters(lower) {
      folded.append(contentsOf: letters.unicodeScalars)
    } else {
      folded.append(lower)
    }
  }

  private static func isMarkOrInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch category(scalar) {
    case U_NON_SPACING_MARK, U_ENCLOSING_MARK: true
    default: has(UCHAR_DEFAULT_IGNORABLE_CODE_POINT, scalar)
    }
  }

  /// The letters that Unicode doesn't decompose, though a reader takes them for variants of others, and `ß`, the only
  /// letter left by the decomposition that case folding makes into two.
  private static func plainLetters(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ł": "l"
    case "ø": "o"
    case "đ", "ð": "d"
    case "ħ": "h"
    case "ŧ": "t"
    case "ı": "i"
    case "æ": "ae"
    case "œ": "oe"
    case "þ": "th"
    case "ß": "ss"
    default: nil
    }
  }
}
