import Terms

/// A ground fact as ``Parser/nextFact(into:arguments:annotations:)`` gives it.
public struct FastFact: Sendable {
  /// The number of the relation's name in ``Parser/relationNames``.
  public let relation: Int
  /// Where the fact begins and ends in its source, in bytes, without the full stop.
  public let start: Int
  public let end: Int
}

/// `key: value` of a ground fact.
public struct FastAnnotation: Sendable {
  /// The number of the key in ``Parser/annotationKeys``.
  public let key: Int
  public let value: Term
}

extension Parser {
  /// The relations' names that facts given by ``nextFact(into:arguments:annotations:)`` had so far.
  public var relationNames: [String] { facts.relations.names }
  /// The annotations' keys that facts given by ``nextFact(into:arguments:annotations:)`` had so far.
  public var annotationKeys: [String] { facts.keys.names }

  /// Reads the next statement where it is a plain fact, straight from the bytes into terms.
  ///
  /// Plain are names, strings without escapes, integers, `true` and `false`. Of anything else the answer is `nil`, no
  /// term is made, and ``next()`` reads the statement. The arrays are emptied and filled; nothing is allocated for a fact
  /// whose relation and keys were met before.
  public mutating func nextFact(
    into terms: TermDictionary, arguments: inout [Term], annotations: inout [FastAnnotation]
  ) -> FastFact? {
    guard mode == .file, diagnostics.count < Self.mostDiagnostics else { return nil }
    let beginning = lexer.position
    guard lexer.skipTrivia() == nil, lexer.position < lexer.bytes.count else {
      lexer.position = beginning
      return nil
    }
    let start = lexer.position
    guard let end = facts.scan(lexer, from: start) else {
      lexer.position = beginning
      return nil
    }
    lexer.position = end + 1
    let bytes = lexer.bytes
    let relation = bytes.withUnsafeBufferPointer {
      facts.intern($0, into: terms, arguments: &arguments, annotations: &annotations)
    }
    return FastFact(relation: relation, start: start, end: end)
  }
}

/// Recognises plain facts and remembers the relations and keys that they name.
struct FactReader {
  enum Kind: UInt8 { case name, string, integer, yes, no, key }

  struct Piece {
    var kind: Kind
    var start: Int
    var end: Int
  }

  var relations = NameTable()
  var keys = NameTable()
  /// The relation's name and then what stands in the fact, of the fact scanned last.
  private var pieces: [Piece] = []

  /// The offset of the full stop of the plain fact that begins at an offset, or `nil` where none does.
  mutating func scan(_ lexer: Lexer, from start: Int) -> Int? {
    pieces.removeAll(keepingCapacity: true)
    var index = start
    guard scanWord(lexer, &index, mayBeUpper: true) else { return nil }
    Self.skipSpaces(lexer, &index)
    guard lexer.byte(index) == UInt8(ascii: "("), !isNot(lexer) else { return nil }
    index += 1
    while true {
      Self.skipSpaces(lexer, &index)
      guard scanConstant(lexer, &index) else { return nil }
      Self.skipSpaces(lexer, &index)
      index += 1
      if lexer.byte(index - 1) == UInt8(ascii: ",") { continue }
      guard lexer.byte(index - 1) == UInt8(ascii: ")") else { return nil }
      break
    }
    var end = index
    Self.skipSpaces(lexer, &index)
    if lexer.byte(index) == UInt8(ascii: "@") {
      guard scanAnnotations(lexer, &index) else { return nil }
      end = index
      Self.skipSpaces(lexer, &index)
    }
    return lexer.byte(index) == UInt8(ascii: ".") && index == end ? index : nil
  }

  /// `@ {key: constant, …}`.
  private mutating func scanAnnotations(_ lexer: Lexer, _ index: inout Int) -> Bool {
    index += 1
    Self.skipSpaces(lexer, &index)
    guard lexer.byte(index) == UInt8(ascii: "{") else { return false }
    while true {
      index += 1
      Self.skipSpaces(lexer, &index)
      guard scanWord(lexer, &index, mayBeUpper: false) else { return false }
      pieces[pieces.count - 1].kind = .key
      Self.skipSpaces(lexer, &index)
      guard lexer.byte(index) == UInt8(ascii: ":") else { return false }
      index += 1
      Self.skipSpaces(lexer, &index)
      guard scanConstant(lexer, &index) else { return false }
      Self.skipSpaces(lexer, &index)
      if lexer.byte(index) == UInt8(ascii: ",") { continue }
      guard lexer.byte(index) == UInt8(ascii: "}") else { return false }
      index += 1
      return true
    }
  }

  private mutating func scanConstant(_ lexer: Lexer, _ index: inout Int) -> Bool {
    let first = lexer.byte(index)
    if first == UInt8(ascii: "\"") { return scanQuoted(lexer, &index, .string) }
    if Characters.isDigit(first) || first == UInt8(ascii: "-") { return scanInteger(lexer, &index) }
    guard scanWord(lexer, &index, mayBeUpper: false) else { return false }
    let piece = pieces[pieces.count - 1]
    if first == UInt8(ascii: "t") || first == UInt8(ascii: "f") || first == UInt8(ascii: "n") {
      switch lexer.bytes[piece.start..<piece.end] {
      case let word where word.elementsEqual("true".utf8): pieces[pieces.count - 1].kind = .yes
      case let word where word.elementsEqual("false".utf8): pieces[pieces.count - 1].kind = .no
      case let word where word.elementsEqual("not".utf8): return false
      default: break
      }
    }
    return true
  }

  /// A name, plain or in quotes.
  private mutating func scanWord(_ lexer: Lexer, _ index: inout Int, mayBeUpper: Bool) -> Bool {
    let first = lexer.byte(index)
    if first == UInt8(ascii: "'") { return scanQuoted(lexer, &index, .name) }
    let start = index
    if first >= 0x80 {
      guard let (scalar, _) = Characters.scalar(in: lexer.bytes, at: index) else { return false }
      guard Text.isLetter(scalar), mayBeUpper || !Text.isUpper(scalar) else { return false }
    } else {
      guard Characters.isLower(first) || (mayBeUpper && Characters.isUpper(first)) else { return false }
    }
    index = lexer.endOfWord(index)
    guard index - start <= Lexer.longestText else { return false }
    pieces.append(Piece(kind: .name, start: start, end: index))
    return true
  }

  private mutating func scanQuoted(_ lexer: Lexer, _ index: inout Int, _ kind: Kind) -> Bool {
    let quote = lexer.bytes[index]
    let start = index + 1
    index = start
    while index < lexer.bytes.count {
      let byte = lexer.bytes[index]
      if byte == quote {
        guard kind == .string || index > start, index - start < Lexer.longestText else { return false }
        pieces.append(Piece(kind: kind, start: start, end: index))
        index += 1
        return true
      }
      if byte == 0x0A || byte == UInt8(ascii: "\\") { return false }
      index += 1
    }
    return false
  }

  /// At most 18 digits, so that no overflow has to be looked for.
  private mutating func scanInteger(_ lexer: Lexer, _ index: inout Int) -> Bool {
    let start = index
    if lexer.bytes[index] == UInt8(ascii: "-") { index += 1 }
    let digits = index
    while Characters.isDigit(lexer.byte(index)) { index += 1 }
    guard index > digits, index - digits <= 18 else { return false }
    pieces.append(Piece(kind: .integer, start: start, end: index))
    return true
  }

  private func isNot(_ lexer: Lexer) -> Bool {
    let piece = pieces[0]
    return piece.end - piece.start == 3 && lexer.bytes[piece.start - (piece.start > 0 ? 1 : 0)] != UInt8(ascii: "'")
      && lexer.bytes[piece.start..<piece.end].elementsEqual("not".utf8)
  }

  private static func skipSpaces(_ lexer: Lexer, _ index: inout Int) {
    while Characters.isSpace(lexer.byte(index)) { index += 1 }
  }

  /// Makes terms of the pieces of the fact scanned last and gives its relation's number.
  mutating func intern(
    _ bytes: UnsafeBufferPointer<UInt8>, into terms: TermDictionary, arguments: inout [Term],
    annotations: inout [FastAnnotation]
  ) -> Int {
    arguments.removeAll(keepingCapacity: true)
    annotations.removeAll(keepingCapacity: true)
    let relation = relations.number(of: Self.slice(bytes, pieces[0]))
    var key = -1
    for index in 1..<pieces.count {
      let piece = pieces[index]
      if piece.kind == .key {
        key = keys.number(of: Self.slice(bytes, piece))
        continue
      }
      let term = Self.term(piece, bytes, terms)
      if key < 0 { arguments.append(term) } else { annotations.append(FastAnnotation(key: key, value: term)) }
    }
    return relation
  }

  private static func term(_ piece: Piece, _ bytes: UnsafeBufferPointer<UInt8>, _ terms: TermDictionary) -> Term {
    switch piece.kind {
    case .name, .key: return terms.intern(utf8: slice(bytes, piece), asName: true)
    case .string: return terms.intern(utf8: slice(bytes, piece), asName: false)
    case .yes: return terms.intern(.boolean(true))
    case .no: return terms.intern(.boolean(false))
    case .integer:
      let isNegative = bytes[piece.start] == UInt8(ascii: "-")
      var value: Int64 = 0
      for index in piece.start + (isNegative ? 1 : 0)..<piece.end { value = value * 10 + Int64(bytes[index] &- 0x30) }
      return terms.intern(integer: isNegative ? -value : value)
    }
  }

  private static func slice(_ bytes: UnsafeBufferPointer<UInt8>, _ piece: Piece) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[piece.start..<piece.end])
  }
}
