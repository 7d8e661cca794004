import Terms

extension Expression {
  /// As canonical source.
  public var source: String { source(within: 0) }

  /// In parentheses where an operator of the given precedence binds tighter.
  private func source(within precedence: Int) -> String {
    switch self {
    case .constant(let value, _): return value.description
    case .variable(let identifier): return identifier.name
    case .parameter(let identifier): return "$\(identifier.name)"
    case .negative(let inner, _): return "-\(inner.sourceAfterMinus)"
    case .binary(let symbol, let left, let right, _):
      let own = symbol.precedence
      let text = "\(left.source(within: own)) \(symbol.rawValue) \(right.source(within: own + 1))"
      return own < precedence ? "(\(text))" : text
    case .call(let name, let arguments, _): return name.sourceBeforeParenthesis + Self.source(arguments)
    case .aggregate(let aggregate): return aggregate.source
    case .distance(let path, let from, let to, _):
      return "distance{ \(path.sourceOfWhole) : \(from.source) -> \(to.source) }"
    }
  }

  /// Arguments in their parentheses.
  static func source(_ arguments: [Expression]) -> String {
    "(\(arguments.map(\.source).joined(separator: ", ")))"
  }

  /// Behind a minus, digits alone would be read as one negative number, and a date as one of a negative year.
  private var sourceAfterMinus: String {
    switch self {
    case .constant(.integer(0...), _), .constant(.decimal(0...), _), .constant(.date, _): "(\(source))"
    default: source(within: BinaryOperator.multiply.precedence + 1)
    }
  }
}

extension BinaryOperator {
  /// The greater, the tighter it binds.
  fileprivate var precedence: Int {
    switch self {
    case .add, .subtract, .concatenate: 1
    case .multiply, .divide, .modulo: 2
    }
  }
}

extension Aggregate {
  /// As canonical source.
  public var source: String { "\(sourceToColon) \(body.source) }" }

  /// What stands before the body.
  var sourceToColon: String { "\(kind.rawValue){ \(columns.map(\.source).joined(separator: ", ")) :" }
}

extension PathExpression {
  /// As canonical source; alternatives stand in parentheses, as they must before the two ends.
  public var source: String {
    switch self {
    case .relation(let identifier): identifier.sourceBeforeParenthesis
    case .inverse(let inner): "^\(inner.source)"
    case .oneOrMore(let inner): inner.source(before: "+")
    case .zeroOrMore(let inner): inner.source(before: "*")
    case .alternatives: "(\(sourceOfWhole))"
    }
  }

  /// Without parentheses around alternatives, where nothing else may follow them.
  var sourceOfWhole: String {
    guard case .alternatives(let parts) = self else { return source }
    return parts.map(\.source).joined(separator: " | ")
  }

  /// `^` takes in the signs that follow, and `++` would be read as one word.
  private func source(before sign: String) -> String {
    switch self {
    case .inverse: "(\(source))\(sign)"
    case .oneOrMore where sign == "+": "\(source) +"
    default: source + sign
    }
  }
}
