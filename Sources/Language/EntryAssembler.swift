/// One thing that was typed: a command or statements, of one line or several.
public struct Entry: Sendable {
  public var text: String
  /// The line of the script that it begins on, from 1.
  public var line: Int

  /// The text after the colon, where it is a command.
  public var command: Substring? {
    let trimmed = text.drop { $0 == " " || $0 == "\t" }
    return trimmed.first == ":" ? trimmed.dropFirst() : nil
  }

  /// What `?why`, `?why 3` or `?why --all …` and the like ask, as `:why` takes it; `nil` for any other entry.
  package var explanationOfAnswer: String? {
    let text = text.trimmed
    guard text.hasPrefix("?why") else { return nil }
    var rest = text.dropFirst(4).trimmed
    if rest.hasSuffix(".") { rest = String(rest.dropLast()).trimmed }
    let isOption = rest.hasPrefix(Self.allOption) || rest.hasPrefix(Self.idsOption)
    return rest.isEmpty || Int(rest) != nil || isOption ? rest : nil
  }

  package static let allOption = "--all"
  package static let idsOption = "--ids"

  /// Whether it ends with its line.
  var isOneLine: Bool { command != nil || explanationOfAnswer != nil }
}

/// Makes entries of lines: statements go on until they are complete, commands end with their line.
///
/// A query that is complete without its full stop may still go on: it is held until the next line, which goes on with it
/// where it begins with `|`, `,`, `;` or `)`. At the prompt nothing is held, for whoever types waits for the answer.
public struct EntryAssembler {
  private var pending = ""
  private var firstLine = 1
  private var lineCount = 0
  private var held: Entry?
  /// The length from which it is asked again whether a long entry is complete.
  private var nextCheck = 0

  public init() {}

  /// Whether an entry was begun that is not complete.
  public var isPending: Bool { !pending.isEmpty }

  /// What has been typed of an entry that is not complete.
  package var context: String { pending }

  /// Takes a line, and gives the entries that are complete with it.
  public mutating func append(_ line: String) -> [Entry] {
    lineCount += 1
    var entries: [Entry] = []
    if let entry = release() {
      if Self.goesOn(line) {
        pending = entry.text
        firstLine = entry.line
      } else {
        entries.append(entry)
      }
    }
    if pending.isEmpty {
      if line.allSatisfy(\.isWhitespace) { return entries }
      firstLine = lineCount
      pending = line
    } else {
      pending += "\n" + line
    }
    let isOneLine = firstLine == lineCount && Entry(text: pending, line: firstLine).isOneLine
    if !isOneLine && isIncomplete() { return entries }
    let entry = Entry(text: pending, line: firstLine)
    pending = ""
    nextCheck = 0
    if isOneLine || entry.text.trimmed.hasSuffix(".") { return entries + [entry] }
    held = entry
    return entries
  }

  /// The entry that is complete, unless another line goes on with it.
  public mutating func release() -> Entry? {
    defer { held = nil }
    return held
  }

  /// The entry that the input ends with, complete or not.
  public mutating func finish() -> Entry? {
    defer { pending = "" }
    return release() ?? (pending.isEmpty ? nil : Entry(text: pending, line: firstLine))
  }

  package mutating func drop() {
    pending = ""
    nextCheck = 0
    held = nil
  }

  /// A bracket that is never closed makes the rest of the input one entry. Asking at each of its lines would take time by
  /// the square of its length, so that beyond what anyone types it is asked whenever the entry has grown by an eighth.
  private mutating func isIncomplete() -> Bool {
    let length = pending.utf8.count
    if length < nextCheck { return true }
    nextCheck = length < 1 << 13 ? 0 : length + length / 8
    return Parser.isIncomplete(pending)
  }

  private static func goesOn(_ line: String) -> Bool {
    guard let first = line.first(where: { !$0.isWhitespace }) else { return false }
    return "|,;)".contains(first)
  }
}
