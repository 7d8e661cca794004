/// A word of the language with its place; what it stands for is read from the bytes when it is needed.
struct Token {
  enum Kind: UInt8 {
    case name, quotedName, variable, parameter, string, integer, decimal, date
    case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket
    case comma, semicolon, fullStop, colon, bar, at, tilde, caret
    case implies, queryMark, why, arrow
    case plus, minus, star, slash, concatenate
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// A sign of another language, such as `==`, which messages explain.
    case foreign
    /// What is no word; the lexer's `problem` says why.
    case invalid
    case end
  }

  var kind: Kind
  var start: Int
  var end: Int

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = start
    self.end = end
  }

  var opensBracket: Bool {
    switch kind {
    case .leftParenthesis, .leftBrace, .leftBracket: true
    default: false
    }
  }

  var closesBracket: Bool {
    switch kind {
    case .rightParenthesis, .rightBrace, .rightBracket: true
    default: false
    }
  }

  /// Whether something must follow within the same statement.
  var asksOn: Bool {
    switch kind {
    case .comma, .semicolon, .colon, .bar, .at, .tilde, .caret, .implies, .queryMark, .why, .arrow, .plus, .minus,
      .star,
      .slash, .concatenate, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      true
    default: opensBracket
    }
  }
}
