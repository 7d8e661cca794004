extension Parser {
  /// Whether a path begins here: `^`, a name with a `+` or `*` before its `(`, or parentheses that hold a path.
  func beginsPath() -> Bool {
    switch token.kind {
    case .caret: return true
    case .name, .quotedName:
      var ahead = lexer
      guard ahead.skipTrivia() == nil else { return false }
      let sign = ahead.byte(ahead.position)
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "*") else { return false }
      while true {
        let next = ahead.next().kind
        if next == .leftParenthesis { return true }
        guard next == .plus || next == .star else { return false }
      }
    case .leftParenthesis: return holdsPath()
    default: return false
    }
  }

  /// Reads ahead in parentheses while only what a path consists of comes: their own `|` decides, or what follows them.
  ///
  /// A `(` behind a name or a sign opens arguments, so the parentheses are a group: `(^p(X, Y) ; q(X))`. Where a variable
  /// stands in them, it is arithmetic: `(A + B) * (C + D) = E`.
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
        if depth == 0 { return holdsCaret || (!holdsVariable && followsPath(&ahead)) }
      case .variable: holdsVariable = true
      case .name, .quotedName, .bar, .plus, .star: break
      default: return false
      }
      before = kind
    }
    return false
  }

  /// Whether `+`, `*` or nothing, and then `(`, follow closed parentheses.
  private func followsPath(_ ahead: inout Lexer) -> Bool {
    for _ in 0..<4 {
      let next = ahead.next().kind
      if next == .leftParenthesis { return true }
      guard next == .plus || next == .star else { return false }
    }
    return false
  }

  /// What `@ {…}` says of each step of a path, which has to say something.
  private mutating func stepAnnotations() throws(Diagnostic) -> [Annotation] {
    let start = token.start
    let annotations = try annotations()
    guard annotations.isEmpty else { return annotations }
    throw Diagnostic(
      "`@ {}` asks a relation for what is stated, and not a path", at: span(from: start),
      help: "define a relation by it, and repeat that: `stated(A, B) :- part_of(A, B) @ {}.`, `stated+(A, B)`")
  }

  /// `path(A, B)`.
  mutating func pathLiteral() throws(Diagnostic) -> Formula {
    let start = token.start
    let path = try step()
    let pathHeight = height
    guard token.kind == .leftParenthesis else { throw unexpected("`(` and the two ends of the path") }
    let arguments = try arguments()
    try grow(above: Swift.max(pathHeight, height))
    if case .relation(let relation) = path {
      let annotations = token.kind == .at ? try annotations() : nil
      return .atom(Atom(relation: relation, arguments: arguments, annotations: annotations, span: span(from: start)))
    }
    guard arguments.count == 2 else {
      throw Diagnostic(
        "a path has two ends, but \(arguments.count) \(arguments.count == 1 ? "is" : "are") written",
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
    case .name, .quotedName:
      height = 0
      path = .relation(takeIdentifier())
    case .variable where isFollowedByParenthesis:
      height = 0
      path = .relation(takeIdentifier())
    case .variable: path = .relation(try name("a relation"))
    case .leftParenthesis:
      try enter()
      advance()
      path = try alternatives()
      try expect(.rightParenthesis, "`|` or `)` in the path")
      leave()
    default: throw unexpected("a relation in the path")
    }
    while token.kind == .plus || token.kind == .star {
      path = token.kind == .plus ? .oneOrMore(path) : .zeroOrMore(path)
      advance()
      try grow(above: height)
    }
    return path
  }
}
