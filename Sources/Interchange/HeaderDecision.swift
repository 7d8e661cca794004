import Diagnostics
import Evaluation
import Graphs
import Relations
import Terms

/// The first line of a table.
struct FirstLine {
  let start: Int
  /// Where the next line begins that is not empty.
  let end: Int
  /// How many fields it has.
  private(set) var count = 0
  /// What they are, without white space around them, as far as a relation may have columns.
  private(set) var names: [String] = []
  /// The first of them, as many as a message shows.
  private(set) var fields: [String] = []
  /// A field such that the line is probably no header: a number or a date.
  private(set) var data: String?
  /// Where the last field begins and ends.
  private(set) var last = 0..<0

  static let mostShown = 4

  /// - Parameter offset: where in the table the scanner's part begins.
  init(_ scanner: inout FieldScanner, at offset: Int) {
    start = offset + scanner.position
    repeat {
      scanner.next()
      count += 1
      if count <= Relation.mostColumns { names.append(Self.trimmed(scanner.text)) }
      if count <= Self.mostShown { fields.append(Self.shown(scanner.text)) }
      if data == nil && Self.isData(scanner.text) { data = Self.shown(scanner.text) }
    } while !scanner.isLast
    last = offset + scanner.start..<offset + scanner.end
    _ = scanner.skipEmptyLines()
    end = offset + scanner.position
  }

  /// Whether it has a field for each of some names.
  func has(_ names: [String]) -> Bool { names.allSatisfy(self.names.contains) }

  private static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
    let end = text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return String(decoding: text[start..<max(start, end)], as: UTF8.self)
  }

  private static func isData(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    !FieldNumber.any(text).isNone || text.count <= DateSpan.longestText && DateSpan(utf8: text) != nil
  }

  static func shown(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let whole = String(decoding: text.prefix(200), as: UTF8.self)
    let escaped = Text.escapedForTerminal(whole.count <= 30 ? whole : whole.prefix(30) + "…")
    return "`\(escaped)`"
  }
}

/// Whether the first line of a table names its columns, and why.
struct HeaderDecision {
  let isHeader: Bool
  private let line: FirstLine
  private let reason: Reason

  private enum Reason { case told, form, looks, named, otherCount }

  /// - Parameter relation: where the rows go, if it is there.
  init(_ form: TableForm, _ options: TableOptions, _ line: FirstLine, _ relation: StoredRelation?) {
    self.line = line
    let declared = relation?.declaration?.columns.compactMap(\.self) ?? []
    if let told = options.header {
      (isHeader, reason) = (told, .told)
    } else if !form.mayHaveHeader {
      (isHeader, reason) = (false, .form)
    } else if let columns = options.columns ?? (declared.isEmpty ? nil : declared), line.has(columns) {
      (isHeader, reason) = (true, .looks)
    } else if options.columns != nil {
      (isHeader, reason) = (false, .named)
    } else if let relation, line.count != relation.arity {
      (isHeader, reason) = (false, .otherCount)
    } else {
      (isHeader, reason) = (line.data == nil, .looks)
    }
  }

  /// Problems of which the first, where it lies in a line that was taken for data, tells so.
  func explaining(_ problems: [Diagnostic], _ notes: [String]) -> [Diagnostic] {
    guard reason == .looks, !isHeader, let span = problems.first?.span, span.start < line.end, let note = notes.first
    else { return problems }
    var explained = problems
    explained[0].notes.append(Diagnostic.Note(String(note.dropFirst(note.hasPrefix("note: ") ? "note: ".count : 0))))
    return explained
  }

  /// What was decided without being told, for whoever reads the table.
  func note(_ path: String, _ relation: String, _ form: TableForm, isRecognised: Bool) -> [String] {
    var parts: [String] = []
    if isRecognised { parts.append("fields are separated by \(form.shownSeparator)") }
    if reason == .looks {
      let names = line.fields.joined(separator: ", ") + (line.count > FirstLine.mostShown ? ", …" : "")
      let reading =
        isHeader ? "as the header (\(names))" : "as data, because \(line.data ?? names) is a number or a date"
      let statement = "import \(Value.name(relation)) \(Value.string(path)) {header: \(!isHeader)}."
      parts.append(
        "the first line is read \(reading); `\(statement)` reads it as \(isHeader ? "data" : "the header")")
    }
    return parts.isEmpty ? [] : ["note: \(path): \(parts.joined(separator: ", and "))"]
  }
}
