import Tiltas

/// `:schema` and `:types`.
extension Interpreter {
  func showSchema(_ rest: String) throws {
    if !rest.isEmpty { return try showRelation(rest) }
    let graph = session.graph
    var rows: [[String]] = []
    for name in graph.relationNames where !graph.isType(name) {
      guard let relation = graph.relation(named: name) else { continue }
      rows.append([name, Self.signature(relation), String(relation.factCount)])
    }
    let stated = Set(rows.map { $0[0] })
    for name in session.derivedRelations where !stated.contains(name) { rows.append([name, "by rules", ""]) }
    try printListing(["Relation", "Takes", "Facts"], rows.sorted { $0[0] < $1[0] }, rightAligned: [2])
  }

  func showTypes() throws {
    let graph = session.graph
    var children: [String: [String]] = [:]
    for type in graph.typeNames.sorted() {
      for parent in graph.supertypes(of: type).isEmpty ? [""] : graph.supertypes(of: type) {
        children[parent, default: []].append(type)
      }
    }
    var rows: [[String]] = []
    var seen: Set<String> = []
    func visit(_ parent: String, _ depth: Int) {
      for type in children[parent] ?? [] where seen.insert(type).inserted {
        rows.append([String(repeating: "  ", count: depth) + type, members(of: type)])
        visit(type, depth + 1)
      }
    }
    visit("", 0)
    try printListing(["Type", "Entities"], rows, rightAligned: [1])
  }

  private func showRelation(_ name: String) throws {
    let rules = session.rules.filter { Self.head(of: $0.text) == name }
    let relation = session.graph.relation(named: name)
    guard relation != nil || !rules.isEmpty else {
      let near = Suggestion.nearest(to: name, among: session.graph.relationNames + session.derivedRelations)
      throw Diagnostic("there is no relation `\(name)`", help: near.map { "did you mean `\($0)`?" })
    }
    if let relation {
      try write("relation \(Value.name(name).description)\(Self.signature(relation)).")
      try write(Decimals.count(relation.factCount, "fact", "facts"))
    }
    for rule in rules { try write(rule.text) }
  }

  private func members(of type: String) -> String {
    let answers = try? session.query("N = count{ X : \(Value.name(type).description)(X) }")
    return answers.flatMap { $0.rowCount > 0 ? $0.value(row: 0, column: 0).plainText : nil } ?? ""
  }

  private static func signature(_ relation: StoredRelation) -> String {
    relation.declaration?.signature
      ?? "(" + Array(repeating: "any", count: relation.arity).joined(separator: ", ") + ")"
  }

  private static func head(of rule: String) -> String {
    rule.prefix { $0 != "(" && $0 != ":" && $0 != "." }.trimmed
  }
}
