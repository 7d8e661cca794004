extension Lexer {
  /// A token that begins with a sign: a bracket, an operator, a mark of punctuation.
  mutating func sign(_ start: Int) -> Token {
    if let length = lengthOfForeignSign(start) { return token(.foreign, start, start + length) }
    let second = byte(start + 1)
    switch bytes[start] {
    case UInt8(ascii: "("): return token(.leftParenthesis, start, start + 1)
    case UInt8(ascii: ")"): return token(.rightParenthesis, start, start + 1)
    case UInt8(ascii: "{"): return token(.leftBrace, start, start + 1)
    case UInt8(ascii: "}"): return token(.rightBrace, start, start + 1)
    case UInt8(ascii: "["): return token(.leftBracket, start, start + 1)
    case UInt8(ascii: "]"): return token(.rightBracket, start, start + 1)
    case UInt8(ascii: ","): return token(.comma, start, start + 1)
    case UInt8(ascii: ";"): return token(.semicolon, start, start + 1)
    case UInt8(ascii: "."):
      if let end = endOfOpenInterval(start) { return date(start, end) }
      return token(.fullStop, start, start + 1)
    case UInt8(ascii: "|"): return token(.bar, start, start + 1)
    case UInt8(ascii: "@"): return token(.at, start, start + 1)
    case UInt8(ascii: "~"): return token(.tilde, start, start + 1)
    case UInt8(ascii: "^"): return token(.caret, start, start + 1)
    case UInt8(ascii: "*"): return token(.star, start, start + 1)
    case UInt8(ascii: "/"): return token(.slash, start, start + 1)
    case UInt8(ascii: "="): return token(.equal, start, start + 1)
    case UInt8(ascii: "!"): return token(.notEqual, start, start + 2)
    case UInt8(ascii: ":"): return either(.colon, .implies, if: second == UInt8(ascii: "-"), start)
    case UInt8(ascii: "+"): return either(.plus, .concatenate, if: second == UInt8(ascii: "+"), start)
    case UInt8(ascii: "-"): return either(.minus, .arrow, if: second == UInt8(ascii: ">"), start)
    case UInt8(ascii: "<"): return either(.less, .lessOrEqual, if: second == UInt8(ascii: "="), start)
    case UInt8(ascii: ">"): return either(.greater, .greaterOrEqual, if: second == UInt8(ascii: "="), start)
    default:
      return invalid(
        start, start + 1,
        Hints.strangeCharacter(Unicode.Scalar(bytes[start]), at: span(start, start + 1)))
    }
  }

  private mutating func either(_ short: Token.Kind, _ long: Token.Kind, if isLong: Bool, _ start: Int) -> Token {
    token(isLong ? long : short, start, start + (isLong ? 2 : 1))
  }

  /// The length of a sign that other languages have and this one lacks.
  private func lengthOfForeignSign(_ start: Int) -> Int? {
    let second = byte(start + 1)
    let third = byte(start + 2)
    switch bytes[start] {
    case UInt8(ascii: "="):
      switch second {
      case UInt8(ascii: ":"), UInt8(ascii: "\\"): return third == UInt8(ascii: "=") ? 3 : nil
      case UInt8(ascii: "="): return third == UInt8(ascii: "=") ? 3 : 2
      case UInt8(ascii: "<"), UInt8(ascii: ">"): return 2
      default: return nil
      }
    case UInt8(ascii: ":"): return second == UInt8(ascii: "=") ? 2 : nil
    case UInt8(ascii: "<"): return second == UInt8(ascii: ">") ? 2 : nil
    case UInt8(ascii: "!"): return second != UInt8(ascii: "=") ? 1 : third == UInt8(ascii: "=") ? 3 : nil
    case UInt8(ascii: "\\"):
      return second == UInt8(ascii: "=") ? (third == UInt8(ascii: "=") ? 3 : 2) : second == UInt8(ascii: "+") ? 2 : 1
    case UInt8(ascii: "&"): return second == UInt8(ascii: "&") ? 2 : 1
    case UInt8(ascii: "|"): return second == UInt8(ascii: "|") ? 2 : nil
    case UInt8(ascii: "/"): return second == UInt8(ascii: "/") ? 2 : nil
    case UInt8(ascii: "#"): return 1
    default: return nil
    }
  }
}
