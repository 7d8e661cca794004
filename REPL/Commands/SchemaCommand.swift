import Diagnostics
import Sessions

/// `:schema [RELATION]` lists the relations, or shows one.
enum SchemaCommand: ShellCommand {
  static let name = "schema"
  static let command = ShellCommandDescription(
    operands: "[RELATION]", argument: .relation, summary: "the relations, what each takes and holds")

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.showSchema(rest) }
}

extension Interpreter {
  fileprivate func showSchema(_ rest: String) throws {
    if !rest.isEmpty { return try showRelation(rest) }
    let graph = session.graph
    var rows: [(name: String, cells: [Cell])] = []
    var hasMeanings = false
    for name in graph.relationNames where !graph.isType(name) {
      guard let relation = graph.relation(named: name) else { continue }
      let meaning = relation.declaration == nil ? nil : meaning(of: name)
      hasMeanings = hasMeanings || meaning != nil
      rows.append(
        (name, [.text(name), .text(Self.signature(relation)), .integer(relation.factCount), .text(meaning)]))
    }
    let stated = Set(rows.map(\.name))
    for name in session.derivedRelations where !stated.contains(name) {
      rows.append((name, [.text(name), .text("by rules"), .empty, .empty]))
    }
    let columns = ["Relation", "Takes", "Facts", "Meaning"].prefix(hasMeanings ? 4 : 3)
    var listing = Listing(Array(columns))
    listing.uncut = [0]
    for row in rows.sorted(by: { $0.name < $1.name }) { listing.append(Array(row.cells.prefix(columns.count))) }
    try printer.print(rows: listing)
  }

  private func showRelation(_ name: String) throws {
    let rules = session.rules.filter { Self.head(of: $0.text) == name }
    let relation = session.graph.relation(named: name)
    guard relation != nil || !rules.isEmpty else {
      let near = Suggestion.nearest(to: name, among: session.graph.relationNames + session.derivedRelations)
      throw Diagnostic(.unknownRelation, "there is no relation `\(name)`", help: near.map { "did you mean `\($0)`?" })
    }
    if let relation {
      if relation.declaration != nil, let meaning = meaning(of: name) { try write("% \(meaning)") }
      try write("relation \(RelationName.source(name))\(Self.signature(relation)).")
      try write(Decimals.count(relation.factCount, "fact", "facts"))
    }
    for line in rules.flatMap({ $0.text.split(separator: "\n") }) { try write(String(line)) }
  }

  /// The comment behind the declaration of a relation or a type; `nil` where there is none, or it is in no text that was read.
  func meaning(of name: String) -> String? {
    guard let place = session.place(of: name) else { return nil }
    let line = place.file.bytes[place.end...].prefix { $0 != 0x0A && $0 != 0x0D }
    let text = String(decoding: line, as: UTF8.self)
    guard let sign = OpenSigns.comment(in: text) else { return nil }
    let comment = text[sign...].drop { $0 == "%" }.trimmed
    return comment.isEmpty ? nil : comment
  }

  static func signature(_ relation: StoredRelation) -> String {
    relation.declaration?.signature
      ?? "(" + Array(repeating: "any", count: relation.arity).joined(separator: ", ") + ")"
  }

  /// The heads of the rules by the relations that they define, the first one of each.
  var ruleHeads: [String: String] {
    var heads: [String: String] = [:]
    for rule in session.rules {
      let head = rule.text.prefix { $0 != ")" } + ")"
      let name = Self.head(of: rule.text)
      if heads[name] == nil { heads[name] = "\(head.drop { $0 != "(" })  by rules" }
    }
    return heads
  }

  private static func head(of rule: String) -> String {
    rule.prefix { $0 != "(" && $0 != ":" && $0 != "." }.trimmed
  }
}
