import Diagnostics

/// Names of columns before types and arguments: `sender: person`, `sender: S`.
extension Parser {
  /// The name of a column and its colon; `nil` if none stands here.
  mutating func takeColumn() throws(Diagnostic) -> Identifier? {
    guard [.name, .quotedName, .variable].contains(token.kind), isFollowedByColon else { return nil }
    let column = takeIdentifier()
    advance()
    return column
  }

  /// The column for which the next argument stands; `nil` if it stands for one by its place.
  mutating func nextColumn(behind columns: [Identifier]) throws(Diagnostic) -> Identifier? {
    guard let column = try takeColumn() else {
      guard let last = columns.last else { return nil }
      throw Diagnostic(
        .columnsMisplaced, "an argument without a column's name stands behind one with a name", at: span,
        help: "write its column too, or put it before `\(last.name):`")
    }
    if let first = columns.first(where: { $0.name == column.name }) {
      throw Diagnostic(
        .columnTwice, "the column `\(column.name)` stands twice", at: column.span, help: "leave one of the two out",
        notes: [Diagnostic.Note("it stands first here", at: first.span)])
    }
    return column
  }

  /// The columns of the call that was read last, which now belong to a literal or a fact.
  mutating func takeColumns() -> [Identifier] {
    defer { columns = [] }
    return columns
  }

  /// Refuses columns of what is no relation: a function, whose value is computed with, or a path.
  mutating func refuseColumns() throws(Diagnostic) {
    guard let first = takeColumns().first else { return }
    throw Diagnostic(
      .columnsMisplaced, "only the columns of a relation have names, and `\(first.name):` stands here", at: first.span,
      help: "a function and a path take their arguments in order; `letter(sender: S)` is a literal of its own")
  }
}
