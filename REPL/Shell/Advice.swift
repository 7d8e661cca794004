import Diagnostics
import Sessions

/// What helps whoever typed an entry that cannot be carried out: a question in words, a command of another shell, a command
/// without its colon, or a name that is nearly one of the graph's.
struct Advice {
  let session: Session
  /// Whether names may be looked up, which takes long where they would have to be indexed first.
  let looksUpNames: Bool
  /// Whether it is for the prompt; else it is for the command line.
  var isForShell = true

  /// Asks a query of the command line, with an error that helps.
  static func adding<Answer>(to entry: String, in session: Session, _ work: () throws -> Answer) throws -> Answer {
    do {
      return try work()
    } catch {
      let looksUp = session.graph.factCount <= mostFactsToIndex || session.graph.isNameIndexReady
      throw Advice(session: session, looksUpNames: looksUp, isForShell: false).explained(error, entry.trimmed)
    }
  }

  /// To find a name for the first time in a graph with more facts would keep whoever asks waiting.
  static let mostFactsToIndex = 50_000

  /// The error with a help that fits the entry better, where there is one.
  func explained(_ error: any Error, _ entry: String) -> any Error {
    switch error {
    case let problem as Diagnostic:
      let problems = problem.all
      let meant = Self.namesMeantAsVariables(problems)
      var all = problems.enumerated().map { explained($1, isVariable: meant.contains($0)) }
      if let command = Self.command(meantBy: entry), isForShell || Self.isVerb(command) {
        all = [all[0]]
        all[0].help =
          isForShell
          ? "the shell's commands begin with a colon: `\(command)`"
          : "a verb stands alone: `tiltas \(command.dropFirst())`"
      } else if let call = Self.callMeant(by: entry) {
        all[0].help = "a function takes what it is of in parentheses: `\(call)`"
      } else if Self.isQuestionInWords(entry) {
        all = [
          Diagnostic(
            .questionInWords, "a question in words is not understood here", at: all[0].span?.wholeEntry,
            help: help(for: entry))
        ]
      }
      return Diagnostic(all: all)
    default: return error
    }
  }

  // MARK: Names

  /// The numbers of those problems that are unknown names meant as variables, of which the error itself tells: single letters,
  /// and several of one relation's arguments.
  private static func namesMeantAsVariables(_ problems: [Diagnostic]) -> Set<Int> {
    let unknown = problems.indices.filter { problems[$0].code == .unknownName }
    var meant = Set(unknown.filter { problems[$0].unknownName?.count == 1 })
    for (one, next) in zip(unknown, unknown.dropFirst()) {
      guard let first = problems[one].span, let second = problems[next].span, first.file === second.file,
        first.end <= second.start,
        !first.file.bytes[first.end..<second.start].contains(where: { "()".utf8.contains($0) })
      else { continue }
      meant.formUnion([one, next])
    }
    return meant
  }

  private func explained(_ problem: Diagnostic, isVariable: Bool) -> Diagnostic {
    var result = problem
    guard problem.isHelpGeneral, let name = problem.unknownName else { return problem }
    if problem.code == .unknownName, looksUpNames, !isVariable {
      let found = session.graph.find(name.split(separator: "_").joined(separator: " "), limit: 3)
      let shown = found.map { term in
        "`\(session.graph.terms.value(term).description)`" + (session.graph.label(of: term).map { " (\($0))" } ?? "")
      }
      if !shown.isEmpty { result.help = "did you mean \(shown.joined(separator: " or "))?" }
    } else if problem.code == .unknownRelation, isForShell {
      result.help = "`:schema` lists the relations; to make a new one, state a fact of it or define it by a rule"
    }
    return result
  }

  // MARK: Commands

  /// Whether a command of the shell is a verb of the command line too.
  private static func isVerb(_ command: String) -> Bool {
    let name = String(command.dropFirst().prefix { !$0.isWhitespace })
    return Commands.candidates(for: name).first.flatMap { Commands.verb($0) } != nil
  }

  /// The command that somebody means who is used to other shells, or has left out the colon.
  private static func command(meantBy entry: String) -> String? {
    let words = entry.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first else { return nil }
    if first.lowercased() == "explain", words.count > 1 { return plan(words.dropFirst()) }
    let whole = entry.trimmed(of: ";.").lowercased()
    if let command = habits[whole] { return command }
    guard !entry.contains("(") else { return nil }
    let word = words.count == 1 ? first.trimmed(of: ";").droppingStop : first
    guard
      let command = habits[word] ?? habits[word.lowercased()]
        ?? Commands.shell.first(where: { $0.name == word }).map({ ":" + $0.name })
    else { return nil }
    let rest = words.dropFirst().joined(separator: " ").trimmed(of: ";.")
    return command.contains(" ") || rest.isEmpty ? command : "\(command) \(rest)"
  }

  /// `:plan QUERY` for `EXPLAIN QUERY PLAN QUERY` and the like.
  private static func plan(_ words: ArraySlice<String>) -> String {
    let own: Set = ["query", "plan", "analyze", "verbose"]
    let isRun = words.contains { $0.lowercased() == "analyze" }
    let query = words.drop { own.contains($0.lowercased()) }.joined(separator: " ")
    return ":plan " + (isRun ? "--run " : "") + query
  }

  /// The command that other shells have by a word, without what it begins with there.
  static func command(elsewhere word: String) -> String? {
    habits["\\" + word] ?? habits["." + word] ?? habits[word] ?? habits["show " + word]
  }

  /// Commands of psql, sqlite3, DuckDB and SWI-Prolog.
  private static let habits = [
    "\\d": ":schema", "\\dt": ":schema", "\\d+": ":schema", ".tables": ":schema", ".schema": ":schema",
    "listing": ":schema", "\\dt+": ":schema", "show tables": ":schema", "\\df": ":help functions", "\\q": ":quit",
    ".quit": ":quit", ".exit": ":quit", "exit": ":quit", "q": ":quit", "quit()": ":quit", "exit()": ":quit",
    "q()": ":quit", "bye": ":quit", "halt": ":quit", "\\?": ":help",
    ".help": ":help", "?": ":help", "\\h": ":help", "\\i": ":run", ".read": ":run", "consult": ":load",
    ".import": ":load", "\\copy": ":load", ".restore": ":load", ".backup": ":save", ".save": ":save",
    "\\o": ":output", ".output": ":output", ".once": ":output", "\\timing": ":timing on", ".timer": ":timing on",
    "\\x": ":format list", ".mode": ":format", "\\pset": ":format csv", "\\s": ":history", ".history": ":history",
    "\\set": ":set", "\\e": ":edit", "\\dT": ":types", "explain": ":plan", ".eqp": ":plan",
  ]

  /// `year(D)` for `D.year`.
  private static func callMeant(by entry: String) -> String? {
    for (index, character) in zip(entry.indices, entry) where character == "." {
      let variable = String(entry[..<index].reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      let function = entry[index...].dropFirst().prefix { $0.isLetter || $0 == "_" }
      if variable.first?.isUppercase == true, FunctionList.signatures.contains(where: { $0.name == function }) {
        return "\(function)(\(variable))"
      }
    }
    return nil
  }

  // MARK: Questions in words

  /// Words alone, as in `Who met Stankevič?`.
  private static func isQuestionInWords(_ entry: String) -> Bool {
    let text = entry.trimmed(of: "?!.")
    let words = text.split(separator: " ")
    guard words.count > 1 || words.first?.first?.isUppercase == true else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || " ,-–'’„“\"".contains($0) }
      && words.first.map {
        !["select", "type", "relation", "param", "include", "import", "constraint", "not"].contains($0.lowercased())
      } == true
  }

  private func help(for question: String) -> String {
    let words = question.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }.map(String.init)
    let more =
      isForShell
      ? "; `:queries` lists questions that are answered, `:tour` shows how to ask"
      : "; `tiltas help asking` shows how to ask"
    let start = isForShell ? ":" : "tiltas "
    if let names = names(in: words) { return "look for the name, `\(start)find \(names)`" + more }
    if let year = words.first(where: { $0.count == 4 && Int($0) != nil }) {
      return "`\(start)timeline \(year)` tells what happened then" + more
    }
    return "`\(start)find WORDS` looks for a name" + more
  }

  /// Those words that names in the graph begin with, a name's own first letter being a capital mostly.
  private func names(in words: [String]) -> String? {
    guard looksUpNames else { return nil }
    func isFound(_ words: [String]) -> Bool { !session.graph.find(words.joined(separator: " "), limit: 1).isEmpty }
    let capitals = words.enumerated().filter { $0.element.first?.isUppercase == true && isFound([$0.element]) }
    let names = capitals.filter { $0.offset > 0 || words.count == 1 || $0.element.count > 3 }.map(\.element)
    if !names.isEmpty { return isFound(names) ? names.joined(separator: " ") : names.last }
    return words.last { $0.count > 3 && Int($0) == nil && isFound([$0]) }
  }
}

extension SourceSpan {
  /// All of the source.
  fileprivate var wholeEntry: SourceSpan { SourceSpan(file, 0, file.bytes.count) }
}

extension String {
  /// Without some characters, and white space, at both ends.
  fileprivate func trimmed(of characters: String) -> String {
    var text = self[...]
    while let last = text.last, last.isWhitespace || characters.contains(last) { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }

  /// Without the full stop at its end.
  fileprivate var droppingStop: String { count > 1 && hasSuffix(".") ? String(dropLast()) : self }
}

/// A question in plain words on the command line, such as `tiltas who met Stankevič`, of which no graph is known yet.
struct QuestionInWords {
  private let words: [String]

  /// `nil` if the words are not those of a question.
  init?(_ arguments: [String]) {
    let text = arguments.joined(separator: " ")
    words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    guard let first = words.first?.lowercased(), words.count > 1 else { return nil }
    guard text.hasSuffix("?") || Self.beginnings.contains(first) || arguments.count == 1 else { return nil }
  }

  /// What to write instead.
  var help: String {
    let name = words.dropFirst().last { $0.first?.isUppercase == true } ?? "WORDS"
    return
      "a question in words is not understood: `tiltas find \(name)` looks for a name, `tiltas help asking` shows how to ask"
  }

  private static let beginnings: Set = [
    "who", "whom", "whose", "what", "when", "where", "which", "how", "is", "are", "was", "were", "did", "does", "do",
    "list", "show", "kas", "ką", "kur", "kada", "kaip", "kiek", "kuris", "kuri", "kurie", "kurios", "ar", "кто", "что",
    "где", "когда", "как", "сколько",
  ]
}
