import Diagnostics
import Evaluation
import Graphs
import Terms

/// The first line of a table.
struct FirstLine {
  let start: Int
  /// Where the next line begins that is not empty.
  let end: Int
  /// How many fields it has.
  private(set) var count = 0
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
      if count <= Self.mostShown { fields.append(Self.shown(scanner.text)) }
      if data == nil && Self.isData(scanner.text) { data = Self.shown(scanner.text) }
    } while !scanner.isLast
    last = offset + scanner.start..<offset + scanner.end
    _ = scanner.skipEmptyLines()
    end = offset + scanner.position
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

  private enum Reason { case told, form, looks, otherCount }

  init(_ form: TableForm, _ options: TableOptions, _ line: FirstLine, arity: Int) {
    self.line = line
    if let told = options.header {
      (isHeader, reason) = (told, .told)
    } else if !form.mayHaveHeader {
      (isHeader, reason) = (false, .form)
    } else if line.count != arity {
      (isHeader, reason) = (false, .otherCount)
    } else {
      (isHeader, reason) = (line.data == nil, .looks)
    }
  }

  /// What is wrong with the first line as a header.
  func problem(_ file: SourceFile, _ relation: StoredRelation, isNew: Bool) -> Diagnostic? {
    guard isHeader else { return nil }
    if line.count != relation.arity {
      let fields = "\(line.count) \(line.count == 1 ? "field" : "fields")"
      return Diagnostic(
        .badHeader, "the header has \(fields), and `\(relation.name)` takes \(relation.arity)",
        at: SourceSpan(file, line.start, line.last.upperBound))
    }
    guard isNew, line.count > 1, line.last.isEmpty else { return nil }
    return Diagnostic(
      .badHeader, "the header ends with a separator, so that the last column has no name",
      at: SourceSpan(file, line.last.lowerBound, line.last.upperBound),
      help: "name the column, or take the separator at the end of each line away")
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
