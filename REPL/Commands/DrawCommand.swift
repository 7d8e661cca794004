import Sessions

/// `draw X [STEPS] [FILE]`: a picture of an entity and what is near it.
enum DrawCommand: ExploringCommand {
  static let name = "draw"
  static let verb = VerbDescription(
    operands: "NAME… [STEPS] [FILE]", operandCount: 1...Int.max, summary: "draw an entity and what is near it",
    details: """
      FILE ends in .svg, .png, .pdf (made by graphviz) or .dot. Without FILE a tree is shown, or with
      --format dot or mermaid the text of the picture.
      """,
    options: Option.opening + [.format, .timeout, .output],
    examples: [
      ("tiltas draw water_quality", "a tree"), ("tiltas draw water_quality 2 water.svg", "a picture"),
    ])
  static let command = ShellCommandDescription(
    operands: "X [STEPS] [FILE.svg]", argument: .entity, summary: "a tree, or a picture in a file")

  static func explore(_ words: [String], _ exploration: Exploration) throws {
    try exploration.draw(words.map(Interpreter.expanded))
  }

  /// A picture in a file is told from a tree by its ending.
  static func reach(_ rest: String) -> Gate.Reach { rest.contains(".") ? .files : .nothing }

  static func isFileName(_ word: [UInt8]) -> Bool { word.contains(UInt8(ascii: ".")) }

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    try exploring(invocation, reporter) { exploration in
      let written =
        invocation.value(.format) ?? invocation.value(.output).flatMap(ExplanationFormat.init(ending:))?.rawValue
      guard let format = ExplanationFormat(rawValue: written ?? "tree"), format != .json else {
        throw UsageError(
          .unknownFormat, "a drawing has no format `\(written ?? "")`",
          help: "there are tree, dot and mermaid, or name a FILE.svg", verb: name)
      }
      try exploration.draw(invocation.operands, format: format)
    }
  }
}

extension Exploration {
  /// `draw X [STEPS] [FILE]`: a picture by graphviz in a file; without one a tree on the terminal.
  fileprivate func draw(_ words: [String], format: ExplanationFormat? = nil) throws {
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
