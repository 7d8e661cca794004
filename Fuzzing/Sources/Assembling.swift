import Language

/// Makes entries of lines, and holds the entries to their lines: each has the text of the lines from its first on, no line is in two of
/// them, and only blank lines are in none.
enum Assembling {
  static func run(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    var assembler = EntryAssembler()
    var next = 0
    for line in lines {
      for entry in assembler.append(line) { check(entry, lines, &next) }
    }
    if let entry = assembler.finish() { check(entry, lines, &next) }
    skip(to: lines.count, lines, &next)
    if assembler.isPending || assembler.release() != nil { fatalError("something is left after the end") }
  }

  private static func check(_ entry: Entry, _ lines: [String], _ next: inout Int) {
    skip(to: entry.line - 1, lines, &next)
    let count = entry.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).count
    guard next + count <= lines.count else { fatalError("an entry is longer than its lines") }
    let text = lines[next..<next + count].joined(separator: "\n")
    if !text.utf8.elementsEqual(entry.text.utf8) { fatalError("an entry is not the text of its lines") }
    if count > 1 && entry.command != nil { fatalError("a command goes on beyond its line") }
    next += count
  }

  private static func skip(to line: Int, _ lines: [String], _ next: inout Int) {
    guard line >= next else { fatalError("an entry begins in the one before it") }
    for line in lines[next..<line] where !line.allSatisfy(\.isWhitespace) { fatalError("a line is in no entry") }
    next = line
  }
}
