import Diagnostics
import Terms

/// Dates stand bare where they cannot be read as anything else: with a month, with an unknown digit of the year or with a
/// mark, or as an interval of which one end is such a date or open.
extension Lexer {
  /// A date, or what is nearly one and is told to be none.
  mutating func date(_ start: Int, _ end: Int) -> Token {
    let wordEnd = endOfWord(end)
    if wordEnd > end {
      return invalid(
        start, wordEnd,
        Diagnostic(
          .noDate, "`\(shortened(start, wordEnd))` is not a date", at: span(start, wordEnd),
          help: "a date is written `2013-02-14`, `2013-02` or `2014-03-05/2014-03-07`, without a time of day"))
    }
    let written = text(start, end)
    if DateSpan(written) != nil { return token(.date, start, end) }
    let reason = DateSpan.whyInvalid(written).map { ": \($0)" } ?? ""
    return invalid(
      start, end,
      Diagnostic(
        .noDate, "`\(shortened(start, end))` is not a date\(reason)", at: span(start, end),
        help: written.contains("/")
          ? "an interval goes from its first day to its last"
          : written.allSatisfy { $0.isNumber || $0 == "-" } ? "a subtraction has spaces around its `-`" : nil))
  }

  /// Where a date or an interval ends that begins at an offset; `nil` where it may be read as a number.
  func endOfDate(_ start: Int) -> Int? {
    guard let first = endOfPart(start) else { return nil }
    guard byte(first.end) == UInt8(ascii: "/") else { return first.isDate ? first.end : nil }
    if isOpenEnd(first.end + 1) { return first.end + 3 }
    guard let second = endOfPart(first.end + 1, behindSlash: true), first.isDate || second.isDate else {
      return first.isDate ? first.end : nil
    }
    return second.end
  }

  /// Where an interval with an open beginning ends: `../1870`.
  func endOfOpenInterval(_ start: Int) -> Int? {
    guard isOpenEnd(start), byte(start + 2) == UInt8(ascii: "/") else { return nil }
    return endOfPart(start + 3, behindSlash: true)?.end
  }

  private func isOpenEnd(_ start: Int) -> Bool {
    byte(start) == UInt8(ascii: ".") && byte(start + 1) == UInt8(ascii: ".")
  }

  /// The end of a year, perhaps with a month, a day and a mark, and whether it is more than four digits.
  /// - Parameter behindSlash: whether it ends an interval, so that `-XX` behind the year is no variable that is taken away.
  private func endOfPart(_ start: Int, behindSlash: Bool = false) -> (end: Int, isDate: Bool)? {
    guard let year = endOfYear(start) else { return nil }
    var end = endOfMonthAndDay(year, takesUnknown: behindSlash) ?? year
    var isDate = end > year || !Characters.isDigit(byte(year - 1))
    if isMark(end) {
      // Several marks are refused together.
      repeat { end += 1 } while isMark(end)
      isDate = true
      // A mark within a date, `1870?-05`, belongs to it, to be refused.
      end = endOfMonthAndDay(end, takesUnknown: false) ?? end
    }
    return (end, isDate)
  }

  /// Four digits, of which the last ones may be `X`.
  private func endOfYear(_ start: Int) -> Int? {
    var end = start
    while end < start + 4, Characters.isDigit(byte(end)) { end += 1 }
    if end >= start + 1 { while end < start + 4, byte(end) | 0x20 == UInt8(ascii: "x") { end += 1 } }
    return end == start + 4 && endOfWord(end) == end ? end : nil
  }

  /// The end of `-02` or `-02-14` behind a year; a day with too few or too many digits belongs to it, to be refused.
  private func endOfMonthAndDay(_ year: Int, takesUnknown: Bool) -> Int? {
    guard byte(year) == UInt8(ascii: "-") else { return nil }
    if takesUnknown, let unknown = endOfUnknown(year) { return endOfUnknown(unknown) ?? unknown }
    guard Characters.isDigit(byte(year + 1)), Characters.isDigit(byte(year + 2)),
      !Characters.isDigit(byte(year + 3))
    else { return nil }
    var end = year + 3
    if let unknown = endOfUnknown(end) { return unknown }
    if byte(end) == UInt8(ascii: "-"), Characters.isDigit(byte(end + 1)) {
      end += 2
      while Characters.isDigit(byte(end)) { end += 1 }
    }
    return end
  }

  /// The end of `-XX`.
  private func endOfUnknown(_ start: Int) -> Int? {
    guard byte(start) == UInt8(ascii: "-"), byte(start + 1) == UInt8(ascii: "X"), byte(start + 2) == UInt8(ascii: "X"),
      endOfWord(start + 3) == start + 3
    else { return nil }
    return start + 3
  }

  /// Whether `?` or `~` at an offset is the mark of a date right before it: not the sign that compares names, nor the
  /// beginning of `?-` and `?why`.
  private func isMark(_ offset: Int) -> Bool {
    switch byte(offset) {
    case UInt8(ascii: "?"):
      if byte(offset + 1) == UInt8(ascii: "-") { return Characters.isDigit(byte(offset + 2)) }
      return endOfWord(offset + 1) == offset + 1
    case UInt8(ascii: "~"):
      if byte(offset + 1) == UInt8(ascii: "-") { return Characters.isDigit(byte(offset + 2)) }
      var next = offset + 1
      while Characters.isSpace(byte(next)) { next += 1 }
      return !"\"'$(-".utf8.contains(byte(next)) && endOfWord(next) == next
    default: return false
    }
  }
}
