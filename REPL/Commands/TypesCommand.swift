import Sessions

/// `:types` lists the types.
enum TypesCommand: ShellCommand {
  static let name = "types"
  static let command = ShellCommandDescription(summary: "the types, and how many entities are of each")

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.showTypes() }
}

extension Interpreter {
  fileprivate func showTypes() throws {
    let graph = session.graph
    var children: [String: [String]] = [:]
    for type in graph.typeNames.sorted() {
      for parent in graph.supertypes(of: type).isEmpty ? [""] : graph.supertypes(of: type) {
        children[parent, default: []].append(type)
      }
    }
    let meanings = Dictionary(
      uniqueKeysWithValues: graph.typeNames.compactMap { type in meaning(of: type).map { (type, $0) } })
    var listing = Listing(["Type", "Entities"] + (meanings.isEmpty ? [] : ["Meaning"]))
    listing.uncut = [0]
    var seen: Set<String> = []
    func visit(_ parent: String, _ depth: Int) {
      for type in children[parent] ?? [] where seen.insert(type).inserted {
        let name = Cell.text(String(repeating: "  ", count: depth) + type)
        listing.append([name, members(of: type)] + (meanings.isEmpty ? [] : [.text(meanings[type])]))
        visit(type, depth + 1)
      }
    }
    visit("", 0)
    try printer.print(rows: listing)
  }

  private func members(of type: String) -> Cell {
    let answers = try? session.query("N = count{ X : \(Value.name(type).description)(X) }")
    return answers.flatMap { $0.rowCount > 0 ? .value($0.value(row: 0, column: 0)) : nil } ?? .empty
  }
}
