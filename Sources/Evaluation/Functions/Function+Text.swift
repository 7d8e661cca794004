import Terms

/// Text is a string or the text of a name. Parts are found where their scalars stand, with regard to case and
/// diacritics; lengths and places are counted in characters as readers see them.
extension Function {
  func textual(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    switch self {
    case .concatenate:
      let (left, right) = (arguments[0].plainText, arguments[1].plainText)
      guard left.utf8.count <= Self.longestText - right.utf8.count else { throw tooLong }
      return Self.string(left + right)
    case .toString: return .string(arguments[0].plainText)
    case .toNumber: return try number(arguments[0])
    case .id: return try id(try text(arguments, 0), of: arguments[1])
    default: break
    }
    var text = try text(arguments, 0)
    if self == .length { return .integer(Int64(text.withUTF8 { Text.characterCount(utf8: $0) })) }
    if self == .matches { return .boolean(try RegularExpression.cached(self.text(arguments, 1)).matches(text)) }
    if let make = try textMaker(arguments) {
      var made: [UInt8] = []
      guard text.withUTF8({ make($0, &made) }) else { throw tooLong }
      return .string(String(decoding: Text.nfc(made), as: UTF8.self))
    }
    let part = try self.text(arguments, 1)
    return .boolean(textTest(part).map { text.withUTF8($0) } ?? false)
  }

  /// The name of what has a value as its id, such as `letter_17`: without case and diacritics, with `_` for white space.
  private func id(_ prefix: String, of value: Value) throws(FunctionFailure) -> Value {
    let parts = Text.fold(value.plainText).split { $0.isWhitespace }
    if parts.isEmpty { throw .absence("what is empty has no id", help: "leave rows without it out of the body") }
    let name = ([Text.fold(prefix)] + parts.map { String($0) }).joined(separator: "_")
    guard name.utf8.count <= Self.longestText else { throw tooLong }
    return .name(String(decoding: Text.nfc(Array(name.utf8)), as: UTF8.self))
  }

  /// Appends the text that a function makes of another to bytes, which need not be in normal form; false where it is too
  /// long. Texts are given by their bytes, valid UTF-8.
  typealias TextMaker = (_ text: UnsafeBufferPointer<UInt8>, _ made: inout [UInt8]) -> Bool

  /// What makes a text of its first argument; `nil` where the function gives something else.
  ///
  /// The others are looked at once, the first only for the message of what is thrown.
  func textMaker(_ arguments: [Value]) throws(FunctionFailure) -> TextMaker? {
    switch self {
    case .lower: return Self.maker(by: .lower)
    case .upper: return Self.maker(by: .upper)
    case .fold: return Self.maker(by: .folded)
    case .substring: return try substring(arguments)
    case .split: return try part(arguments)
    case .replace:
      let (search, replacement) = (TextSearch(try text(arguments, 1)), Array(try text(arguments, 2).utf8))
      return { search.replace(in: $0, by: replacement, limit: Self.longestText, appendingTo: &$1) }
    default: return nil
    }
  }

  private static func maker(by mapping: ScalarMapping) -> TextMaker {
    {
      mapping.append($0, to: &$1)
      return true
    }
  }

  /// Whether bytes of UTF-8 contain a text, or begin or end with it; `nil` where the function asks something else.
  func textTest(_ part: String) -> ((UnsafeBufferPointer<UInt8>) -> Bool)? {
    let bytes = Array(part.utf8)
    switch self {
    case .contains:
      let search = TextSearch(part)
      return { search.firstOffset(in: $0) != nil }
    case .startsWith: return { $0.starts(with: bytes) }
    case .endsWith: return { $0.suffix(bytes.count).elementsEqual(bytes) }
    default: return nil
    }
  }

  /// The characters from a place on, counted from 1, as many as there are up to the length.
  private func substring(_ arguments: [Value]) throws(FunctionFailure) -> TextMaker {
    let start = try integer(arguments, 1)
    guard start >= 1 else {
      throw FunctionFailure(.badPosition, "\(written(arguments)): characters are counted from 1, not from \(start)")
    }
    let length = arguments.count > 2 ? try integer(arguments, 2) : .max
    guard length >= 0 else { throw FunctionFailure(.badPosition, "\(written(arguments)): a length is not less than 0") }
    let (skipped, most) = (Int(clamping: start - 1), Int(clamping: length))
    return { text, made in
      if Text.hasCharacterOfEachByte(text) {
        made.append(contentsOf: text.dropFirst(skipped).prefix(most))
      } else {
        made.append(contentsOf: String(decoding: text, as: UTF8.self).dropFirst(skipped).prefix(most).utf8)
      }
      return true
    }
  }

  /// The n-th of the parts between separators, counted from 1, or from the end as -1, -2 and so on; an empty string
  /// where there are fewer parts.
  private func part(_ arguments: [Value]) throws(FunctionFailure) -> TextMaker {
    let separator = TextSearch(try text(arguments, 1))
    let number = try integer(arguments, 2)
    guard number != 0 else {
      throw FunctionFailure(.badPosition, "\(written(arguments)): parts are counted from 1, not from 0")
    }
    return { text, made in
      if let part = separator.part(Int(number), of: text) {
        made.append(contentsOf: UnsafeBufferPointer(rebasing: text[part]))
      }
      return true
    }
  }

  /// A rule that makes ever longer texts ends with an error before it takes all memory.
  static let longestText = 1 << 24

  private var tooLong: FunctionFailure {
    FunctionFailure(.resultTooLong, "the result of \(symbol) is a text of more than 16 MiB")
  }

  /// A computed string in normal form C, like all text: `"e" ++ "\u{301}"` is `"é"`.
  private static func string(_ text: String) -> Value {
    .string(Text.nfc(text))
  }
}

extension Function {
  /// The number that a text writes, as the language writes numbers; a number is itself.
  private func number(_ value: Value) throws(FunctionFailure) -> Value {
    switch value {
    case .integer, .decimal: return value
    case .string(let text), .name(let text):
      guard let digits = Self.digits(text) else {
        throw FunctionFailure(.unreadableText, "\(value.shortened) is no number")
      }
      if let integer = Int64(digits) { return .integer(integer) }
      let negative = digits.hasPrefix("-")
      guard digits.utf8.contains(where: { ".eE".utf8.contains($0) }) else {
        throw noInteger(value.shortened, negative: negative)
      }
      guard let decimal = Double(digits) else {
        throw FunctionFailure(.unreadableText, "\(value.shortened) is no number")
      }
      guard let number = Value.number(decimal) else { throw noDecimal(value.shortened, negative: negative) }
      return number
    case .boolean, .date: throw FunctionFailure(.wrongArgument, "to_number takes text, not \(value.inMessage)")
    }
  }

  /// The text without the `_` between its digits, or `nil` where it is not written as a number is.
  private static func digits(_ text: String) -> String? {
    var digits: [UInt8] = []
    var place = NumberPlace.start
    for byte in text.utf8 {
      guard let next = place.after(byte) else { return nil }
      place = next
      if byte != UInt8(ascii: "_") { digits.append(byte) }
    }
    return place.mayEnd ? String(decoding: digits, as: UTF8.self) : nil
  }
}

/// How far a number has been read: a sign, digits, a point and digits, an exponent.
private enum NumberPlace {
  case start, sign, whole, wholeGap, point, fraction, fractionGap, exponent, exponentSign, exponentDigits

  var mayEnd: Bool { self == .whole || self == .fraction || self == .exponentDigits }

  func after(_ byte: UInt8) -> NumberPlace? {
    switch (self, byte) {
    case (.start, UInt8(ascii: "-")), (.start, UInt8(ascii: "+")): .sign
    case (.exponent, UInt8(ascii: "-")), (.exponent, UInt8(ascii: "+")): .exponentSign
    case (.whole, UInt8(ascii: "_")): .wholeGap
    case (.fraction, UInt8(ascii: "_")): .fractionGap
    case (.whole, UInt8(ascii: ".")): .point
    case (.whole, UInt8(ascii: "e")), (.whole, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")),
      (.fraction, UInt8(ascii: "E")):
      .exponent
    case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): afterDigit
    default: nil
    }
  }

  private var afterDigit: NumberPlace {
    switch self {
    case .start, .sign, .whole, .wholeGap: .whole
    case .point, .fraction, .fractionGap: .fraction
    case .exponent, .exponentSign, .exponentDigits: .exponentDigits
    }
  }
}
