import Diagnostics
import Evaluation
import Graphs
import Language
import Terms

/// What the fields of a table's rows are called, and which of them go where.
struct TableColumns {
  private let path: String
  private let line: FirstLine
  private let isHeader: Bool
  private let wanted: [String]?
  /// The names of the fields; empty if nothing names them.
  private let names: [String]
  /// Those that the header did not give, with the fields, from 1, that got them.
  private let given: [(field: Int, name: String)]

  init(_ path: String, _ isHeader: Bool, _ line: FirstLine, _ options: TableOptions) {
    self.path = path
    self.line = line
    self.isHeader = isHeader
    wanted = options.columns
    names = isHeader ? Self.distinct(line.names) : wanted ?? []
    given = isHeader ? zip(1..., zip(line.names, names)).filter { $1.0 != $1.1 }.map { ($0, $1.1) } : []
  }

  /// Names for all fields, no two alike: `name_2` for one that is there already, `column_4` for one without a name.
  static func distinct(_ written: [String]) -> [String] {
    var taken = Set(written)
    var seen: Set<String> = []
    return written.enumerated().map { field, name in
      if !name.isEmpty && seen.insert(name).inserted { return name }
      var number = name.isEmpty ? field + 1 : 2
      let stem = name.isEmpty ? "column" : name
      while !taken.insert("\(stem)_\(number)").inserted { number += 1 }
      return "\(stem)_\(number)"
    }
  }

  /// Where the fields go: to the columns of these names if all of them are there, else to the columns in their order.
  func target(_ relation: String, _ stored: StoredRelation?, _ file: SourceFile) throws(Diagnostic) -> RowTarget {
    let span = SourceSpan(file, line.start, line.last.upperBound)
    var chosen = Array(0..<line.count)
    if let wanted {
      if isHeader { chosen = try fields(wanted, span) } else if wanted.count != line.count { throw otherCount(span) }
    }
    if let columns = named(stored), let places = try? fields(columns, span), Set(places).isSubset(of: chosen) {
      return RowTarget(relation, stored, width: line.count, order: places, names: columns)
    }
    guard let stored else {
      return RowTarget(
        relation, nil, width: line.count, order: chosen, names: names.isEmpty ? [] : chosen.map { names[$0] })
    }
    if !isHeader && wanted == nil {
      return RowTarget(relation, stored, width: stored.arity, order: Array(0..<stored.arity), names: [])
    }
    guard chosen.count == stored.arity else { throw otherArity(chosen.count, stored, span) }
    return RowTarget(relation, stored, width: line.count, order: chosen, names: chosen.map { names[$0] })
  }

  /// The names of a relation's columns, if all have one.
  private func named(_ stored: StoredRelation?) -> [String]? {
    let columns = stored?.declaration?.columns.compactMap(\.self) ?? []
    return !columns.isEmpty && columns.count == stored?.arity ? columns : nil
  }

  private func fields(_ columns: [String], _ span: SourceSpan) throws(Diagnostic) -> [Int] {
    var fields: [Int] = []
    for column in columns {
      guard let field = names.firstIndex(of: column) else { throw missing(column, span) }
      fields.append(field)
    }
    return fields
  }

  private func missing(_ column: String, _ span: SourceSpan) -> Diagnostic {
    let nearest = Suggestion.nearest(to: column, among: names)
    let all = "its columns are \(Diagnostic.shortened(names.map { "`\($0)`" }).joined(separator: ", "))"
    return Diagnostic(
      .badHeader, "the header has no column `\(column)`", at: span,
      help: nearest.map { "did you mean `\($0)`? \(all)" } ?? all)
  }

  private func otherCount(_ span: SourceSpan) -> Diagnostic {
    let fields = "\(line.count) \(line.count == 1 ? "field" : "fields")"
    return Diagnostic(
      .badHeader, "`columns` names \(wanted?.count ?? 0), and the first line has \(fields)", at: span,
      help: "without a header name each field; with one, the names that it has")
  }

  private func otherArity(_ count: Int, _ stored: StoredRelation, _ span: SourceSpan) -> Diagnostic {
    let fields = "\(count) \(count == 1 ? "field" : "fields")"
    return Diagnostic(
      .badHeader,
      "the \(wanted == nil ? "header has" : "table gives") \(fields), and `\(stored.name)` takes \(stored.arity)",
      at: span, help: named(stored).map { "it has columns of its own: \(Self.list($0))" },
      notes: stored.declaration.map { [Diagnostic.Note("it is declared as \(stored.name)\($0.signature)")] } ?? [])
  }

  /// What was decided of the names without being told.
  func notes(_ target: RowTarget, _ stored: StoredRelation?) -> [String] {
    var notes: [String] = []
    let fields = Set(target.order)
    let left = names.indices.filter { !fields.contains($0) }.map { names[$0] }
    if isHeader && wanted == nil && !left.isEmpty {
      notes.append("left out, for `\(target.relation)` has no such column: \(Self.list(left))")
    }
    if let columns = named(stored), isHeader, target.names != columns, names.contains(where: columns.contains) {
      let missing = columns.filter { !names.contains($0) }
      notes.append(
        "fields go to the columns of `\(target.relation)` by their places, for the header has not \(Self.list(missing))"
      )
    }
    let given = given.filter { fields.contains($0.field - 1) && stored?.declaration == nil }
    if !given.isEmpty {
      let shown = given.prefix(Diagnostic.mostShown).map { "`\($0.name)` (field \($0.field))" }
      notes.append(
        "the header gives these columns no name of their own, so they are called "
          + shown.joined(separator: ", ") + (given.count > shown.count ? ", …" : ""))
    }
    return notes.map { "note: \(path): \($0)" }
  }

  private static func list(_ names: [String]) -> String {
    Diagnostic.shortened(names.map { "`\(Text.escapedForTerminal($0))`" }).joined(separator: ", ")
  }
}
