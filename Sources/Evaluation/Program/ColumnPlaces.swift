import Diagnostics
import Graphs
import Language

/// Puts the arguments that stand for columns by name, as in `letter(sender: S)`, in the places of these columns.
struct ColumnPlaces {
  private let graph: Graph

  init(_ graph: Graph) { self.graph = graph }

  /// A literal with an argument for each column; `_` stands for those that it does not name.
  func placed(_ atom: Atom) throws(Diagnostic) -> Atom {
    try place(try lineTaken(from: atom)) { _ in .variable(Identifier("_", atom.relation.span)) }
  }

  /// A literal that asks for the line of a table's row as for an annotation, if that is no column of its own.
  private func lineTaken(from atom: Atom) throws(Diagnostic) -> Atom {
    guard let index = atom.columns.firstIndex(where: { $0.name == Self.line }),
      let relation = graph.relation(named: atom.relation.name), relation.statementCount > 0,
      relation.declaration?.position(of: Self.line) == nil
    else { return atom }
    guard !atom.annotations.contains(where: { $0.key.name == Self.line }) else {
      throw Diagnostic(
        .columnTwice, "`line` is asked for twice", at: atom.columns[index].span, help: "leave one of the two out")
    }
    var result = atom
    result.columns.remove(at: index)
    let argument = result.arguments.remove(at: atom.arguments.count - atom.columns.count + index)
    result.annotations.append(Annotation(key: atom.columns[index], value: argument))
    result.isStated = true
    while result.columns.isEmpty && result.arguments.count < relation.arity {
      result.arguments.append(.variable(Identifier("_", atom.relation.span)))
    }
    return result
  }

  private static let line = "line"

  /// A fact or a head, which has a value in each column.
  func complete(_ atom: Atom) throws(Diagnostic) -> Atom {
    try place(atom) { column throws(Diagnostic) in
      throw Diagnostic(
        .missingColumn, "nothing stands for the column \(column) of `\(atom.relation.name)`", at: atom.span,
        help: "a fact and the head of a rule have a value in each column")
    }
  }

  private func place(
    _ atom: Atom, missing: (_ column: String) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Atom {
    if atom.columns.isEmpty { return atom }
    let relation = graph.relation(named: atom.relation.name)
    let positional = atom.arguments.count - atom.columns.count
    guard let relation, let declaration = relation.declaration, !declaration.columns.isEmpty,
      positional <= relation.arity
    else { throw nameless(atom) }
    var places = atom.arguments.prefix(positional).map { Optional($0) }
    places += Array(repeating: nil, count: relation.arity - positional)
    for (column, argument) in zip(atom.columns, atom.arguments.dropFirst(positional)) {
      guard let position = declaration.position(of: column.name) else { throw unknown(column, atom, declaration) }
      guard places[position] == nil else {
        throw Diagnostic(
          .columnTwice, "the column `\(column.name)` has a value by its place already", at: column.span,
          help: "leave one of the two out: the first argument stands for the first column")
      }
      places[position] = argument
    }
    var result = atom
    result.columns = []
    result.arguments = []
    for (position, argument) in places.enumerated() {
      let name = declaration.column(at: position).map { "`\($0)`" } ?? "\(position + 1)"
      if let argument { result.arguments.append(argument) } else { result.arguments.append(try missing(name)) }
    }
    return result
  }

  private func unknown(_ column: Identifier, _ atom: Atom, _ declaration: RelationDeclaration) -> Diagnostic {
    let columns = declaration.columns.compactMap(\.self)
    let nearest = Suggestion.nearest(to: column.name, among: columns)
    if column.name == Self.line {
      return Diagnostic(
        .unknownColumn, "`\(atom.relation.name)` has no column `line`", at: column.span,
        help: "the rows of a table have lines if it is read with a source: "
          + "`import \(atom.relation.name) \"…\" {source: archive}`")
    }
    let all = "its columns are \(Diagnostic.shortened(columns.map { "`\($0)`" }).joined(separator: ", "))"
    return Diagnostic(
      .unknownColumn, "`\(atom.relation.name)` has no column `\(column.name)`", at: column.span,
      help: nearest.map { "did you mean `\($0)`? \(all)" } ?? all)
  }

  private func nameless(_ atom: Atom) -> Diagnostic {
    let column = atom.columns[0]
    let first = atom.arguments[atom.arguments.count - atom.columns.count]
    if case .constant(.name(let name), let span) = first, span.file === column.span.file,
      span.start == column.span.end + 1
    {
      return Diagnostic(
        .unknownColumn, "the columns of `\(atom.relation.name)` have no names", at: column.span,
        help: "if `\(column.name):\(name)` is meant as one name, write it in quotes: `'\(column.name):\(name)'`")
    }
    return Diagnostic(
      .unknownColumn, "the columns of `\(atom.relation.name)` have no names", at: atom.columns[0].span,
      help: "ask for them by their places, with `_` for the others: `\(atom.relation.name)(_, X)`")
  }
}
