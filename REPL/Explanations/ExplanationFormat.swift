import Sessions

/// The forms in which an explanation is written.
enum ExplanationFormat: String, CaseIterable {
  /// For people.
  case tree
  /// For programs, and for the pictures of graphviz and of Mermaid.
  case json, dot, mermaid

  /// The form that a file's ending asks for.
  init?(ending path: String) {
    switch FileName.ending(of: path) {
    case "txt": self = .tree
    case "json": self = .json
    case "dot": self = .dot
    case "mmd", "mermaid": self = .mermaid
    default: return nil
    }
  }

  /// Those that answers do not have as well.
  static let ownNames = allCases.map(\.rawValue).filter { Format(rawValue: $0) == nil }
}

extension AnswerPrinter {
  /// What the format of answers means for an explanation: JSON where answers are JSON, else the tree.
  var explanationFormat: ExplanationFormat { style.format == .json || style.format == .jsonl ? .json : .tree }

  func print(_ reply: Engine.Reply) throws {
    switch reply {
    case .answers(let answers): try print(answers)
    case .explanation(let explanation): try print(explanation, as: explanationFormat)
    case .refutation(let refutation): try print(refutation, as: explanationFormat)
    }
  }

  func print(_ explanation: Explanation, as format: ExplanationFormat) throws {
    switch format {
    case .tree: try write(ExplanationTree(explanation, deepest: deepest, place: Files.place).lines)
    case .json: try output.write(ExplanationJSON.text(explanation))
    case .dot: try output.write(ExplanationPicture.dot(explanation))
    case .mermaid: try output.write(ExplanationPicture.mermaid(explanation))
    }
  }

  func print(_ refutation: Refutation, as format: ExplanationFormat) throws {
    if format == .json { return try output.write(ExplanationJSON.text(refutation)) }
    try write(RefutationTree(refutation, place: Files.place).lines)
  }

  /// How many levels a tree may have: as many as leave half of the width.
  private var deepest: Int { style.width.map { $0 / 6 } ?? Self.deepestWithoutWidth }

  private static let deepestWithoutWidth = 40

  private func write(_ lines: [TreeLine]) throws {
    for line in lines {
      for text in line.texts(drawsBoxes: style.drawsBoxes, width: style.width) { try output.write(text + "\n") }
    }
  }
}
