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
      let words = Interpreter.words(String(text[space...]))
      if command == .run, let query = words.first, text.last?.isWhitespace == true {
        return Candidates(words: starting(interpreter.parameterNames(ofSavedQuery: query)), suffix: 0x3D)
      }
      let names = starting(interpreter.savedQueryNames)
      return names.isEmpty ? Candidates(areFiles: true) : Candidates(words: names, suffix: 0x20)
    case .command:
      return Candidates(words: starting(ShellCommand.allCases.map(\.rawValue) + HelpTopic.allCases.map(\.rawValue)))
    case .format: return Candidates(words: starting(Format.allCases.map(\.rawValue)))
    case .toggle: return Candidates(words: starting(["on", "off"]))
    case .relation: return Candidates(words: starting(relations))
    case .entity, .words: return Candidates(words: entities())
    case .query: return inStatement
    }
  }

  /// Between the parentheses of an atom stand entities and variables, in the braces of an annotation its keys, behind `$`
  /// parameters, and elsewhere relations, functions and words of the language.
  private var inStatement: Candidates {
    if before.hasSuffix("$") { return Candidates(words: starting(interpreter.session.parameters.map(\.name))) }
    switch place {
    case .argument(let relation, let position):
      let graph = interpreter.session.graph
      let declared = graph.relation(named: relation)?.types(at: position) ?? [.any]
      let types = graph.isType(relation) ? [.member(relation)] : declared
      return Candidates(words: starting(variables) + entities(of: types))
    case .annotation: return Candidates(words: starting(annotationKeys), suffix: 0x3A)
    case .body: break
    }
    let others = starting(Self.keywords + FunctionList.signatures.map(\.name))
    let names = starting(relations)
    if names.count == 1 && others.isEmpty { return Candidates(words: names, suffix: 0x28) }
    return Candidates(words: names + others + starting(variables))
  }

  private var annotationKeys: [String] {
    let graph = interpreter.session.graph
    let known = ["source", "line", "from", "until", "at", "role", "note"]
    return Set(known + graph.annotationSets.keys.map { graph.terms.value($0).plainText }).sorted()
  }

  private static let keywords = [
    "not", "count", "select", "order by", "limit", "offset", "relation", "type", "param", "include", "import",
    "constraint", "true", "false",
  ]

  private var relations: [String] {
    let graph = interpreter.session.graph
    return Set(graph.relationNames + interpreter.session.derivedRelations).sorted()
  }

  /// The entities of some types by their ids, and by any word of their names.
  private func entities(of types: [PositionType] = [.any]) -> [String] {
    guard !word.isEmpty, types.contains(where: { $0 == .any || $0.isEntity }) else { return [] }
    let graph = interpreter.session.graph
    let ids = graph.entityNames(prefix: word, limit: Self.mostLookedAt)
    let byId = ids.compactMap { graph.terms.find(.name($0)) }
    let byName = graph.find(word.split(separator: "_").joined(separator: " "), limit: Self.mostLookedAt)
    var seen: Set<Term> = []
    var fitting: [String] = []
    for entity in byId + byName where fitting.count < Self.mostShown {
      guard seen.insert(entity).inserted, fits(entity, types) else { continue }
      fitting.append(graph.terms.value(entity).description)
    }
    return fitting
  }

  /// Whether an entity is a member of one of some types, or of a type beneath it.
  private func fits(_ entity: Term, _ types: [PositionType]) -> Bool {
    let graph = interpreter.session.graph
    return types.contains { type in
      guard case .member(let wanted) = type else { return type == .any || type == .entity }
      return graph.types(of: entity).contains { graph.isType($0, within: wanted) }
    }
  }

  private static let mostLookedAt = 1000
  private static let mostShown = 100

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

  /// Where in a statement a word stands.
  private enum Place {
    case argument(relation: String, position: Int)
    case annotation
    case body
  }

  private var place: Place {
    var depth = 0
    var commas = 0
    var rest = before[...]
    while let character = rest.popLast() {
      switch character {
      case ")", "}", "]": depth += 1
      case "(", "{", "[":
        if depth > 0 {
          depth -= 1
          continue
        }
        if character == "{" { return rest.trimmed.hasSuffix("@") ? .annotation : .body }
        let name = String(rest.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
        return character == "(" && !name.isEmpty ? .argument(relation: name, position: commas) : .body
      case "," where depth == 0: commas += 1
      default: break
      }
    }
    return .body
  }
}
