import Tiltas

/// Pictures of a part of the graph: entities by their names, coloured by their types, and facts as arrows.
enum Picture {
  /// What a picture's file may be.
  enum Kind: String {
    case svg, png, pdf, dot

    init?(ending path: String) {
      self.init(rawValue: FileName.ending(of: path))
    }
  }

  /// Writes a picture, whole or not at all; all but `.dot` are made by graphviz.
  static func write(_ dot: String, to path: String) throws {
    let kind = Kind(ending: path) ?? .svg
    let file = try OutputFile(path: path)
    do {
      if kind == .dot {
        try file.output.write(dot)
      } else {
        try Graphviz.run(["-T\(kind.rawValue)"], input: dot, output: file.descriptor)
      }
    } catch {
      file.discard()
      throw error
    }
    try file.finish()
  }

  /// In the language of graphviz.
  static func dot(_ found: Surroundings, _ explorer: Explorer) -> String {
    let types = found.entities.map { kind(of: $0, explorer) }
    let kinds = Set(types).sorted()
    var text = """
      graph tiltas {
        graph [layout=\(found.entities.count < 3 ? "dot" : "fdp"), overlap=prism, splines=true, K=1.2, outputorder=edgesfirst];
        node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11, color="#5b6470"];
        edge [fontname="sans-serif", fontsize=9, color="#8a93a0", fontcolor="#5b6470", dir=forward, arrowsize=0.6];

      """
    for (number, entity) in found.entities.enumerated() {
      let colour = palette[(kinds.firstIndex(of: types[number]) ?? 0) % palette.count]
      let border = number == 0 ? ", penwidth=2.5" : ""
      let label = lines(explorer.name(of: entity)).map { quoted($0) }.joined(separator: "\\n")
      text +=
        "  n\(number) [label=\"\(label)\", fillcolor=\"\(colour)\", tooltip=\"\(quoted(types[number]))\"\(border)];\n"
    }
    for edge in edges(found, explorer) {
      text += "  n\(edge.from) -- n\(edge.to) [label=\"\(quoted(edge.label))\"];\n"
    }
    return text + "}\n"
  }

  /// In the language of Mermaid.
  static func mermaid(_ found: Surroundings, _ explorer: Explorer) -> String {
    var text = "graph LR\n"
    for (number, entity) in found.entities.enumerated() {
      text += "  n\(number)[\"\(mermaidText(explorer.name(of: entity)))\"]\n"
    }
    for edge in edges(found, explorer) { text += "  n\(edge.from) -->|\"\(mermaidText(edge.label))\"| n\(edge.to)\n" }
    return text
  }

  /// An arrow for each two entities that facts connect, with the words of all of them.
  private static func edges(_ found: Surroundings, _ explorer: Explorer) -> [(from: Int, to: Int, label: String)] {
    var numbers: [Term: Int] = [:]
    for (number, entity) in found.entities.enumerated() { numbers[entity] = number }
    var edges: [(from: Int, to: Int, label: String)] = []
    for fact in found.facts {
      let ends = fact.arguments.compactMap { numbers[$0] }
      guard let from = ends.first else { continue }
      for to in ends.dropFirst() {
        let words = Explorer.words(of: fact.relation)
        if let index = edges.firstIndex(where: { $0.from == from && $0.to == to }) {
          edges[index].label += ", \(words)"
        } else {
          edges.append((from, to, words))
        }
      }
    }
    return edges
  }

  private static func kind(of entity: Term, _ explorer: Explorer) -> String {
    explorer.graph.types(of: entity).last.map { Explorer.words(of: $0) } ?? "entity"
  }

  /// Light colours that can be told apart, on which dark text is legible.
  private static let palette = [
    "#dbe9f6", "#fbe3c8", "#dcefd8", "#f6dada", "#e7e0f2", "#f4efc6", "#d6efee", "#efe0d6", "#e4e6ea", "#f3d9ea",
    "#e3f0c4", "#cfd9ee",
  ]

  private static let widestLabel = 26

  private static func lines(_ name: String) -> [String] {
    Wrapping.lines(Text.escapedForTerminal(name), width: widestLabel)
  }

  private static func quoted(_ text: String) -> String {
    Text.escapedForTerminal(text).reduce(into: "") { $0 += "\"\\".contains($1) ? "\\\($1)" : "\($1)" }
  }

  private static func mermaidText(_ text: String) -> String {
    let entities: [Character: String] = ["\"": "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;"]
    return Text.escapedForTerminal(text).map { entities[$0] ?? String($0) }.joined()
  }
}
