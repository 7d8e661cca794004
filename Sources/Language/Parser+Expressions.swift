import Diagnostics
import Terms

extension Parser {
  mutating func expression() throws(Diagnostic) -> Expression {
    guard case .expression(let expression) = try sum(formulasAllowed: false) else {
      throw unexpected(.expectedValue, "a value")
    }
    try refuseColumns()
    return expression
  }

  /// Products joined by `+`, `-` and `++`; where formulas are allowed, parentheses may turn out to hold one.
  mutating func sum(formulasAllowed: Bool) throws(Diagnostic) -> Item {
    var left = try product(formulasAllowed: formulasAllowed)
    while case .expression(let value) = left, let sign = Self.sumOperator(token.kind) {
      let leftHeight = height
      advance()
      guard case .expression(let right) = try product(formulasAllowed: false) else {
        throw unexpected(.expectedValue, "a value")
      }
      left = .expression(try binary(sign, value, right, leftHeight))
    }
    return left
  }

  private mutating func product(formulasAllowed: Bool) throws(Diagnostic) -> Item {
    var left = try signed(formulasAllowed: formulasAllowed)
    while case .expression(let value) = left, let sign = productOperator {
      let leftHeight = height
      advance()
      guard case .expression(let right) = try signed(formulasAllowed: false) else {
        throw unexpected(.expectedValue, "a value")
      }
      left = .expression(try binary(sign, value, right, leftHeight))
    }
    return left
  }

  private mutating func binary(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, _ leftHeight: Int
  ) throws(Diagnostic) -> Expression {
    try grow(above: Swift.max(leftHeight, height))
    return .binary(sign, left, right, left.span.joined(to: right.span))
  }

  private static func sumOperator(_ kind: Token.Kind) -> BinaryOperator? {
    switch kind {
    case .plus: .add
    case .minus: .subtract
    case .concatenate: .concatenate
    default: nil
    }
  }

  private var productOperator: BinaryOperator? {
    switch token.kind {
    case .star: .multiply
    case .slash: .divide
    default: isWord("mod") ? .modulo : nil
    }
  }

  private mutating func signed(formulasAllowed: Bool) throws(Diagnostic) -> Item {
    guard token.kind == .minus else {
      if token.kind == .leftParenthesis { return try group(formulasAllowed: formulasAllowed) }
      return .expression(try primary())
    }
    let start = token.start
    advance()
    if token.kind == .integer || token.kind == .decimal {
      return .expression(try number(isNegative: true, from: start))
    }
    // A date before the year 0; else it would be one that is taken away, which has no value.
    if token.kind == .date, token.start == start + 1, let date = DateSpan(lexer.text(start, token.end)) {
      height = 0
      advance()
      return .expression(.constant(.date(date), span(from: start)))
    }
    try enter()
    guard case .expression(let inner) = try signed(formulasAllowed: false) else {
      throw unexpected(.expectedValue, "a value")
    }
    leave()
    try grow(above: height)
    return .expression(.negative(inner, span(from: start)))
  }

  /// What stands in parentheses.
  private mutating func group(formulasAllowed: Bool) throws(Diagnostic) -> Item {
    let start = token.start
    try enter()
    advance()
    let inner = formulasAllowed ? try disjunction() : try sum(formulasAllowed: false)
    switch inner {
    case .formula: try close(.rightParenthesis, openedAt: start, "`,`, `;` or `)`")
    case .expression: try close(.rightParenthesis, openedAt: start, "an operator or `)`")
    }
    leave()
    return inner
  }

  /// A constant, a variable, a parameter, a call or an aggregate.
  mutating func primary() throws(Diagnostic) -> Expression {
    height = 0
    let span = span
    switch token.kind {
    case .name, .quotedName: return try named()
    case .variable:
      return isFollowedByParenthesis ? try call() : .variable(takeIdentifier())
    case .parameter: return parameter(takeIdentifier())
    case .string:
      return .constant(.string(takeIdentifier().name), span)
    case .integer, .decimal: return try number(isNegative: false, from: token.start)
    case .date:
      guard let date = DateSpan(lexer.text(token.start, token.end)) else { throw unexpected(.expectedValue, "a date") }
      advance()
      return .constant(.date(date), span)
    default: throw unexpected(.expectedValue, "a value")
    }
  }

  private mutating func number(isNegative: Bool, from start: Int) throws(Diagnostic) -> Expression {
    height = 0
    let place = lexer.span(start, token.end)
    if token.kind == .integer {
      guard let integer = lexer.integer(token, isNegative: isNegative) else {
        throw Diagnostic(
          .integerTooGreat, "the integer `\(isNegative ? "-" : "")\(shortened)` does not fit 64 bits", at: place,
          help:
            "integers go from -9223372036854775808 to 9223372036854775807; write it as a decimal, `1e20`, or a string")
      }
      advance()
      return .constant(.integer(integer), place)
    }
    guard let value = lexer.decimal(token, isNegative: isNegative) else {
      throw Diagnostic(
        .decimalTooGreat, "the decimal `\(shortened)` is too great", at: place, help: "the greatest is about 1.8e308")
    }
    advance()
    return .constant(value, place)
  }

  /// An entity, `true`, `false`, a call or an aggregate.
  private mutating func named() throws(Diagnostic) -> Expression {
    if isWord("not") { throw unexpected(.expectedValue, "a value") }
    if isFollowedByParenthesis { return try call() }
    if token.kind == .name, isFollowedByBrace { return try braced() }
    let value: Value = isWord("true") ? .boolean(true) : isWord("false") ? .boolean(false) : .name("")
    let identifier = takeIdentifier()
    if case .name = value { return .constant(.name(identifier.name), identifier.span) }
    return .constant(value, identifier.span)
  }

  private mutating func call() throws(Diagnostic) -> Expression {
    let name = takeIdentifier()
    let arguments = try arguments(of: name)
    let span = span(from: name.span.start)
    if name.name == "date", arguments.count == 1, case .constant(.string(let text), let place) = arguments[0] {
      guard let date = DateSpan(text) else {
        let reason = DateSpan.whyInvalid(text)
        let help = WrittenDate.help(text)
        throw Diagnostic(
          .noDate, "`\(text.prefix(40))` is not a date\(reason.map { ": \($0)" } ?? "")", at: place,
          help: help == reason ? nil : help)
      }
      return .constant(.date(date), span)
    }
    return .call(name, arguments, span)
  }

  /// `(`, expressions separated by `,`, and `)`.
  /// - Parameter name: what the arguments belong to.
  mutating func arguments(of name: Identifier? = nil) throws(Diagnostic) -> [Expression] {
    do {
      return try plainArguments()
    } catch {
      guard error.help == nil || name.map({ Aggregate.Kind(rawValue: $0.name) != nil }) == true, error.span == span
      else {
        throw error
      }
      var explained = error
      explained.help = hintInArguments(of: name) ?? error.help
      throw explained
    }
  }

  private mutating func plainArguments() throws(Diagnostic) -> [Expression] {
    let start = token.start
    try enter()
    advance()
    var arguments: [Expression] = []
    var columns: [Identifier] = []
    var highest = 0
    if token.kind != .rightParenthesis {
      repeat {
        if let column = try nextColumn(behind: columns) { columns.append(column) }
        arguments.append(try expression())
        highest = Swift.max(highest, height)
      } while take(.comma)
    }
    try close(.rightParenthesis, openedAt: start, "`,` or `)`")
    leave()
    try grow(above: highest)
    self.columns = columns
    return arguments
  }

  /// `count{ columns : body }`, its siblings and `distance{ path : A -> B }`.
  private mutating func braced() throws(Diagnostic) -> Expression {
    let word = takeIdentifier()
    try enter()
    defer { leave() }
    if word.name == "distance" { return try distance(from: word.span.start) }
    guard let kind = Aggregate.Kind(rawValue: word.name) else {
      let kinds = Aggregate.Kind.allCases.map(\.rawValue) + ["distance"]
      throw Diagnostic(
        .noAggregate, "`\(word.name)` is no aggregate", at: word.span,
        help: Suggestion.nearest(to: word.name, among: kinds).map { "did you mean `\($0)`?" }
          ?? "the aggregates are " + kinds.map { "`\($0)`" }.joined(separator: ", "))
    }
    let start = token.start
    advance()
    var columns: [Expression] = []
    var highest = 0
    repeat {
      columns.append(try expression())
      highest = Swift.max(highest, height)
    } while take(.comma)
    try colonOfAggregate(kind, columns)
    let body = try formula()
    try close(.rightBrace, openedAt: start, "`,`, `;` or `}`")
    try grow(above: Swift.max(highest, height))
    return .aggregate(Aggregate(kind: kind, columns: columns, body: body, span: span(from: word.span.start)))
  }

  private mutating func colonOfAggregate(_ kind: Aggregate.Kind, _ columns: [Expression]) throws(Diagnostic) {
    if token.kind != .colon, token.kind != .implies, token.kind != .invalid {
      var diagnostic = unexpected(.unexpectedInAggregate, "`,`, or `:` and a body")
      if case .call = columns[0], diagnostic.help == nil {
        diagnostic.help = "what to take stands before a colon: `\(kind.rawValue){ X : p(X) }`"
      }
      throw diagnostic
    }
    try expectColon(.unexpectedInAggregate, "`:`")
  }

  private mutating func distance(from start: Int) throws(Diagnostic) -> Expression {
    advance()
    let path = try alternatives()
    let pathHeight = height
    try expectColon(.unexpectedInAggregate, "`|`, or `:` and the two ends")
    let from = try expression()
    let fromHeight = height
    try expect(.unexpectedInAggregate, .arrow, "`->` between the two ends")
    let to = try expression()
    try expect(.unexpectedInAggregate, .rightBrace, "`}`")
    try grow(above: Swift.max(pathHeight, fromHeight, height))
    return .distance(path, from: from, to: to, span(from: start))
  }
}
