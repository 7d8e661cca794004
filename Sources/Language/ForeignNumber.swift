import Terms

/// A number as others write it, where the language writes it otherwise: `+5`, `.5`, `1,5`, `0x10`; and what is no number at all.
public enum ForeignNumber {
  /// What to write instead of a text where a number is expected, as a phrase; `nil` where it is not meant as one.
  public static func help(_ text: String) -> String? {
    if isLiteral(text) { return "without quotes it is a number: \(text)" }
    if nothing.contains(text.lowercased()) {
      return "what is not known is not stated: leave the fact out, or the field empty"
    }
    if infinite.contains(text.lowercased().drop { "+-".contains($0) }) {
      return "there is no such number: numbers are finite"
    }
    if text.hasPrefix("+"), isLiteral(String(text.dropFirst())) {
      return "a number has no `+` before it: \(text.dropFirst())"
    }
    if let whole = completed(text) { return "a number has digits on both sides of its point: \(whole)" }
    if let number = radix(text) { return "a number is written with decimal digits: \(number)" }
    return spaced(text) ?? withComma(text)
  }

  /// Whether the language reads a text as a number: `42`, `-1_000`, `3.14`, `1e9`.
  public static func isLiteral(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    guard dropDigits(&rest, gaps: true) else { return false }
    var isWhole = true
    if rest.first == UInt8(ascii: ".") {
      (isWhole, _) = (false, rest.removeFirst())
      guard dropDigits(&rest, gaps: true) else { return false }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      (isWhole, _) = (false, rest.removeFirst())
      if let sign = rest.first, "+-".utf8.contains(sign) { rest.removeFirst() }
      guard dropDigits(&rest, gaps: false) else { return false }
    }
    guard rest.isEmpty else { return false }
    let digits = text.filter { $0 != "_" }
    return isWhole ? Int64(digits) != nil : Double(digits)?.isFinite == true
  }

  /// Takes one digit or more from the beginning, with a `_` between two of them perhaps; whether there were any.
  private static func dropDigits(_ rest: inout Substring.UTF8View, gaps: Bool) -> Bool {
    var last = UInt8(ascii: "_")
    while let byte = rest.first, Characters.isDigit(byte) || gaps && byte == UInt8(ascii: "_") {
      if byte == UInt8(ascii: "_") && last == byte { return false }
      last = byte
      rest.removeFirst()
    }
    return last != UInt8(ascii: "_")
  }

  private static let nothing: Set<String> = ["nan", "null", "none", "nil", "na", "n/a", "#n/a", "-", "?"]
  private static let infinite: Set<Substring> = ["inf", "infinity"]

  /// `.5` and `5.` with the digit that is missing.
  private static func completed(_ text: String) -> String? {
    let isNegative = text.hasPrefix("-")
    let digits = text.dropFirst(isNegative ? 1 : 0)
    var whole = digits.hasPrefix(".") ? "0" + digits : String(digits)
    if whole.hasSuffix(".") { whole += "0" }
    guard whole != digits, digits != ".", isLiteral(whole) else { return nil }
    return (isNegative ? "-" : "") + whole
  }

  private static func radix(_ text: String) -> Int64? {
    let lower = text.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
      let digits = lower.dropFirst(2)
      return digits.first.flatMap { "+-".contains($0) ? nil : Int64(digits, radix: radix) }
    }
    return nil
  }

  /// A number with spaces around it or between its digits.
  private static func spaced(_ text: String) -> String? {
    let closed = String(text.filter { !$0.isWhitespace })
    return closed != text && isLiteral(closed) ? "a number has no spaces in it or around it: \(closed)" : nil
  }

  /// `1,5` and `1,234`.
  private static func withComma(_ text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let (joined, pointed) = (parts.joined(), parts.joined(separator: "."))
    if parts.count == 2, parts[1].count != 3, isLiteral(pointed) { return "a fraction follows a point: \(pointed)" }
    guard parts.count > 1, parts.dropFirst().allSatisfy({ $0.count == 3 }), isLiteral(joined) else { return nil }
    return "write \(joined) if the comma parts thousands"
      + (parts.count == 2 ? ", \(pointed) if a fraction follows it" : "")
  }
}
