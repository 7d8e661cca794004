import Diagnostics
import Sessions
import Testing

/// What a case gave when it was run, in the form in which its file states what is expected.
struct ConformanceOutcome {
  /// A cell is the value's plain text and its form in the source, either of which an expectation may write.
  typealias Cell = (plain: String, source: String)

  var answers: [(header: [String], rows: [[Cell]], holds: Bool)] = []
  var errors: [Diagnostic] = []
  var brokenConstraints: [Diagnostic] = []

  /// Runs the case in a session of its own that starts from nothing.
  /// - Parameters:
  ///   - demanding: whether only what queries demand is computed, which small graphs would never do by themselves.
  ///   - threads: how many share joins from their first step, which they else do only where much is to be done.
  ///   - graph: the folder of the graph that it asks, instead of nothing.
  init(of conformanceCase: ConformanceCase, demanding: Bool, threads: Int = 1, graph: String? = nil) throws {
    let session = Session()
    session.limits.threads = threads
    session.threadPatience = 0
    if let graph { try session.load(path: graph) }
    if demanding { session.demandThreshold = 0 }
    do {
      for parameter in conformanceCase.parameters {
        try session.setParameter(parameter.name, to: parameter.text)
      }
      if !conformanceCase.parameters.isEmpty {
        try session.checkParameters(declaredIn: [try Session.source(conformanceCase.path)])
      }
      if conformanceCase.brokenConstraints != nil {
        try session.load(path: conformanceCase.path)
        let problems = try session.check()
        errors = problems.diagnostics
        brokenConstraints = problems.brokenConstraints
      } else if conformanceCase.path.hasSuffix(".dl") {
        try session.run(path: conformanceCase.path, answer: { answers.append(Self.read($0)) })
      } else {
        let text = conformanceCase.lines.joined(separator: "\n")
        try session.run(
          SourceFile(name: conformanceCase.path, text: text), answer: { answers.append(Self.read($0)) })
      }
    } catch let diagnostics as Diagnostic {
      errors = diagnostics.all
    }
  }

  private static func read(_ answers: Answers) -> (header: [String], rows: [[Cell]], holds: Bool) {
    let rows = (0..<answers.rowCount).map { row in
      answers.columns.indices.map { column in
        let value = answers.value(row: row, column: column)
        return (escaped(value.plainText), value.description)
      }
    }
    return (answers.columns, rows, answers.holds)
  }

  /// As TSV writes a field: a tab, a line feed and a backslash escaped.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\\": result += "\\\\"
      default: result.append(character)
      }
    }
    return result
  }
}

extension ConformanceOutcome {
  /// How this differs from what the case expects, in words; empty where it does not.
  func differences(from expected: ConformanceCase) -> [String] {
    var differences: [String] = []
    if answers.count != expected.answers.count {
      differences.append("\(expected.answers.count) answers expected, \(answers.count) given")
    }
    for (index, lines) in expected.answers.enumerated() where index < answers.count {
      let difference = Self.difference(answers[index], lines)
      if let difference { differences.append("answer \(index + 1): \(difference)") }
    }
    differences += Self.differences("error", errors, expected.errors, in: expected)
    if let broken = expected.brokenConstraints {
      differences += Self.differences("broken constraint", brokenConstraints, broken, in: expected)
    }
    return differences
  }

  private static func difference(
    _ answer: (header: [String], rows: [[Cell]], holds: Bool), _ lines: [String]
  ) -> String? {
    let header = answer.header.joined(separator: "\t")
    let given =
      [answer.header.isEmpty ? (answer.holds ? "yes" : "no") : header]
      + answer.rows.map { row in row.map(\.plain).joined(separator: "\t") }
    let agrees =
      given.count == lines.count && given[0] == lines[0]
      && zip(answer.rows, lines.dropFirst()).allSatisfy { row, line in matches(row, line) }
    return agrees ? nil : "expected\n\(lines.joined(separator: "\n"))\ngiven\n\(given.joined(separator: "\n"))"
  }

  private static func matches(_ row: [Cell], _ line: String) -> Bool {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    return fields.count == row.count && zip(row, fields).allSatisfy { $0.plain == $1 || $0.source == $1 }
  }

  private static func differences(
    _ kind: String, _ given: [Diagnostic], _ expected: [ConformanceCase.Problem], in conformanceCase: ConformanceCase
  ) -> [String] {
    let agree =
      given.count == expected.count
      && zip(given, expected).allSatisfy { matches($0, $1, in: conformanceCase) }
    if agree { return [] }
    let wanted = expected.map { problem in
      let place = problem.place.map { "\($0.line):\($0.column)" } ?? "-"
      let file = problem.file.map { $0 + ":" } ?? ""
      let help = problem.help.map { "\n  \($0)" } ?? ""
      return "\(file)\(place): \(problem.isPart ? "~" : "")\(problem.message)\(help)"
    }
    return [
      "\(kind)s expected\n\(wanted.joined(separator: "\n"))\ngiven\n"
        + given.map { Self.line($0, in: conformanceCase) }.joined(separator: "\n")
    ]
  }

  private static func matches(
    _ given: Diagnostic, _ expected: ConformanceCase.Problem, in conformanceCase: ConformanceCase
  ) -> Bool {
    let place = given.span.map { $0.file.position(of: $0.start) }
    guard place?.line == expected.place?.line, place?.column == expected.place?.column else { return false }
    if place != nil, lastComponent(given.span) != expected.file ?? lastComponent(conformanceCase.path) { return false }
    if let help = expected.help, !matches(given.help ?? "", help) { return false }
    return expected.isPart ? given.message.contains(expected.message) : given.message == expected.message
  }

  private static func matches(_ help: String, _ expected: String) -> Bool {
    expected.hasPrefix("~") ? help.contains(expected.dropFirst()) : help == expected
  }

  private static func line(_ diagnostic: Diagnostic, in conformanceCase: ConformanceCase) -> String {
    let place = diagnostic.span.map { $0.file.position(of: $0.start) }.map { "\($0.line):\($0.column)" } ?? "-"
    let file = lastComponent(diagnostic.span)
    let prefix = file == nil || file == lastComponent(conformanceCase.path) ? "" : file.map { $0 + ":" } ?? ""
    return "\(prefix)\(place): \(diagnostic.message)" + (diagnostic.help.map { "\n  \($0)" } ?? "")
  }

  private static func lastComponent(_ span: SourceSpan?) -> String? { span.flatMap { lastComponent($0.file.name) } }

  private static func lastComponent(_ path: String) -> String? { path.split(separator: "/").last.map(String.init) }
}
