import Language

/// One thing that was typed: a command or statements, of one line or several.
struct Entry {
  var text: String
  /// The line of the script that it begins on, from 1.
  var line: Int

  /// The text after the colon, where it is a command.
  var command: Substring? {
    let trimmed = text.drop { $0 == " " || $0 == "\t" }
    return trimmed.first == ":" ? trimmed.dropFirst() : nil
  }
}

/// Makes entries of lines: statements go on until they are complete, commands end with their line.
struct EntryAssembler {
  private var pending = ""
  private var firstLine = 1
  private var lineCount = 0

  var isPending: Bool { !pending.isEmpty }

  /// What has been typed of an entry that is not complete.
  var context: String { pending }

  mutating func append(_ line: String) -> Entry? {
    lineCount += 1
    if pending.isEmpty {
      if line.allSatisfy(\.isWhitespace) { return nil }
      firstLine = lineCount
      pending = line
    } else {
      pending += "\n" + line
    }
    let entry = Entry(text: pending, line: firstLine)
    if entry.command == nil && Parser.isIncomplete(pending) { return nil }
    pending = ""
    return entry
  }

  /// The entry that the input ended in, though it was not complete.
  mutating func finish() -> Entry? {
    defer { pending = "" }
    return pending.isEmpty ? nil : Entry(text: pending, line: firstLine)
  }

  mutating func drop() { pending = "" }
}
