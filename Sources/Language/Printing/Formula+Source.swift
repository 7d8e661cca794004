import Terms

extension Atom {
  /// As canonical source.
  public var source: String {
    "\(relation.relationSource)(\(arguments.map(\.source).joined(separator: ", ")))\(Annotation.source(annotations))"
  }
}

extension Annotation {
  /// ` @ {key: value, …}`, or nothing where there are none.
  static func source(_ annotations: [Annotation]) -> String {
    annotations.isEmpty ? "" : " @ " + braced(annotations)
  }

  static func braced(_ annotations: [Annotation]) -> String {
    "{" + annotations.map { "\(Value.name($0.key.name).description): \($0.value.source)" }.joined(separator: ", ") + "}"
  }
}

extension Identifier {
  /// As the name of a relation before its parenthesis, which may begin with any letter.
  var relationSource: String {
    if let first = name.unicodeScalars.first, Text.isUpper(first), Text.isBareName("a" + name) { return name }
    return Value.name(name).description
  }
}

extension Formula {
  /// As canonical source, on one line.
  public var source: String {
    switch self {
    case .atom(let atom): return atom.source
    case .path(let path, let from, let to, let annotations, _):
      return "\(path.source)(\(from.source), \(to.source))\(Annotation.source(annotations))"
    case .comparison(let comparison, let left, let right, _):
      return "\(left.source) \(comparison.rawValue) \(right.source)"
    case .similar(let left, let right, _): return "\(left.source) ~ \(right.source)"
    case .not(let inner, _): return "not \(inner.sourceAsPart)"
    case .and(let parts): return parts.map(\.sourceOfLiteral).joined(separator: ", ")
    case .or(let parts): return parts.map { $0.sourceOfAlternative }.joined(separator: " ; ")
    }
  }

  /// In parentheses where it is more than one literal.
  private var sourceAsPart: String {
    switch self {
    case .and, .or: "(\(source))"
    default: source
    }
  }

  /// As one of several that hold together.
  var sourceOfLiteral: String { sourceAsPart }

  /// As one of several of which any holds; a conjunction needs no parentheses there.
  private var sourceOfAlternative: String { if case .or = self { "(\(source))" } else { source } }

  /// The literals that a body lists.
  var literals: [Formula] { if case .and(let parts) = self { parts } else { [self] } }
}
