import Diagnostics
import Glibc
import Sessions

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

  /// In the language of graphviz, with a legend of the colours beneath.
  static func dot(_ found: Surroundings, _ explorer: Explorer) -> String {
    let types = found.entities.map { kind(of: $0, explorer) }
    let edges = edges(found, explorer)
    let legend = legend(types, explorer, hasInferred: edges.contains(where: \.isInferred))
    var text = """
      graph tiltas {
        graph [layout=\(found.entities.count < 3 ? "dot" : "fdp"), overlap=prism, splines=true, K=1.2, outputorder=edgesfirst];
        graph [fontname="sans-serif", fontsize=9, labelloc=b, label=<\(legend)>];
        node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11, color="#5b6470"];
        edge [fontname="sans-serif", fontsize=9, color="#8a93a0", fontcolor="#5b6470", dir=forward, arrowsize=0.6];

      """
    for (number, entity) in found.entities.enumerated() {
      let border = number == 0 ? ", penwidth=2.5" : ""
      let label = lines(explorer.name(of: entity)).map { quoted($0) }.joined(separator: "\\n")
      let colour = colour(of: types[number], explorer)
      text += "  n\(number) [label=\"\(label)\", fillcolor=\"\(colour)\""
      text += ", tooltip=\"\(quoted(words(types[number])))\"\(border)];\n"
    }
    for edge in edges {
      let style = edge.isInferred ? ", style=dashed" : ""
      text += "  n\(edge.from) -- n\(edge.to) [label=\"\(quoted(edge.label))\"\(style)];\n"
    }
    return text + "}\n"
  }

  /// A row of the types that are shown, each in its colour.
  private static func legend(_ types: [String?], _ explorer: Explorer, hasInferred: Bool) -> String {
    var cells = ordered(types, explorer).map { type in
      "<TD BGCOLOR=\"\(colour(of: type, explorer))\">\(htmlText(words(type)))</TD>"
    }
    if hasInferred { cells.append("<TD>dashed: inferred by a rule</TD>") }
    return "<TABLE BORDER=\"0\" CELLSPACING=\"4\"><TR>\(cells.joined())</TR></TABLE>"
  }

  /// In the language of Mermaid.
  static func mermaid(_ found: Surroundings, _ explorer: Explorer) -> String {
    let types = found.entities.map { kind(of: $0, explorer) }
    let shown = ordered(types, explorer)
    func style(_ type: String?) -> String { "t\(shown.firstIndex(of: type) ?? 0)" }
    var text = "graph LR\n"
    for (number, entity) in found.entities.enumerated() {
      text += "  n\(number)[\"\(mermaidText(explorer.name(of: entity)))\"]:::\(style(types[number]))\n"
    }
    for edge in edges(found, explorer) {
      let arrow = edge.isInferred ? "-.->" : "-->"
      text += "  n\(edge.from) \(arrow)|\"\(mermaidText(edge.label))\"| n\(edge.to)\n"
    }
    text += "  subgraph legend\n"
    for (number, type) in shown.enumerated() {
      text += "    l\(number)[\"\(mermaidText(words(type)))\"]:::t\(number)\n"
    }
    text += "  end\n"
    for (number, type) in shown.enumerated() { text += "  classDef t\(number) fill:\(colour(of: type, explorer))\n" }
    return text
  }

  private struct Edge {
    var from: Int
    var to: Int
    var label: String
    /// Whether rules alone give it.
    var isInferred: Bool
  }

  /// An arrow for each two entities that facts connect, with the words of all of them.
  private static func edges(_ found: Surroundings, _ explorer: Explorer) -> [Edge] {
    var numbers: [Term: Int] = [:]
    for (number, entity) in found.entities.enumerated() { numbers[entity] = number }
    var edges: [Edge] = []
    var places: [[Int]: Int] = [:]
    for fact in found.facts {
      let ends = fact.arguments.compactMap { numbers[$0] }
      guard let from = ends.first else { continue }
      for to in ends.dropFirst() {
        let words = Explorer.words(of: fact.relation)
        if let index = places[[from, to]] {
          edges[index].label += ", \(words)"
          edges[index].isInferred = edges[index].isInferred && fact.isInferred
        } else {
          places[[from, to]] = edges.count
          edges.append(Edge(from: from, to: to, label: words, isInferred: fact.isInferred))
        }
      }
    }
    return edges
  }

  // MARK: Types and their colours

  private static func kind(of entity: Term, _ explorer: Explorer) -> String? { explorer.graph.types(of: entity).last }

  private static func words(_ type: String?) -> String { type.map { Explorer.words(of: $0) } ?? "entity" }

  /// The types, each once, in the order in which they were declared.
  private static func ordered(_ types: [String?], _ explorer: Explorer) -> [String?] {
    let names = explorer.graph.typeNames
    return Set(types).sorted { left, right in
      (left.flatMap { names.firstIndex(of: $0) } ?? .max) < (right.flatMap { names.firstIndex(of: $0) } ?? .max)
    }
  }

  /// A type's colour, which is the same in each picture of a graph.
  private static func colour(of type: String?, _ explorer: Explorer) -> String {
    guard let number = type.flatMap({ explorer.graph.typeNames.firstIndex(of: $0) }) else { return "#f4f4f4" }
    return number < palette.count ? palette[number] : madeColour(number)
  }

  /// A light colour for a type beyond the palette: hues far apart from one number to the next.
  private static func madeColour(_ number: Int) -> String {
    let hue = (Double(number) * 0.618).truncatingRemainder(dividingBy: 1) * 6
    let parts = [5.0, 3.0, 1.0].map { offset in
      let place = (offset + hue).truncatingRemainder(dividingBy: 6)
      return 245 - Int(40 * max(0, min(place, 4 - place, 1)))
    }
    return "#" + parts.map { String($0, radix: 16) }.joined()
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

  private static func htmlText(_ text: String) -> String {
    let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
    return Text.escapedForTerminal(text).map { entities[$0] ?? String($0) }.joined()
  }
}

/// The program `dot` of graphviz.
enum Graphviz {
  /// Runs it on a text, with its result into an open file.
  static func run(_ arguments: [String], input: String, output: Int32) throws {
    try Gate.pass("no picture is drawn", help: "graphviz would have to be started; write a .dot file")
    let source = try TemporaryText.descriptor(Array(input.utf8))
    defer { close(source) }
    let status = try ChildProcess.run(["dot"] + arguments, input: source, output: output)
    guard status != ChildProcess.notFound else {
      throw Diagnostic(
        .programFailed, "pictures are drawn by graphviz, which is not installed",
        help: "install it (`make setup` does), or write a .dot file")
    }
    guard status == 0 else {
      throw Diagnostic(.programFailed, "graphviz could not draw the picture (status \(status))")
    }
  }
}
