import Terms

extension Statement {
  /// As canonical source, with its full stop: on one line, or where that would be too wide a literal a line.
  public var source: String {
    if let layout = Layout(self) { return layout.text }
    return switch self {
    case .type(let name, let supertypes):
      "type \(name.source)\(supertypes.isEmpty ? "" : " : " + supertypes.map(\.source).joined(separator: ", "))."
    case .relation(let name, let columns): "relation \(name.sourceBeforeParenthesis)(\(Self.source(columns)))."
    case .rule(let rule): rule.source
    case .query(let query): query.source
    case .defaults(let annotations, _): "@ \(Annotation.braced(annotations))."
    case .parameter(let name, let value, let description):
      "param \(name.source) = \(value.description)\(description.map { " " + $0.quoted } ?? "")."
    case .include(let path, _): "include \(path.quoted)."
    case .importFile(let relation, let path, let options, _):
      "import \(relation.source) \(path.quoted)\(options.isEmpty ? "" : " " + Annotation.braced(options))."
    case .constraint(let description, let body, _): "constraint \(description.quoted) :- \(body.source)."
    case .update(let update):
      "\(update.kind.rawValue) \(update.heads.map(\.source).joined(separator: ", "))"
        + "\(update.body.map { " :- " + $0.source } ?? "")."
    case .retraction(let atom): "-\(atom.source)."
    case .why(let atom, let negated, _): "?why \(negated ? "not " : "")\(atom.source)."
    case .whyAnswer(let row, _): row == 1 ? "?why." : "?why \(row)."
    }
  }

  private static func source(_ columns: [ColumnDeclaration]) -> String {
    columns.map { column in
      (column.name.map { "\($0.sourceOfColumn): " } ?? "") + column.types.map(\.source).joined(separator: " or ")
    }.joined(separator: ", ")
  }
}

extension Rule {
  /// As canonical source, with its full stop.
  public var source: String { Layout(self)?.text ?? head.source + "." }
}

extension Query {
  /// As canonical source, with its full stop.
  public var source: String { Layout(self).text }
}

extension String {
  /// As a string of the source.
  var quoted: String { Value.string(self).description }
}
