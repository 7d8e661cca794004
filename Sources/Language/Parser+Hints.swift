import Diagnostics

/// What to write instead of the word at hand, told from it and from the words around it.
extension Parser {
  var hint: String? { hintForSign ?? hintForNumbers ?? hintForWord ?? hintForRemainder }

  private var hintForSign: String? {
    switch token.kind {
    case .foreign: return hintForForeignSign
    case .leftBracket, .rightBracket: return Hints.forSign(lexer.text(token.start, token.end))
    case .minus where following().kind == .minus: return "a comment starts with `%`"
    case .minus where nothingTaken: return "a fact is taken back at the prompt only: in a file leave it out"
    case .plus where nothingTaken: return "in a file a fact is written without `+`"
    case .implies where nothingTaken:
      return Hints.forDirective(followingWord)
        ?? "a query is written `?- p(X).`, and a rule has a head: `p(X) :- q(X).`"
    case .colon where nothingTaken: return "commands such as `:help` are for the shell"
    case .colon where [.name, .variable].contains(previous.kind):
      return isAggregate(previous) ? Hints.aggregate : hintForPrefix
    case .tilde: return Hints.negation + ", and a search by names `X ~ \"words\"`"
    case .bar: return "`;` means or, and what is done to a query's answers stands behind `|`: `p(X) | limit 10`"
    case .arrow: return "a choice is a rule for each case, and a path's length is `distance{ r : A -> B }`"
    case .star where previous.kind == .star: return Hints.noPower
    case .caret: return Hints.noPower
    case .leftBrace: return Hints.braces
    case .less where isLink: return "a thing has a name, such as `klaipeda`, or `'http://…'` in quotes"
    case .less where lexer.byte(token.end) == UInt8(ascii: "-"): return "a rule is written `head :- body`"
    default: return nil
    }
  }

  private var hintForPrefix: String? {
    let name = following()
    guard name.kind == .name || name.kind == .variable else { return nil }
    let local = lexer.shortened(name.start, name.end)
    return "a name has no prefix: write `\(local.lowercased())`, or `'\(lexer.shortened(previous.start, name.end))'`"
  }

  private var hintForForeignSign: String? {
    let sign = lexer.text(token.start, token.end)
    if sign == "!", [.comma, .fullStop].contains(following().kind) {
      return "there is no cut: every rule gives all that follows from it"
    }
    if sign == "#", lexer.endOfWord(token.end) > token.end, let help = Hints.forDirective(followingWord) { return help }
    return Hints.forSign(sign)
  }

  private var hintForNumbers: String? {
    let afterNumber = previous.kind == .integer || previous.kind == .decimal
    switch token.kind {
    case .fullStop where Characters.isDigit(lexer.byte(token.end)):
      return "a decimal has a digit before its point: `0.5`"
    case .integer where afterNumber: return Hints.groupedDigits
    case .quotedName where previous.kind == .quotedName && previous.end == token.start:
      return "a quote within a name is written `\\'`"
    case .string where previous.kind == .string && previous.end == token.start:
      return "a quote within a string is written `\\\"`"
    default: return nil
    }
  }

  private var hintForWord: String? {
    switch token.kind {
    case .name, .variable:
      if let help = Hints.forWord(lexer.text(token.start, token.end)) { return help }
    default: break
    }
    switch previous.kind {
    case .name where isAggregate(previous): return Hints.aggregate
    case .variable, .name: return Hints.forWord(lexer.text(previous.start, previous.end))
    default: return nil
    }
  }

  /// `X % 2`, of which the rest of the line was taken for a comment.
  var hintForRemainder: String? {
    guard [.variable, .integer, .decimal].contains(previous.kind) else { return nil }
    var index = previous.end
    while lexer.byte(index) == 0x20 { index += 1 }
    return lexer.byte(index) == UInt8(ascii: "%") && index < token.start
      ? "`%` begins a comment: a remainder is written `X mod 2`" : nil
  }

  /// What a fact or a rule's head cannot be followed by.
  var hintAfterHead: String? {
    switch token.kind {
    case .comma: return "each fact is a statement of its own: `p(a). q(b).`"
    case .semicolon: return "a statement ends with a full stop"
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return token.kind == .less && lexer.byte(token.end) == UInt8(ascii: "-")
        ? "a rule is written `head :- body`"
        : "a statement begins with a relation, of which values are arguments: `n(a, 2).`"
    case .leftBrace: return "annotations begin with `@`: `p(a) @ {source: report}.`"
    case .colon, .arrow: return "a rule is written `head :- body`"
    case .rightParenthesis: return "it closes no bracket: leave it out"
    case .name, .variable:
      return Hints.forWord(lexer.text(token.start, token.end)) ?? "each statement ends with a full stop"
    default: return nil
    }
  }

  /// What a literal cannot begin with.
  var hintInsteadOfLiteral: String? {
    switch (token.kind, previous.kind) {
    case (.fullStop, .comma), (.fullStop, .semicolon):
      "leave the last `\(lexer.text(previous.start, previous.end))` out"
    case (.fullStop, .implies), (.end, .implies): "a fact is written without `:-`"
    case (.fullStop, .queryMark), (.end, .queryMark): "write what to ask: `?- partner(Org, Project).`"
    case (.less, _), (.equal, _), (.greater, _), (.notEqual, _), (.lessOrEqual, _), (.greaterOrEqual, _):
      "a comparison has a value on each side: `X > 3`"
    default: nil
    }
  }

  /// What stands where an argument is missing or has no end, in the arguments of a name.
  func hintInArguments(of name: Identifier?) -> String? {
    if let name, Aggregate.Kind(rawValue: name.name.lowercased()) != nil { return Hints.aggregate }
    switch token.kind {
    case .comma, .rightParenthesis:
      return "between two commas, or a comma and a bracket, stands a value, or `_` for any"
    default: return nil
    }
  }

  private func isAggregate(_ token: Token) -> Bool {
    Aggregate.Kind(rawValue: lexer.text(token.start, token.end).lowercased()) != nil
  }

  private var isLink: Bool { lexer.text(token.end, Swift.min(token.end + 4, lexer.bytes.count)) == "http" }

  private var followingWord: String {
    let next = following()
    return next.kind == .name ? lexer.text(next.start, next.end) : ""
  }

  /// A word that begins a statement in another language, with what to write here.
  func foreignStatement(_ word: Token) -> Diagnostic? {
    guard word.kind == .name || word.kind == .variable, lexer.byte(word.end) != UInt8(ascii: "("),
      let help = Hints.foreignStatement(lexer.text(word.start, word.end))
    else { return nil }
    return Diagnostic(
      .foreignStatement, "no statement begins with `\(lexer.shortened(word.start, word.end))`",
      at: lexer.span(word.start, word.end),
      help: help)
  }
}
