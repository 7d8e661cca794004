import Tiltas

/// `:find` and `:describe`.
extension Interpreter {
  func find(_ words: String) throws {
    guard !words.isEmpty else { throw Self.missing(.find) }
    let found = session.graph.find(words, limit: 50)
    if found.isEmpty { return reporter.note("nothing is named so") }
    try printListing(["Entity", "Name", "Type"], found.map(row))
  }

  func describe(_ text: String) throws {
    guard !text.isEmpty else { throw Self.missing(.describe) }
    let graph = session.graph
    let entity = try entity(text)
    let types = graph.types(of: entity)
    let name = graph.label(of: entity).map { "\($0): " } ?? ""
    try write(name + id(entity) + (types.isEmpty ? "" : ", " + types.joined(separator: ", ")))
    var groups: [(relation: String, lines: [String])] = []
    for statement in graph.statements(about: entity) {
      let lines = self.lines(statement)
      if let index = groups.firstIndex(where: { $0.relation == statement.relation }) {
        groups[index].lines += lines
      } else {
        groups.append((statement.relation, lines))
      }
    }
    for group in groups {
      try write("")
      for line in group.lines { try write(line) }
    }
  }

  /// The entity that a reader means: by its id, else by any of its names, else by words of them.
  private func entity(_ text: String) throws(Diagnostic) -> Term {
    let graph = session.graph
    let name = Self.unquoted(text)
    if graph.entityNames(prefix: name).contains(name), let term = graph.terms.find(.name(name)) { return term }
    var found = graph.entities(named: name)
    if found.isEmpty { found = graph.find(name, limit: 6) }
    if found.count == 1, let term = found.first { return term }
    if found.isEmpty {
      let near = Suggestion.nearest(to: name, among: graph.entityNames(prefix: ""))
      throw Diagnostic("nothing is named `\(name)`", help: near.map { "did you mean `\($0)`?" })
    }
    let candidates = found.map { id($0) + (graph.label(of: $0).map { " (\($0))" } ?? "") }
    throw Diagnostic("`\(name)` may be \(candidates.joined(separator: ", "))", help: "write the id of one")
  }

  private func row(_ entity: Term) -> [String] {
    [id(entity), session.graph.label(of: entity) ?? "", session.graph.types(of: entity).joined(separator: ", ")]
  }

  private func id(_ entity: Term) -> String { session.graph.terms.value(entity).description }

  /// A fact as source, once for each of its statements.
  private func lines(_ statement: Graph.Statement) -> [String] {
    let arguments = statement.arguments.map(id).joined(separator: ", ")
    let fact = "\(Value.name(statement.relation).description)(\(arguments))"
    if statement.annotations.isEmpty { return [fact + "."] }
    return statement.annotations.map { entries in
      if entries.isEmpty { return fact + "." }
      return fact + " @ {" + entries.map { "\($0.key): \($0.value.description)" }.joined(separator: ", ") + "}."
    }
  }

  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}
