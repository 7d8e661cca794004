import Language
import Terms

/// Writes literals as source, with the values of those variables that have one.
struct LiteralText {
  let base: ClauseBase
  let clause: Clause
  let binding: ClauseInstances.Binding

  func text(_ literal: Literal) -> String {
    switch literal {
    case .atom(let atom): text(atom)
    case .comparison(_, let left, _, _) where base.isPresence(literal): "\(text(left)) is stated"
    case .negation(let group, _): "not \(text(group))"
    case .comparison(let comparison, let left, let right, _): "\(text(left)) \(comparison.rawValue) \(text(right))"
    case .aggregate(let aggregate):
      "\(text(.variable(aggregate.result))) = \(aggregate.kind.rawValue){ \(aggregate.columns.map { text(.variable($0)) }.joined(separator: ", ")) : \(alternatives(aggregate.group)) }"
    case .condition(let function, let operands, _):
      "\(function.rawValue)(\(operands.map { text($0) }.joined(separator: ", ")))"
    case .similar(let subject, let words, _): "\(text(subject)) ~ \(text(words))"
    }
  }

  private func text(_ group: Group) -> String {
    if group.alternatives.count == 1, group.alternatives[0].count == 1 { return text(group.alternatives[0][0]) }
    return "(\(alternatives(group)))"
  }

  private func alternatives(_ group: Group) -> String {
    group.alternatives.map { $0.map { text($0) }.joined(separator: ", ") }.joined(separator: " ; ")
  }

  func text(_ atom: ClauseAtom) -> String {
    let arguments = atom.arguments.map { argument -> String in
      switch argument {
      case .constant(let term): return base.text(of: term, in: atom.relation.whole)
      case .variable(let number):
        guard let value = binding[number] else { return text(.variable(number)) }
        return base.text(of: Term(value), in: atom.relation.whole)
      }
    }
    return Self.text(atom.relation, arguments, base)
  }

  func text(_ operand: Operand) -> String {
    switch operand {
    case .constant(let term): return base.text(of: term)
    case .variable(let number):
      if let value = binding[number] { return base.text(of: Term(value)) }
      return clause.variableNames[number] ?? "_"
    case .call(let function, let operands, _):
      guard function.isOperator else {
        return "\(function.rawValue)(\(operands.map { text($0) }.joined(separator: ", ")))"
      }
      let arguments = operands.map { textWithin($0) }
      return arguments.count == 2 ? "\(arguments[0]) \(function.rawValue) \(arguments[1])" : "-\(arguments[0])"
    }
  }

  /// In parentheses where it is itself made by an operator.
  private func textWithin(_ operand: Operand) -> String {
    if case .call(let function, _, _) = operand, function.isOperator { return "(\(text(operand)))" }
    return text(operand)
  }

  /// A relation with its arguments, as a query would write it.
  static func text(_ key: RelationKey, _ arguments: [String], _ base: ClauseBase) -> String {
    switch key.whole {
    case .named(let name):
      return "\(RelationName.source(name))(\(arguments.joined(separator: ", ")))"
    case .stated(let name, let keys):
      return annotated(RelationName.source(name), keys, arguments)
    case .triple(let keys) where !keys.isEmpty: return annotated("triple", keys, arguments)
    case .similar(let words): return "\(arguments[0]) ~ \(Value.string(words).description)"
    case .distance(let number, _):
      return "\(arguments[2]) = distance{ \(base.name(of: .auxiliary(number))) : \(arguments[0]) -> \(arguments[1]) }"
    case .triple, .auxiliary, .restricted, .demanded:
      return "\(base.name(of: key))(\(arguments.joined(separator: ", ")))"
    }
  }

  /// - Parameter arguments: those of the relation, and then the values of the keys.
  private static func annotated(_ relation: String, _ keys: [String], _ arguments: [String]) -> String {
    let own = arguments.dropLast(keys.count).joined(separator: ", ")
    let annotations = zip(keys, arguments.suffix(keys.count)).map { "\($0): \($1)" }.joined(separator: ", ")
    return "\(relation)(\(own)) @ {\(annotations)}"
  }
}
