import Sessions

/// Explanations as pictures, drawn by graphviz or Mermaid: arrows go from what is given to what follows.
enum ExplanationPicture {
  static func dot(_ explanation: Explanation) -> String {
    var text = "digraph explanation {\n  rankdir=BT;\n  node [fontname=\"sans-serif\"];\n"
    for (number, node) in explanation.nodes.enumerated() {
      let shape = isStated(node) ? "box, style=filled, fillcolor=\"#e8f0e0\"" : "box, style=rounded"
      text += "  n\(number) [shape=\(shape), label=\(quoted(label(node)))];\n"
    }
    for (number, node) in explanation.nodes.enumerated() {
      for premise in node.premises { text += "  n\(premise) -> n\(number);\n" }
    }
    return text + "}\n"
  }

  static func mermaid(_ explanation: Explanation) -> String {
    var text = "graph BT\n"
    for (number, node) in explanation.nodes.enumerated() {
      let label = escapedForMermaid(label(node))
      text += isStated(node) ? "  n\(number)[\"\(label)\"]\n" : "  n\(number)(\"\(label)\")\n"
    }
    for (number, node) in explanation.nodes.enumerated() {
      for premise in node.premises { text += "  n\(premise) --> n\(number)\n" }
    }
    return text
  }

  private static func isStated(_ node: Explanation.Node) -> Bool {
    if case .stated = node.reason { true } else { false }
  }

  /// The lines of a node's label: what holds, and why where there is something to say.
  private static func label(_ node: Explanation.Node) -> [String] {
    let reason = ExplanationTree.reason(node.reason, Files.place)
    return (reason.isEmpty ? [node.conclusion] : [node.conclusion, reason]).map { Text.escapedForTerminal($0) }
  }

  private static func quoted(_ lines: [String]) -> String {
    let escaped = lines.map { line in line.reduce(into: "") { $0 += "\"\\".contains($1) ? "\\\($1)" : "\($1)" } }
    return "\"" + escaped.joined(separator: "\\n") + "\""
  }

  private static func escapedForMermaid(_ lines: [String]) -> String {
    let entities: [Character: String] = ["\"": "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;"]
    return lines.map { line in line.map { entities[$0] ?? String($0) }.joined() }.joined(separator: "<br>")
  }
}
