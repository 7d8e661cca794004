import Diagnostics
import Terms

extension Lexer {
  /// An integer, a decimal or a date.
  mutating func number(_ start: Int) -> Token {
    if let end = endOfDate(start) { return date(start, end) }
    if let foreign = foreignDate(start) { return foreign }
    var end = start
    while Characters.isDigit(byte(end)) || (byte(end) == 0x5F && Characters.isDigit(byte(end + 1))) { end += 1 }
    var kind = Token.Kind.integer
    if byte(end) == UInt8(ascii: "."), Characters.isDigit(byte(end + 1)) {
      kind = .decimal
      end += 1
      while Characters.isDigit(byte(end)) || (byte(end) == 0x5F && Characters.isDigit(byte(end + 1))) { end += 1 }
    }
    if byte(end) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(end + 1) == UInt8(ascii: "+") || byte(end + 1) == UInt8(ascii: "-") ? 1 : 0
      if Characters.isDigit(byte(end + 1 + sign)) {
        kind = .decimal
        end += 2 + sign
        while Characters.isDigit(byte(end)) { end += 1 }
      }
    }
    let wordEnd = endOfWord(end)
    if wordEnd > end { return neitherNumberNorName(start, wordEnd) }
    return token(kind, start, end)
  }

  /// A date in another form, `2013/02/14`, `2013-2-14` or `14.02.2013`, which would be read as arithmetic.
  private mutating func foreignDate(_ start: Int) -> Token? {
    var end = start
    while end < start + 11, Characters.isDigit(byte(end)) || "-/.".utf8.contains(byte(end)) { end += 1 }
    while end > start, byte(end - 1) == UInt8(ascii: ".") { end -= 1 }
    guard (8...10).contains(end - start), !Characters.isWord(byte(end)) else { return nil }
    let written = text(start, end)
    guard Self.isDayOfNumbers(written), let help = WrittenDate.help(written) else { return nil }
    let sign = written.contains("/") ? "; a division" : written.contains("-") ? "; a subtraction" : nil
    return invalid(
      start, end,
      Diagnostic(
        .foreignDate, "`\(written)` is not a date as it is written here", at: span(start, end),
        help: help + (sign.map { "\($0) has spaces around its sign" } ?? "")))
  }

  /// Whether three numbers with one sign between them can be a day: no other arithmetic is taken for a date.
  private static func isDayOfNumbers(_ text: String) -> Bool {
    guard let sign = text.first(where: { "./-".contains($0) }) else { return false }
    let parts = text.split(separator: sign, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 3, numbers.count == 3 else { return false }
    if parts[0].count == 4 {
      return parts[1].count <= 2 && parts[2].count <= 2 && 1...12 ~= numbers[1] && 1...31 ~= numbers[2]
    }
    guard parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2, 1...31 ~= numbers[0], 1...31 ~= numbers[1]
    else { return false }
    return sign == "." ? numbers[1] <= 12 : min(numbers[0], numbers[1]) <= 12
  }

  private mutating func neitherNumberNorName(_ start: Int, _ end: Int) -> Token {
    let word = shortened(start, end)
    return invalid(
      start, end,
      Diagnostic(
        .noWord, "`\(word)` is neither a number nor a name", at: span(start, end),
        help: byte(end - 1) == 0x5F
          ? "a `_` in a number stands between two digits" : "write `'\(word)'` for a name, `\"\(word)\"` for a text"))
  }

  /// The integer of a token, or `nil` where it does not fit 64 bits.
  func integer(_ token: Token, isNegative: Bool) -> Int64? {
    var magnitude: UInt64 = 0
    for byte in bytes[token.start..<token.end] where byte != 0x5F {
      let (product, overflows) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte &- 0x30))
      if overflows || overflowsToo { return nil }
      magnitude = sum
    }
    if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  /// The decimal of a token, or `nil` where it is too great to be finite.
  func decimal(_ token: Token, isNegative: Bool) -> Value? {
    let digits = bytes[token.start..<token.end].filter { $0 != 0x5F }
    guard let magnitude = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
    return Value.number(isNegative ? -magnitude : magnitude)
  }

  /// A stretch of the text as messages quote it, cut where it is long.
  func shortened(_ start: Int, _ end: Int) -> String {
    guard end - start > 60 else { return text(start, end) }
    var cut = start + 40
    while cut > start, byte(cut) & 0xC0 == 0x80 { cut -= 1 }
    return text(start, cut) + "…"
  }
}
