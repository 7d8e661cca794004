import Diagnostics
import Sessions

/// What a word at the prompt may become, from where it stands.
struct Completion {
  let interpreter: Interpreter
  /// What stands before the word.
  let before: String
  let word: String
  var graph: Graph { interpreter.session.graph }

  var candidates: Candidates {
    if let command = Self.command(in: before) { return inCommand(command) }
    if let quote = OpenQuote(before) { return inQuotes(quote) }
    return inStatement
  }

  /// What parts words in a text that goes as far as the cursor: a name in quotes is one word, and so is a path.
  static func wordBreaks(in text: String) -> WordBreaks {
    if let quote = OpenQuote(text) { return quote.character == "\"" ? .quotes : .apostrophes }
    if let command = command(in: text), command.contains(where: \.isWhitespace) {
      return argument(of: command) == .query ? .statement : .command
    }
    return .statement
  }

  // MARK: Commands

  private static func command(in text: String) -> Substring? {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return start.first == ":" ? start.dropFirst() : nil
  }

  private static func argument(of command: Substring) -> ShellCommandDescription.Argument {
    let candidates = Commands.candidates(for: String(command.prefix { !$0.isWhitespace }))
    return candidates.count == 1 ? candidates[0].command.argument : .none
  }

  private func inCommand(_ text: Substring) -> Candidates {
    guard text.contains(where: \.isWhitespace) else {
      return text.isEmpty ? Candidates(starting(Self.commands), suffix: " ") : Candidates()
    }
    if let quote = OpenQuote(String(text)) { return inQuotes(quote, ofCommand: Self.argument(of: text)) }
    switch Self.argument(of: text) {
    case .none: return Candidates()
    case .file: return files(nil)
    case .savedQuery: return savedQueries(text)
    case .parameter: return Candidates(starting(parameters), suffix: " ")
    case .command:
      let codes = word.first == "T" ? Code.allCases.map { Candidate($0.rawValue) } : []
      return Candidates(starting(Self.commands + HelpTopic.allCases.map { Candidate($0.rawValue) } + codes))
    case .format: return Candidates(starting(Format.allCases.map { Candidate($0.rawValue) }))
    case .toggle: return Candidates(starting(["on", "off"].map { Candidate($0) }))
    case .relation: return Candidates(starting(relations))
    case .entity, .words: return Candidates(entities(), suffix: " ")
    case .query: return inStatement
    }
  }

  private static let commands = Commands.shell.map { Candidate($0.name, note: $0.command.summary) }

  /// A saved query, or a file; behind the name of one to be run its parameters, and behind `=` what they may be.
  private func savedQueries(_ text: Substring) -> Candidates {
    let words = Interpreter.words(String(text))
    if words.count > 1, text.last == "=" { return Candidates(entities(), suffix: " ") }
    if words.count > 1, text.last?.isWhitespace == true {
      guard Commands.candidates(for: words[0]).first == RunCommand.self else { return Candidates() }
      let parameters = interpreter.parameters(ofSavedQuery: words[1]).map { name, value, description in
        Candidate(name, note: Self.note(value, description))
      }
      return Candidates(starting(parameters), suffix: "=")
    }
    let names = starting(interpreter.savedQueries.map { Candidate($0.name, note: $0.question) })
    return names.isEmpty ? files(nil) : Candidates(names, suffix: " ")
  }

  // MARK: Statements

  /// Between the parentheses of an atom stand entities and variables, in the braces of an annotation its keys, behind `$`
  /// parameters, and elsewhere relations, functions and words of the language.
  private var inStatement: Candidates {
    if before.hasSuffix("$") { return Candidates(starting(parameters)) }
    switch place(in: before) {
    case .argument(let argument):
      let columns = argument.column == nil ? starting(columns(of: argument.relation)) : []
      return Candidates(columns + starting(variables) + entities(of: types(argument)))
    case .annotation: return Candidates(starting(annotationKeys), suffix: ":")
    case .body: break
    }
    let relations = starting(relations)
    let aggregates = starting(AggregateList.all.map { Candidate($0, note: $1) })
    let functions = starting(FunctionList.signatures.map { Candidate($0.name, note: $0.signature) })
    let words = starting(Self.keywords.map { Candidate($0) } + variables)
    let calls = relations + functions
    let suffix: Character? = !words.isEmpty ? nil : aggregates.isEmpty ? "(" : calls.isEmpty ? "{" : nil
    return Candidates(Self.joined(calls + aggregates + words), suffix: suffix)
  }

  /// `min` is an aggregate and a function: what may follow is told beside it once.
  private static func joined(_ candidates: [Candidate]) -> [Candidate] {
    var joined: [Candidate] = []
    for candidate in candidates {
      if let index = joined.firstIndex(where: { $0.text == candidate.text }) {
        joined[index].note += "  " + candidate.note
      } else {
        joined.append(candidate)
      }
    }
    return joined
  }

  private static let keywords = [
    "not", "select", "order by", "limit", "offset", "relation", "type", "param", "include", "import", "constraint",
    "true", "false",
  ]

  /// In quotes of one sort stands an id, in those of the other a name where an entity is expected, or a path.
  private func inQuotes(_ quote: OpenQuote) -> Candidates {
    if quote.character == "\"" {
      let words = quote.before.split { !$0.isLetter && $0 != "\"" }
      if words.last == "include" || words.dropLast().last == "import" { return files("\"") }
    }
    guard case .argument(let argument) = place(in: quote.before) else { return Candidates() }
    let types = types(argument)
    if quote.character == "'" { return Candidates(entities(of: types, as: .id), suffix: "'") }
    // A text where no entity is declared is a text.
    guard types.contains(where: { $0.isEntity && $0 != .any }) else { return Candidates() }
    return Candidates(entities(of: types, as: .name), suffix: "\"")
  }

  private func inQuotes(_ quote: OpenQuote, ofCommand argument: ShellCommandDescription.Argument) -> Candidates {
    switch argument {
    case .file, .savedQuery: files(quote.character)
    case .entity, .words: Candidates(entities(as: .name), suffix: quote.character)
    case .query: inQuotes(quote)
    default: Candidates()
    }
  }

  func starting(_ candidates: [Candidate]) -> [Candidate] { candidates.filter { $0.text.hasPrefix(word) } }

  // MARK: Places

  /// Where in a statement a word stands.
  private enum Place {
    case argument(Argument)
    case annotation
    case body
  }

  /// Which argument of a relation is written: the one of a column, if its name stands before it, or else by its place.
  private struct Argument {
    var relation: String
    var position: Int
    var column: String?
  }

  private func place(in text: some StringProtocol) -> Place {
    var depth = 0
    var commas = 0
    var column: String?
    var rest = Substring(text)
    while let character = rest.popLast() {
      switch character {
      case ")", "}", "]": depth += 1
      case "(", "{", "[":
        if depth > 0 {
          depth -= 1
          continue
        }
        if character == "{" { return rest.trimmed.hasSuffix("@") ? .annotation : .body }
        let name = Self.lastWord(of: rest)
        return character == "(" && !name.isEmpty
          ? .argument(Argument(relation: name, position: commas, column: column)) : .body
      case "," where depth == 0: commas += 1
      case ":" where depth == 0 && commas == 0 && column == nil: column = Self.lastWord(of: Substring(rest.trimmed))
      default: break
      }
    }
    return .body
  }

  /// The word at the end of a text; of a name in quotes what stands between these.
  private static func lastWord(of text: Substring) -> String {
    if text.last == "'" { return String(text.dropLast().reversed().prefix { $0 != "'" }.reversed()) }
    return String(text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
  }

  private func types(_ argument: Argument) -> [PositionType] {
    if graph.isType(argument.relation) { return [.member(argument.relation)] }
    guard let relation = graph.relation(named: argument.relation) else { return [.any] }
    guard let column = argument.column else { return relation.types(at: argument.position) }
    return relation.declaration?.position(of: column).map { relation.types(at: $0) } ?? [.any]
  }

  /// The names of a relation's columns, as they stand before their arguments.
  private func columns(of relation: String) -> [Candidate] {
    guard let relation = graph.relation(named: relation), let declaration = relation.declaration else { return [] }
    return declaration.columns.enumerated().compactMap { position, name in
      guard let name, Text.isBareName("a" + name) else { return nil }
      return Candidate(name + ":", note: relation.types(at: position).map(\.name).joined(separator: " or "))
    }
  }
}

/// What parts the words of a line, of which readline keeps the address.
enum WordBreaks: CaseIterable {
  case statement, command, quotes, apostrophes

  var characters: String {
    switch self {
    case .statement: " \t\n()[]{},;:|<>=!~+*/\"'@?^$&"
    case .command: " \t\n=\"'"
    case .quotes: "\""
    case .apostrophes: "'"
    }
  }
}
