import Diagnostics
import Language

/// Puts together the rules, parameters and constraints that a session has with those that others have written meanwhile.
///
/// A rule or a constraint is its text: it is there or not. A parameter is its name, and has a value.
struct RuleMerge {
  /// What is to be read, as texts with the names of their files, in which each statement is on its line.
  private(set) var taken: [(name: String, text: String)] = []
  /// The rules and constraints that others have taken back, as texts without full stops, and the parameters.
  private(set) var forgotten: (rules: Set<String>, parameters: Set<String>) = ([], [])
  /// What both have changed, and not alike, as messages name it.
  private(set) var differences: [String] = []
  /// How many statements the others have changed, and how many the session.
  private(set) var theirCount = 0
  private(set) var ownCount = 0

  private struct Statement {
    var name: String
    var line: Int
    var text: String
    var parameter: String?
    var key: String { parameter.map { "param " + $0 } ?? text }
  }

  typealias Texts = [(name: String, text: String)]

  init(before: Texts, here: Texts, there: Texts, takingTheirs: Bool) {
    let (old, own, new) = (Self.statements(before), Self.statements(here), Self.statements(there))
    let (oldTexts, ownTexts, newTexts) = (Self.texts(old), Self.texts(own), Self.texts(new))
    var changed: Set<String> = []
    for statement in old + own + new where changed.insert(statement.key).inserted {
      let key = statement.key
      let (was, has, is_) = (oldTexts[key], ownTexts[key], newTexts[key])
      if has != was { ownCount += 1 }
      if is_ == was || is_ == has { continue }
      // A rule is its text, so only a parameter can be three things.
      if has != was, let parameter = statement.parameter {
        differences.append("the parameter `\(parameter)`")
        if !takingTheirs { continue }
        ownCount -= 1
      }
      theirCount += 1
      if is_ != nil {
        wanted.insert(key)
      } else if let parameter = statement.parameter {
        forgotten.parameters.insert(parameter)
      } else {
        forgotten.rules.insert(statement.text)
      }
    }
    taken = Self.texts(of: new.filter { wanted.contains($0.key) })
  }

  private var wanted: Set<String> = []

  private static func texts(_ statements: [Statement]) -> [String: String] {
    Dictionary(statements.map { ($0.key, $0.text) }) { $1 }
  }

  private static func statements(_ texts: Texts) -> [Statement] {
    texts.flatMap { name, text -> [Statement] in
      let source = SourceFile(name: name, text: text)
      var parser = Parser(source, mode: .prompt)
      var statements: [Statement] = []
      while let statement = parser.next() {
        guard let written = RuleTexts.written(statement) else { continue }
        var parameter: String?
        if case .parameter(let name, _, _) = statement { parameter = name.name }
        statements.append(
          Statement(name: name, line: source.line(of: statement.span.start), text: written, parameter: parameter))
      }
      return statements
    }
  }

  /// One text for each run of statements of one file, each statement on its line.
  private static func texts(of statements: [Statement]) -> Texts {
    var texts: Texts = []
    var line = 1
    for statement in statements {
      if texts.last?.name != statement.name || line > statement.line {
        texts.append((statement.name, ""))
        line = 1
      }
      let gap = String(repeating: "\n", count: statement.line - line)
      texts[texts.count - 1].text += gap + statement.text + ". "
      line = statement.line + statement.text.utf8.count { $0 == 0x0A }
    }
    return texts
  }
}
