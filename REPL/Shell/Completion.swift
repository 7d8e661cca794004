import Tiltas

/// What a word at the prompt may become, from where it stands.
struct Completion {
  /// What completion found.
  struct Candidates {
    var words: [String] = []
    /// The character that follows a single match; 0 for none.
    var suffix: UInt8 = 0
    /// Whether file names are to be completed, which readline does itself.
    var areFiles = false
  }

  static let wordBreaks = " \t\n()[]{},;:|<>=!~+*/\"'@?^$&"

  let interpreter: Interpreter
  let before: String
  let word: String

  var candidates: Candidates {
    let start = before.drop { $0 == " " || $0 == "\t" }
    if start.first == ":" { return inCommand(start.dropFirst()) }
    return isInString ? Candidates() : inStatement
  }

  /// What several candidates have in common, as far as it goes on from what was typed; else what was typed, for a
  /// candidate found by one of its names need not begin with it.
  static func common(_ words: [String], typed: String) -> String {
    guard var common = words.first.map({ $0[...] }) else { return typed }
    for word in words { common = common.prefix(zip(common, word).prefix { $0 == $1 }.count) }
    return common.hasPrefix(typed) ? String(common) : typed
  }

  private func inCommand(_ text: Substring) -> Candidates {
    guard let space = text.firstIndex(where: \.isWhitespace) else {
      guard text.isEmpty else { return Candidates() }
      return Candidates(words: starting(ShellCommand.allCases.map(\.rawValue)), suffix: 0x20)
    }
    let commands = ShellCommand.candidates(for: String(text[..<space]))
    guard commands.count == 1, let command = commands.first else { return Candidates() }
    switch command.description.argument {
    case .none, .parameter: return Candidates()
    case .file: return Candidates(areFiles: true)
    case .savedQuery:
      let names = starting(interpreter.savedQueryNames)
      return names.isEmpty ? Candidates(areFiles: true) : Candidates(words: names, suffix: 0x20)
    case .command: return Candidates(words: starting(ShellCommand.allCases.map(\.rawValue)))
    case .format: return Candidates(words: starting(Format.allCases.map(\.rawValue)))
    case .toggle: return Candidates(words: starting(["on", "off"]))
    case .relation: return Candidates(words: starting(relations))
    case .entity, .words: return Candidates(words: entities)
    case .query: return inStatement
    }
  }

  /// Between the parentheses of an atom stand entities and variables, elsewhere relations and words of the language.
  private var inStatement: Candidates {
    if isAmongArguments { return Candidates(words: starting(variables) + entities) }
    let names = starting(relations)
    if names.count == 1 && starting(Self.keywords).isEmpty { return Candidates(words: names, suffix: 0x28) }
    return Candidates(words: names + starting(Self.keywords) + starting(variables))
  }

  private static let keywords = [
    "not", "count", "select", "order by", "limit", "offset", "relation", "type", "param", "include", "import",
    "constraint", "true", "false",
  ]

  private var relations: [String] {
    let graph = interpreter.session.graph
    return Set(graph.relationNames + interpreter.session.derivedRelations).sorted()
  }

  private var entities: [String] {
    guard !word.isEmpty else { return [] }
    let graph = interpreter.session.graph
    let byId = graph.entityNames(prefix: word).map { Value.name($0).description }
    let byName = graph.find(word.split(separator: "_").joined(separator: " "), limit: 100).map {
      graph.terms.value($0).description
    }
    var seen: Set<String> = []
    return (byId + byName).filter { seen.insert($0).inserted }
  }

  /// The variables of what was typed before.
  private var variables: [String] {
    let words = before.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    return Set(words.filter { $0.first?.isUppercase == true }.map(String.init)).sorted()
  }

  private func starting(_ names: [String]) -> [String] {
    names.filter { $0.hasPrefix(word) }
  }

  private var isInString: Bool {
    before.count { $0 == "\"" } % 2 == 1
  }

  private var isAmongArguments: Bool {
    var depth = 0
    var inner: Character?
    for character in before.reversed() {
      if let opening = inner { return opening == "(" && (character.isLetter || character.isNumber || character == "_") }
      switch character {
      case ")", "}", "]": depth += 1
      case "(", "{", "[":
        if depth == 0 { inner = character } else { depth -= 1 }
      default: break
      }
    }
    return false
  }
}
