import Foundation
import Testing

/// A small program of `Tests/Conformance` with what it must answer; `Tests/Conformance/README.md` describes the form.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  /// An error or a broken constraint that is expected.
  struct Problem: Sendable {
    /// The name of the file where it is not the case's own.
    var file: String?
    /// `nil` where it concerns no place.
    var place: (line: Int, column: Int)?
    var message: String
    /// Whether `message` need only occur in the message, and not be all of it.
    var isPart: Bool
    var help: String?
  }

  let path: String
  /// `topic/name`, by which failures and the list of pending cases speak of it.
  let name: String
  let lines: [String]
  /// Answer by answer: its header and its rows, or `yes` or `no`.
  var answers: [[String]] = []
  var errors: [Problem] = []
  /// `nil` where the case does not speak of constraints.
  var brokenConstraints: [Problem]?
  var parameters: [(name: String, text: String)] = []
  /// Lines that look like expectations and are not.
  var malformed: [String] = []

  var testDescription: String { name }

  /// The rule of the language that the case pins: its first comment.
  var rule: String? {
    let first = lines.first { !$0.hasPrefix("#!") } ?? ""
    guard first.hasPrefix("% ") else { return nil }
    return String(first.dropFirst(2))
  }

  var expectsSomething: Bool { !answers.isEmpty || !errors.isEmpty || brokenConstraints != nil }

  init(path: String, name: String, text: String) {
    self.path = path
    self.name = name
    lines = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
    var isInAnswer = false
    for line in lines {
      let isAnswer = line.hasPrefix("%=")
      if isAnswer {
        if !isInAnswer { answers.append([]) }
        answers[answers.count - 1].append(Self.content(line))
      } else {
        readProblem(line)
      }
      isInAnswer = isAnswer
    }
  }

  private mutating func readProblem(_ line: String) {
    let content = Self.content(line)
    if line.hasPrefix("%!") {
      if let problem = Self.problem(content) { errors.append(problem) } else { malformed.append(line) }
    } else if line.hasPrefix("%*") {
      let before = brokenConstraints ?? []
      if content == "none" {
        brokenConstraints = before
      } else if let problem = Self.problem(content) {
        brokenConstraints = before + [problem]
      } else {
        malformed.append(line)
      }
    } else if line.hasPrefix("%?") {
      if errors.isEmpty { malformed.append(line) } else { errors[errors.count - 1].help = content }
    } else if line.hasPrefix("%$") {
      let parts = content.split(separator: "=", maxSplits: 1)
      if parts.count == 2 {
        parameters.append((String(parts[0]), String(parts[1])))
      } else {
        malformed.append(line)
      }
    }
  }

  /// What follows the two characters that mark a line, and one space.
  private static func content(_ line: String) -> String {
    let rest = line.dropFirst(2)
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }

  /// `[FILE:]LINE:COLUMN: [~]MESSAGE`, or `-: [~]MESSAGE` for an error without a place.
  private static func problem(_ text: String) -> Problem? {
    guard let split = text.range(of: ": ") else { return nil }
    var message = String(text[split.upperBound...])
    let isPart = message.hasPrefix("~")
    if isPart { message.removeFirst() }
    guard !message.isEmpty else { return nil }
    var parts = text[..<split.lowerBound].components(separatedBy: ":")
    if parts == ["-"] { return Problem(file: nil, place: nil, message: message, isPart: isPart, help: nil) }
    guard parts.count >= 2, let column = Int(parts.removeLast()), let line = Int(parts.removeLast()) else { return nil }
    return Problem(
      file: parts.isEmpty ? nil : parts.joined(separator: ":"), place: (line, column), message: message, isPart: isPart,
      help: nil)
  }
}

extension ConformanceCase {
  /// `Tests/Conformance`, beside this test's own folder.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance").resolvingSymlinksInPath()

  /// Every case in the order of its name. Files that begin with `_` belong to the cases beside them.
  static let all: [ConformanceCase] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    let cases = paths.sorted().filter { $0.hasSuffix(".dl") && !($0 as NSString).lastPathComponent.hasPrefix("_") }
    return cases.map { path in
      let file = folder.appendingPathComponent(path)
      let text = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return ConformanceCase(path: file.path, name: String(path.dropLast(3)), text: text)
    }
  }()

  /// The cases that are known not to pass yet, one name a line in `pending.txt`.
  static let pending: Set<String> = {
    let list = (try? String(contentsOf: folder.appendingPathComponent("pending.txt"), encoding: .utf8)) ?? ""
    return Set(list.components(separatedBy: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") })
  }()
}
