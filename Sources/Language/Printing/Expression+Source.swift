import Terms

extension Expression {
  /// As canonical source.
  public var source: String { source(within: 0) }

  /// In parentheses where an operator of the given precedence binds tighter.
  func source(within precedence: Int) -> String {
    switch self {
    case .constant(let value, _): return value.description
    case .variable(let identifier): return identifier.name
    case .parameter(let identifier): return "$\(identifier.name)"
    case .negative(let inner, _): return "-\(inner.sourceAfterMinus)"
    case .binary(let symbol, let left, let right, _):
      let own = symbol.precedence
      let text = "\(left.source(within: own)) \(symbol.rawValue) \(right.source(within: own + 1))"
      return own < precedence ? "(\(text))" : text
    case .call(let name, let arguments, _):
      return "\(name.name)(\(arguments.map(\.source).joined(separator: ", ")))"
    case .aggregate(let aggregate): return aggregate.source
    case .distance(let path, let from, let to, _):
      return "distance{ \(path.source) : \(from.source) -> \(to.source) }"
    }
  }

  /// A number after a minus would be read as one negative number.
  private var sourceAfterMinus: String {
    if case .constant(.integer, _) = self { return "(\(source))" }
    if case .constant(.decimal, _) = self { return "(\(source))" }
    return source(within: BinaryOperator.multiply.precedence + 1)
  }
}

extension BinaryOperator {
  /// The greater, the tighter it binds.
  var precedence: Int {
    switch self {
    case .add, .subtract, .concatenate: 1
    case .multiply, .divide, .modulo: 2
    }
  }
}

extension Aggregate {
  /// As canonical source.
  public var source: String {
    "\(kind.rawValue){ \(columns.map(\.source).joined(separator: ", ")) : \(body.source) }"
  }
}

extension PathExpression {
  /// As canonical source.
  public var source: String {
    switch self {
    case .relation(let identifier): Value.name(identifier.name).description
    case .inverse(let inner): "^\(inner.source)"
    case .oneOrMore(let inner): "\(inner.sourceBeforeSign)+"
    case .zeroOrMore(let inner): "\(inner.sourceBeforeSign)*"
    case .alternatives(let parts): "(\(parts.map(\.source).joined(separator: " | ")))"
    }
  }

  /// `^` takes in the signs that follow.
  private var sourceBeforeSign: String { if case .inverse = self { "(\(source))" } else { source } }
}
