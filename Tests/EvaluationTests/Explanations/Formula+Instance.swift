import Sessions

/// Rules with values in place of variables. Variables without a value are no columns.
extension Formula {
  func instance(_ binding: [String: Value]) -> Formula {
    switch self {
    case .atom(let atom): .atom(atom.instance(binding))
    case .path(let path, let from, let to, let annotations, let span):
      .path(
        path, from: from.instance(binding), to: to.instance(binding),
        annotations: annotations.map { $0.instance(binding) }, span)
    case .comparison(let comparison, let left, let right, let span):
      .comparison(comparison, left.instance(binding), right.instance(binding), span)
    case .similar(let left, let right, let span): .similar(left.instance(binding), right.instance(binding), span)
    case .not(let inner, let span): .not(inner.instance(binding), span)
    case .and(let parts): .and(parts.map { $0.instance(binding) })
    case .or(let parts): .or(parts.map { $0.instance(binding) })
    }
  }
}

extension Atom {
  func instance(_ binding: [String: Value]) -> Atom {
    var atom = self
    atom.arguments = arguments.map { $0.instance(binding) }
    atom.annotations = annotations.map { $0.instance(binding) }
    return atom
  }
}

extension Annotation {
  func instance(_ binding: [String: Value]) -> Annotation { Annotation(key: key, value: value.instance(binding)) }
}

extension Expression {
  func instance(_ binding: [String: Value]) -> Expression {
    switch self {
    case .variable(let variable):
      binding[variable.name].map { .constant($0, variable.span) }
        ?? .variable(Identifier(variable.name.hasPrefix("_") ? variable.name : "_" + variable.name, variable.span))
    case .constant, .parameter: self
    case .negative(let inner, let span): .negative(inner.instance(binding), span)
    case .binary(let symbol, let left, let right, let span):
      .binary(symbol, left.instance(binding), right.instance(binding), span)
    case .call(let name, let arguments, let span): .call(name, arguments.map { $0.instance(binding) }, span)
    case .aggregate(let aggregate):
      .aggregate(
        Aggregate(
          kind: aggregate.kind, columns: aggregate.columns.map { $0.instance(binding) },
          body: aggregate.body.instance(binding), span: aggregate.span))
    case .distance(let path, let from, let to, let span):
      .distance(path, from: from.instance(binding), to: to.instance(binding), span)
    }
  }
}
