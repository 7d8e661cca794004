import Sessions

extension Exploration {
  /// `draw X [STEPS] [FILE]`: a picture by graphviz in a file; without one a tree on the terminal.
  func draw(_ words: [String], format: ExplanationFormat? = nil) throws {
    var words = words
    let file = words.count > 1 ? words.last.flatMap { Picture.Kind(ending: $0) == nil ? nil : $0 } : nil
    if file != nil { words.removeLast() }
    let (name, steps) = Self.withoutNumber(words)
    try explore { explorer in
      let entity = try entity(name, explorer)
      let isTree = file == nil && format ?? .tree == .tree
      let limit = isTree ? Self.mostInTree : Self.mostInPicture
      let found = try explorer.surroundings(of: entity, steps: steps ?? 1, limit: limit)
      explorer.tellApart(found.entities)
      if let file {
        try Picture.write(Picture.dot(found, explorer), to: file)
        reporter.note("drew \(file)")
      } else if isTree {
        try printer.setOff()
        try write(tree(found, explorer) + legend(found.facts))
      } else {
        let text = format == .mermaid ? Picture.mermaid(found, explorer) : Picture.dot(found, explorer)
        try printer.output.write(text)
      }
      if found.leftOut > 0 {
        let count = (found.isCut ? "more than " : "") + Decimals.grouped(found.entities.count + found.leftOut)
        reporter.note("\(limit) of \(count) are drawn: the nearest, by the rarest relations, with the fewest facts")
      }
    }
  }

  private static let mostInPicture = 150
  private static let mostInTree = 40

  /// Beneath each entity those that are reached from it first.
  private func tree(_ found: Surroundings, _ explorer: Explorer) -> [String] {
    var branches: [Term: [(text: String, entity: Term)]] = [:]
    var seen: Set<Term> = [found.entities[0]]
    for entity in found.entities where seen.contains(entity) {
      for fact in found.facts where fact.arguments.contains(entity) {
        let isForward = fact.arguments[0] == entity
        for other in fact.arguments where explorer.graph.terms.isName(other) && found.entities.contains(other) {
          guard seen.insert(other).inserted else { continue }
          let words = Explorer.words(of: fact.relation)
          let name = explorer.name(of: other)
          let text = (isForward ? "\(words): \(name)" : "\(name) (\(words))") + mark(fact)
          branches[entity, default: []].append((text, other))
        }
      }
    }
    var lines: [TreeLine] = []
    func visit(_ entity: Term, _ text: String, _ levels: [Bool]) {
      let below = branches[entity] ?? []
      lines.append(TreeLine(levels: levels, content: text, hasBranches: !below.isEmpty))
      for (number, branch) in below.enumerated() {
        visit(branch.entity, branch.text, levels + [number < below.count - 1])
      }
    }
    visit(found.entities[0], explorer.name(of: found.entities[0]), [])
    return lines.flatMap { $0.texts(drawsBoxes: printer.style.drawsBoxes, width: printer.style.width) }
  }
}
