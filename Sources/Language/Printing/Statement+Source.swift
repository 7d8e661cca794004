import Terms

/// How wide a line of canonical source may be before a body is written literal by literal.
private let widestLine = 100

extension Statement {
  /// As canonical source, with its full stop: on one line, or where that would be too wide a literal a line.
  public var source: String {
    switch self {
    case .type(let name, let supertypes):
      "type \(name.source)\(supertypes.isEmpty ? "" : " : " + supertypes.map(\.source).joined(separator: ", "))."
    case .relation(let name, let positions):
      "relation \(name.relationSource)(\(positions.map { $0.map(\.source).joined(separator: " or ") }.joined(separator: ", ")))."
    case .rule(let rule): rule.source
    case .defaults(let annotations, _): "@ \(Annotation.braced(annotations))."
    case .query(let query): query.source
    case .parameter(let name, let value, let description):
      "param \(name.name) = \(value.description)\(description.map { " " + Value.string($0).description } ?? "")."
    case .include(let path, _): "include \(Value.string(path).description)."
    case .importFile(let relation, let path, _): "import \(relation.source) \(Value.string(path).description)."
    case .constraint(let description, let body, _):
      listed("constraint \(Value.string(description).description) :-", body, []) + "."
    case .retraction(let atom): "-\(atom.source)."
    case .why(let atom, let negated, _): "?why \(negated ? "not " : "")\(atom.source)."
    }
  }
}

extension Identifier {
  var source: String { Value.name(name).description }
}

extension Rule {
  /// As canonical source, with its full stop.
  public var source: String {
    guard let body else { return head.source + "." }
    return listed("\(head.source) :-", body, []) + "."
  }
}

extension Query {
  /// As canonical source, with its full stop.
  public var source: String {
    var pipes: [String] = []
    if let selection { pipes.append("select \(selection.map(\.name).joined(separator: ", "))") }
    if !order.isEmpty {
      let variables = order.map { $0.variable.name + ($0.descending ? " desc" : "") }
      pipes.append("order by \(variables.joined(separator: ", "))")
    }
    if let limit { pipes.append("limit \(limit.source)") }
    if let offset { pipes.append("offset \(offset.source)") }
    return listed("?-", body, pipes.map { "| \($0)" }) + "."
  }
}

/// A beginning, a body and pipes: on one line where they fit, else the pipes, or the body of a
/// rule, on lines of their own, and where the body does not fit on one, each literal.
private func listed(_ beginning: String, _ body: Formula, _ pipes: [String]) -> String {
  let line = ([beginning, body.source] + pipes).joined(separator: " ")
  if line.unicodeScalars.count < widestLine { return line }
  let withoutPipes = "\(beginning) \(body.source)"
  if !pipes.isEmpty && withoutPipes.unicodeScalars.count < widestLine {
    return ([withoutPipes] + pipes.map { "  \($0)" }).joined(separator: "\n")
  }
  let indent = beginning == "?-" ? "   " : "  "
  let indented = indent + body.source
  if beginning != "?-" && indented.unicodeScalars.count < widestLine { return "\(beginning)\n\(indented)" }
  let literals = body.literals.count == 1 ? [body.source] : body.literals.map(\.sourceOfLiteral)
  let lines = literals.enumerated().map { $1 + ($0 < literals.count - 1 ? "," : "") }
  let first = beginning == "?-" ? "?- \(lines[0])" : "\(beginning)\n\(indent)\(lines[0])"
  return ([first] + lines.dropFirst().map { indent + $0 } + pipes.map { "  \($0)" }).joined(separator: "\n")
}
