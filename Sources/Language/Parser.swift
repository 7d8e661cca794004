import Diagnostics
import Terms

/// Reads the statements of a source one after the other and gathers what is wrong with it.
///
/// After a mistake the parser goes on behind the full stop that ends the statement, so that every mistake is reported
/// once. Time and memory are linear in the text, and the depth of what it builds is bounded.
public struct Parser {
  public enum Mode: Sendable {
    /// Every statement is written in full.
    case file
    /// `?-` and the last full stop may be left out, `p(X)` asks, `+p(a)` adds, `-p(a)` takes back.
    case prompt
  }

  /// How many brackets, negations and the like may stand within one another.
  static let deepestNesting = 100
  /// How many operators may follow one another in one expression.
  static let longestChain = 1_000
  /// How many mistakes of a source are reported.
  public static let mostDiagnostics = 100

  public let file: SourceFile
  public let mode: Mode
  /// The stretch of the source that the last statement takes up, with its full stop.
  private(set) var statementRange = 0..<0
  /// What was found wrong up to now, in order.
  public private(set) var diagnostics: [Diagnostic] = []

  var lexer: Lexer
  var token: Token
  var previous: Token
  private var openBrackets = 0
  /// How deep the construct nests that is being read.
  private var nesting = 0
  /// The height of the tree that was built last.
  var height = 0
  var facts = FactReader()
  /// The columns for which the last arguments stand of the call that was read last.
  var columns: [Identifier] = []
  /// What stands for parameters, by their names; those of others are looked up later.
  var given: [String: Value] = [:]
  /// The names of ``given`` that were read.
  private(set) var used: Set<String> = []
  /// At the prompt, the sign of the fact before: `+` or `-`.
  var sign: Token.Kind?

  /// - Parameter pace: where it is told to end, the source ends there.
  public init(_ file: SourceFile, mode: Mode = .file, pace: Pace? = nil) {
    self.file = file
    self.mode = mode
    lexer = Lexer(file, textSpansLines: mode == .prompt, pace: pace)
    token = Token(.end, 0, 0)
    previous = token
  }

  /// The next statement that could be read, or `nil` at the end.
  public mutating func next() -> Statement? {
    while diagnostics.count < Self.mostDiagnostics {
      begin()
      if token.kind == .end { return nil }
      let start = token.start
      do {
        let statement = try statement()
        statementRange = start..<Swift.max(start, token.kind == .fullStop ? token.end : previous.end)
        return statement
      } catch {
        report(error)
        recover(from: start)
      }
    }
    return nil
  }

  /// Loads the first word of a statement.
  mutating func begin() {
    openBrackets = 0
    nesting = 0
    height = 0
    columns = []
    token = lexer.next()
    previous = Token(.end, token.start, token.start)
  }

  /// The parameter that was just read: its value, if that is given.
  mutating func parameter(_ identifier: Identifier) -> Expression {
    guard let value = given[identifier.name] else { return .parameter(identifier) }
    used.insert(identifier.name)
    return .constant(value, identifier.span)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostics.count == Self.mostDiagnostics {
      diagnostics[diagnostics.count - 1].notes.append(
        Diagnostic.Note("reading stops here: these are \(Self.mostDiagnostics) mistakes"))
    }
  }

  mutating func advance() {
    if token.opensBracket { openBrackets += 1 } else if token.closesBracket { openBrackets -= 1 }
    previous = token
    token = lexer.next()
  }

  /// Passes what is left of a statement: up to its full stop, or up to a line that begins the next one.
  private mutating func recover(from start: Int) {
    while token.kind != .end {
      if token.kind == .fullStop, endsStatement(token) { return }
      if token.start > start, beginsLine(token.start), !previous.asksOn, beginsStatement() {
        lexer.position = token.start
        return
      }
      if token.kind == .invalid, endsStatement(unclosed: token) { return }
      advance()
    }
  }

  /// Whether a full stop ends the statement that is passed over; one within brackets, or before a word as in `b.name`,
  /// does not.
  private func endsStatement(_ fullStop: Token) -> Bool {
    if isLastOnLine(fullStop.end) { return true }
    let word = lexer.endOfWord(fullStop.end)
    return openBrackets <= 0 && (word == fullStop.end || lexer.byte(word) == UInt8(ascii: "("))
  }

  private func beginsLine(_ offset: Int) -> Bool { offset == 0 || lexer.bytes[offset - 1] == 0x0A }

  /// Whether only white space or a comment follows on the line.
  private func isLastOnLine(_ offset: Int) -> Bool {
    var index = offset
    while index < lexer.bytes.count, lexer.bytes[index] != 0x0A {
      if lexer.bytes[index] == UInt8(ascii: "%") { return true }
      if !Characters.isSpace(lexer.bytes[index]) { return false }
      index += 1
    }
    return true
  }

  /// Whether a string that ends with its line for want of a quote has taken the statement's full stop with it.
  private func endsStatement(unclosed: Token) -> Bool {
    guard lexer.byte(unclosed.end) == 0x0A || unclosed.end == lexer.bytes.count else { return false }
    var end = unclosed.end
    while end > unclosed.start, Characters.isSpace(lexer.bytes[end - 1]) { end -= 1 }
    return end > unclosed.start && lexer.bytes[end - 1] == UInt8(ascii: ".")
  }

  /// Whether the word at hand looks like the first one of a statement.
  private func beginsStatement() -> Bool {
    switch token.kind {
    case .queryMark, .why: return true
    case .at: return lexer.byte(token.end) == UInt8(ascii: "{") || lexer.byte(token.end + 1) == UInt8(ascii: "{")
    case .name, .quotedName, .variable: return isFollowedByParenthesis || keyword() != nil
    default: return false
    }
  }

  /// Ends a statement with its full stop.
  /// - Parameter help: what to write instead of another word, where that is known.
  mutating func endOfStatement(_ code: Code, _ expected: String, help: String? = nil) throws(Diagnostic) {
    if token.kind == .fullStop { return }
    if token.kind == .end, mode == .prompt { return }
    let isMissing = token.kind == .end || (lineBreakBeforeToken && beginsStatement())
    guard isMissing else { throw unexpected(code, expected, help: help) }
    var diagnostic = Diagnostic(
      .missingFullStop, "expected `.` at the end of the statement", at: lexer.span(previous.end, previous.end),
      help: hintForRemainder ?? "each statement ends with a full stop")
    if token.kind != .end {
      diagnostic.notes.append(Diagnostic.Note("the next statement begins here", at: span))
      lexer.position = token.start
    }
    report(diagnostic)
  }

  private var lineBreakBeforeToken: Bool { lexer.bytes[previous.end..<token.start].contains(0x0A) }

  /// Counts one level of nesting; the caller takes it back by `leave()`.
  mutating func enter() throws(Diagnostic) {
    nesting += 1
    if nesting > Self.deepestNesting {
      throw Diagnostic(
        .tooNested, "this is nested more than \(Self.deepestNesting) levels deep", at: span,
        help: "give the inner parts a rule of their own")
    }
  }

  mutating func leave() { nesting -= 1 }

  /// Notes that the tree built last stands on others whose height is given.
  mutating func grow(above height: Int) throws(Diagnostic) {
    self.height = height + 1
    if self.height > Self.longestChain {
      throw Diagnostic(
        .tooNested, "the expression has more than \(Self.longestChain) operators", at: span,
        help: "split it into several literals")
    }
  }
}
