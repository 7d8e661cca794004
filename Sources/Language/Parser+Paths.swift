import Diagnostics

extension Parser {
  /// Whether a path begins here: `^`, a relation with a `+` or `*` before its `(`, or parentheses that hold a path.
  func beginsPath() -> Bool {
    var ahead = lexer
    switch token.kind {
    case .caret: return true
    case .name, .quotedName, .variable:
      guard ahead.skipTrivia() == nil else { return false }
      let sign = ahead.byte(ahead.position)
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "*") else { return false }
      return Self.endsPath(&ahead, isRelation: token.kind != .variable)
    case .leftParenthesis: return holdsPath()
    default: return false
    }
  }

  /// Reads ahead in parentheses while only what a path consists of comes: their own `|` decides, or what follows them.
  ///
  /// A `(` behind a name or a sign opens arguments, so the parentheses are a group: `(^p(X, Y) ; q(X))`. Where a variable
  /// stands in them, it may be arithmetic: `(A + B) * (C + D) = E`.
  private func holdsPath() -> Bool {
    var ahead = lexer
    var depth = 1
    var before = Token.Kind.leftParenthesis
    var holdsCaret = false
    var holdsVariable = false
    for _ in 0..<4 * Self.deepestNesting {
      let kind = ahead.next().kind
      switch kind {
      case .bar where depth == 1: return true
      case .caret: holdsCaret = true
      case .leftParenthesis where [.leftParenthesis, .caret, .bar].contains(before): depth += 1
      case .rightParenthesis:
        depth -= 1
        if depth == 0 { return holdsCaret || Self.endsPath(&ahead, isRelation: !holdsVariable) }
      case .variable: holdsVariable = true
      case .name, .quotedName, .bar, .plus, .star: break
      default: return false
      }
      before = kind
    }
    return false
  }

  /// Whether what follows makes a path of what was read: `+`, `*` or nothing, and `(`.
  /// - Parameter isRelation: where `false`, what was read may also be a value, `A + (B - C)`, and then only a `,` within the
  ///   parentheses tells.
  private static func endsPath(_ ahead: inout Lexer, isRelation: Bool) -> Bool {
    var next = ahead.next().kind
    while next == .plus || next == .star { next = ahead.next().kind }
    guard next == .leftParenthesis else { return false }
    var depth = 1
    while !isRelation {
      let token = ahead.next()
      if token.kind == .comma && depth == 1 { return true }
      if token.opensBracket { depth += 1 } else if token.closesBracket { depth -= 1 }
      if depth == 0 || [.end, .invalid, .fullStop].contains(token.kind) { return false }
    }
    return true
  }

  /// What `@ {…}` says of each step of a path, which has to say something.
  private mutating func stepAnnotations() throws(Diagnostic) -> [Annotation] {
    let start = token.start
    let annotations = try annotations()
    guard annotations.isEmpty else { return annotations }
    throw Diagnostic(
      .pathAnnotations, "`@ {}` asks a relation for what is stated, and not a path", at: span(from: start),
      help: "define a relation by it, and repeat that: `stated(A, B) :- part_of(A, B) @ {}.`, `stated+(A, B)`")
  }

  /// `path(A, B)`.
  mutating func pathLiteral() throws(Diagnostic) -> Formula {
    let start = token.start
    let path = try step()
    let pathHeight = height
    guard token.kind == .leftParenthesis else {
      throw unexpected(.unexpectedInPath, "`(` and the two ends of the path")
    }
    let arguments = try arguments()
    try grow(above: Swift.max(pathHeight, height))
    if case .relation(let relation) = path {
      let columns = takeColumns()
      let annotations = token.kind == .at ? try annotations() : nil
      return .atom(
        Atom(
          relation: relation, arguments: arguments, columns: columns, annotations: annotations, span: span(from: start))
      )
    }
    try refuseColumns()
    guard arguments.count == 2 else {
      throw Diagnostic(
        .pathEnds, "a path has two ends, but \(arguments.count) \(arguments.count == 1 ? "is" : "are") written",
        at: span(from: start))
    }
    let annotations = token.kind == .at ? try stepAnnotations() : []
    return .path(path, from: arguments[0], to: arguments[1], annotations: annotations, span(from: start))
  }

  /// Steps separated by `|`.
  mutating func alternatives() throws(Diagnostic) -> PathExpression {
    var steps = [try step()]
    var highest = height
    while take(.bar) {
      steps.append(try step())
      highest = Swift.max(highest, height)
    }
    if steps.count == 1 { return steps[0] }
    try grow(above: highest)
    return .alternatives(steps)
  }

  /// A relation, `^`, parentheses, with `+` or `*` behind it.
  private mutating func step() throws(Diagnostic) -> PathExpression {
    if take(.caret) {
      try enter()
      let inner = try step()
      leave()
      try grow(above: height)
      return .inverse(inner)
    }
    var path: PathExpression
    switch token.kind {
    case .name, .quotedName, .variable:
      try checkRelationName()
      height = 0
      path = .relation(takeIdentifier())
    case .leftParenthesis:
      try enter()
      advance()
      path = try alternatives()
      try expect(.unexpectedInPath, .rightParenthesis, "`|` or `)` in the path")
      leave()
    default: throw unexpected(.unexpectedInPath, "a relation in the path")
    }
    while token.kind == .plus || token.kind == .star {
      path = token.kind == .plus ? .oneOrMore(path) : .zeroOrMore(path)
      advance()
      try grow(above: height)
    }
    return path
  }
}
