import Diagnostics
import Glibc
import Sessions

/// `:save-query` makes a file of the last query.
enum SaveQueryCommand: ShellCommand {
  static let name = "save-query"
  static let command = ShellCommandDescription(
    operands: "NAME \"QUESTION\" [PARAM=CONSTANT…]", argument: .savedQuery,
    summary: "save the last query, constants as parameters", reach: .files)

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.saveQuery(Interpreter.words(rest)) }
}

extension Interpreter {
  /// `:save-query who-met "Whom did a person meet?" person=vaclav_stankevic` makes a file in `Queries/` of the last query:
  /// with the question, with `$person` in place of the constant, and with the rules of the session that it needs.
  fileprivate func saveQuery(_ words: [String]) throws {
    guard words.count >= 2 else { throw SaveQueryCommand.missing }
    guard let answers = session.lastAnswers else {
      throw Diagnostic(.cannotSaveQuery, "there is no query to save yet", help: "ask first, then save what was asked")
    }
    let path = try pathForQuery(words[0])
    let query = Self.text(answers.query)
    var replacement = ConstantReplacement(query)
    var parameters: [String] = []
    for word in words.dropFirst(2) {
      let (name, constant) = try Self.parameter(word)
      guard Text.isBareName(name) else {
        throw Diagnostic(
          .parameterSyntax, "`\(name)` is not the name of a parameter",
          help: "write NAME=CONSTANT, such as person=\(constant)")
      }
      guard let written = replacement.replace(constant, by: name) else {
        throw Diagnostic(.cannotSaveQuery, "the last query has no constant `\(constant)`", help: "it is: \(query)")
      }
      parameters.append("param \(name) = \(written).")
    }
    let (includes, rules) = neededRules(for: query)
    let question = words[1].split(whereSeparator: \.isNewline).joined(separator: " ")
    var text = "#!/usr/bin/env -S tiltas run\n% \(question)\n\n"
    for part in [includes.map { "include \"\($0)\"." }, parameters, rules] where !part.isEmpty {
      text += part.joined(separator: "\n") + "\n\n"
    }
    text += "?- \(replacement.text).\n"
    text = try Formatter.format(SourceFile(name: path, text: text))
    try Session.write(text, to: path)
    chmod(path, 0o755)
    session.noteSaved(rules: rules)
    reporter.note("saved \(Files.shown(path)); `:run \(words[0])` runs it")
  }

  private func pathForQuery(_ name: String) throws -> String {
    guard let folder = location.queriesFolder else {
      throw Diagnostic(.cannotSaveQuery, "there is no folder `Queries` beside the graph to save in", help: "make one")
    }
    let stem = FileName.ending(of: name) == "dl" ? FileName.stem(of: name) : name
    guard !stem.isEmpty, stem.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      throw Diagnostic(
        .cannotSaveQuery, "`\(name)` is no name for a saved query",
        help: "write letters, digits and hyphens, as in who-met")
    }
    let path = "\(folder)/\(stem).dl"
    if Files.exists(path) {
      throw Diagnostic(
        .cannotSaveQuery, "there is a saved query `\(stem)` already", help: "choose another name, or `:edit \(stem)`")
    }
    return path
  }

  /// The query as it was typed, without `?-` and the full stop.
  private static func text(_ query: Query) -> String {
    let bytes = query.span.file.bytes
    var text = String(decoding: bytes[query.span.start..<min(query.span.end, bytes.count)], as: UTF8.self).trimmed
    if text.hasPrefix("?-") { text = text.dropFirst(2).trimmed }
    if text.hasSuffix(".") { text = text.dropLast().trimmed }
    return text
  }

  /// What a query needs of the rules: the files of those that other saved queries share, and those of this session.
  private func neededRules(for query: String) -> (includes: [String], rules: [String]) {
    let rules = session.rules
    let folder = location.queriesFolder.flatMap { Files.resolved($0) }
    var includes: Set<String> = []
    var needed: Set<Int> = []
    var open = [query]
    while let text = open.popLast() {
      let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
      for (number, rule) in rules.enumerated() where !needed.contains(number) {
        guard words.contains(String(rule.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })) else { continue }
        needed.insert(number)
        open.append(rule.text)
        let file = Files.resolved(rule.span.file.name)
        if let folder, let file, file.hasPrefix(folder + "/") {
          includes.insert(String(file.dropFirst(folder.count + 1)))
        }
      }
    }
    let own = needed.sorted().filter { rules[$0].span.file.path == nil }.map { rules[$0].text }
    return (includes.sorted(), own)
  }
}
