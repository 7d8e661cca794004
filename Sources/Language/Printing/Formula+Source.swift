import Terms

extension Formula {
  /// As canonical source, on one line.
  public var source: String {
    switch self {
    case .atom(let atom): atom.source
    case .path(let path, let from, let to, let annotations, _):
      path.source + Expression.source([from, to]) + Annotation.source(annotations)
    case .comparison(let comparison, let left, let right, _):
      "\(left.source) \(comparison.rawValue) \(right.source)"
    case .similar(let left, let right, _): "\(left.source) ~ \(right.source)"
    case .not(let inner, _): "not \(inner.sourceOfLiteral)"
    case .and(let parts): parts.map(\.sourceOfLiteral).joined(separator: ", ")
    case .or(let parts): parts.map(\.sourceOfAlternative).joined(separator: " ; ")
    }
  }

  /// As one of several that hold together: in parentheses where it is more than one itself.
  private var sourceOfLiteral: String { isGroup ? "(\(source))" : source }

  /// As one of several of which any holds; a conjunction needs no parentheses there.
  private var sourceOfAlternative: String { if case .and = self { source } else { sourceOfLiteral } }

  private var isGroup: Bool {
    switch self {
    case .and, .or: true
    default: false
    }
  }

  /// The literals or the alternatives that it lists, or itself alone.
  private var parts: [Formula] {
    switch self {
    case .and(let parts), .or(let parts): parts
    default: [self]
    }
  }

  /// Its literals or alternatives, each on lines of its own, with the place where each stands.
  func pieces(in width: Int) -> [Layout.Piece] {
    var pieces = parts.map { part in
      Layout.Piece(lines: isDisjunction ? part.linesOfAlternative(in: width) : part.lines(in: width), range: part.range)
    }
    for index in pieces.indices.dropLast() { pieces[index].append(isDisjunction ? " ;" : ",") }
    return pieces
  }

  private var isDisjunction: Bool { if case .or = self { true } else { false } }

  private var range: Range<Int> { span.map { $0.start..<$0.end } ?? 0..<0 }

  private func linesOfAlternative(in width: Int) -> [String] {
    sourceOfAlternative.unicodeScalars.count <= width ? [sourceOfAlternative] : lines(in: width)
  }

  /// Its lines: one where that fits, else what it encloses indented.
  private func lines(in width: Int) -> [String] {
    let line = sourceOfLiteral
    guard line.unicodeScalars.count > width else { return [line] }
    switch self {
    case .and, .or: return enclosed("(", ")", in: width)
    case .not(let inner, _) where inner.isGroup: return inner.enclosed("not (", ")", in: width)
    case .comparison(let comparison, let left, .aggregate(let aggregate), _):
      let opening = "\(left.source) \(comparison.rawValue) \(aggregate.sourceToColon)"
      return aggregate.body.enclosed(opening, "}", in: width)
    default: return [line]
    }
  }

  private func enclosed(_ opening: String, _ closing: String, in width: Int) -> [String] {
    [opening] + pieces(in: width - 2).flatMap(\.lines).map { "  " + $0 } + [closing]
  }
}

extension Atom {
  /// As canonical source.
  public var source: String {
    relation.sourceBeforeParenthesis + "(\(argumentSources.joined(separator: ", ")))"
      + (isStated ? " @ " + Annotation.braced(annotations) : "")
  }

  private var argumentSources: [String] {
    let first = arguments.count - columns.count
    return arguments.enumerated().map { place, argument in
      place < first ? argument.source : "\(columns[place - first].sourceOfColumn): \(argument.source)"
    }
  }
}

extension Annotation {
  /// ` @ {key: value, …}`, or nothing where there are none.
  static func source(_ annotations: [Annotation]) -> String {
    annotations.isEmpty ? "" : " @ " + braced(annotations)
  }

  static func braced(_ annotations: [Annotation]) -> String {
    "{" + annotations.map { "\($0.key.source): \($0.value.source)" }.joined(separator: ", ") + "}"
  }
}

extension Identifier {
  /// As a name, in quotes where it needs them.
  var source: String { Value.name(name).description }

  /// As the name of a relation or function before its parenthesis, which may begin with any letter.
  var sourceBeforeParenthesis: String { RelationName.source(name) }

  /// As the name of a column before its colon, which may begin with any letter too.
  var sourceOfColumn: String { RelationName.source(name) }
}

/// How the name of a relation is written where its parenthesis follows.
public enum RelationName {
  /// It may begin with any letter; in quotes where it needs them.
  public static func source(_ name: String) -> String {
    if let first = name.unicodeScalars.first, Text.isUpper(first), Text.isBareName("a" + name) { return name }
    return Value.name(name).description
  }

  /// A fact as a program writes it, without its full stop.
  public static func fact(_ relation: String, _ values: [Value]) -> String {
    let arguments = values.map(\.description).joined(separator: ", ")
    return source(relation) + (values.isEmpty ? "" : "(\(arguments))")
  }
}
