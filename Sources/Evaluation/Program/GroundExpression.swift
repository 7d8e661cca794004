import Diagnostics
import Language
import Terms

/// Computes an expression without variables, such as stands in a fact.
struct GroundExpression {
  private let parameters: ParameterNames

  init(_ parameters: ParameterNames) { self.parameters = parameters }

  func value(_ expression: Expression) throws(Diagnostic) -> Value {
    switch expression {
    case .constant(let value, _): return value
    case .parameter(let identifier):
      if let value = try parameters.value(identifier) { return value }
      throw Diagnostic(
        .unknownParameter, "unknown parameter `$\(identifier.name)`", at: identifier.span,
        help: ForeignNames.help(forParameter: identifier.name))
    case .negative(let inner, let span): return try apply(.negate, [inner], span)
    case .binary(let symbol, let left, let right, let span): return try apply(Function(symbol), [left, right], span)
    case .call(let identifier, let arguments, let span):
      guard let function = Function.named(identifier.name) else {
        let nearest = Suggestion.nearest(to: identifier.name, among: Function.allCases.map(\.rawValue))
        throw Diagnostic(
          .unknownFunction, "unknown function `\(identifier.name)`", at: identifier.span,
          help: ForeignNames.help(forFunction: identifier.name, nearest: nearest))
      }
      guard function.argumentCounts.contains(arguments.count) else {
        throw Diagnostic(
          .wrongArgumentCount,
          "`\(identifier.name)` does not take \(arguments.count) argument\(arguments.count == 1 ? "" : "s")",
          at: span, help: "it is written `\(function.form.signature)`")
      }
      return try apply(function, arguments, span)
    case .variable(let identifier):
      throw Diagnostic(
        .variableInFact, "nothing binds the variable `\(identifier.name)` in a fact", at: identifier.span,
        help: WrittenDate.help(onVariable: identifier.name)
          ?? "write a rule, whose body binds it: `p(X + 1) :- q(X).`")
    case .aggregate, .distance:
      throw Diagnostic(
        .computedFact, "a fact can't hold what is computed from the graph", at: expression.span,
        help: "write a rule: head :- body.")
    }
  }

  private func apply(_ function: Function, _ arguments: [Expression], _ span: SourceSpan) throws(Diagnostic) -> Value {
    var values: [Value] = []
    for argument in arguments { values.append(try value(argument)) }
    do {
      return try function.apply(values)
    } catch {
      throw Diagnostic(error.code, error.message, at: span, help: error.help)
    }
  }
}
