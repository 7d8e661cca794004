import Terms

extension Diagnostic {
  /// The diagnostic as people read it: message, place, the line with carets beneath it, help and notes.
  ///
  /// What comes from a text is escaped, so that no control character reaches a terminal, and long names are cut. The last line has no line break.
  /// - Parameter parting: the lines of a message that begins so far to the right; the excerpts of a source stay as they are.
  public func rendered(
    color: Bool, parting: @escaping (_ text: String, _ indentation: Int) -> [String] = { text, _ in [text] }
  ) -> String {
    var renderer = DiagnosticRenderer(color: color, parting: parting)
    renderer.headline(
      "\(severity.rawValue)[\(code.rawValue)]", shown(message), severity == .error ? .red : .yellow)
    let margin = span.map { renderer.excerpt($0, mark: severity == .error ? .red : .yellow) } ?? 0
    if let help { renderer.remark("help", shown(help), margin) }
    for note in notes where note.span == nil {
      renderer.remark("note", shown(note.message), margin)
    }
    for note in notes {
      guard let span = note.span else { continue }
      renderer.headline("note", shown(note.message), .blue)
      _ = renderer.excerpt(span, mark: .blue)
    }
    return renderer.lines.joined(separator: "\n")
  }

  private func shown(_ text: String) -> String { Text.escapedForTerminal(Text.abridged(text)) }
}

struct DiagnosticRenderer {
  enum Color: String {
    case red = "31"
    case yellow = "33"
    case blue = "34"
    case bold = ""
  }

  let color: Bool
  let parting: (_ text: String, _ indentation: Int) -> [String]
  var lines: [String] = []

  /// How many characters of a long line are shown before the place, and how many from it on.
  static let charactersBefore = 50
  static let charactersFrom = 70

  private func painted(_ text: String, _ paint: Color) -> String {
    guard color, !text.isEmpty else { return text }
    return paint == .bold ? "\u{1B}[1m\(text)\u{1B}[0m" : "\u{1B}[1;\(paint.rawValue)m\(text)\u{1B}[0m"
  }

  mutating func headline(_ kind: String, _ message: String, _ paint: Color) {
    hang(message, from: painted("\(kind):", paint) + " ", indentation: kind.count + 2, .bold)
  }

  mutating func remark(_ kind: String, _ message: String, _ margin: Int) {
    let start = String(repeating: " ", count: margin) + painted(" =", .blue) + " " + painted("\(kind):", .bold) + " "
    hang(message, from: start, indentation: margin + 3 + kind.count + 2, nil)
  }

  /// Adds a message behind what begins it, and below it whatever does not fit, as far to the right.
  private mutating func hang(_ message: String, from start: String, indentation: Int, _ paint: Color?) {
    for (number, part) in parting(message, indentation).enumerated() {
      let before = number == 0 ? start : String(repeating: " ", count: indentation)
      lines.append(before + (paint.map { painted(part, $0) } ?? part))
    }
  }

  /// Adds the place and its line; gives the width of the line's number.
  mutating func excerpt(_ span: SourceSpan, mark: Color) -> Int {
    let (line, column) = span.file.position(of: span.start)
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let (before, marked, after) = Self.pieces(span)
    let bar = painted("|", .blue)
    lines.append("\(margin)\(painted("-->", .blue)) \(Text.escapedForTerminal(span.file.name)):\(line):\(column)")
    lines.append("\(margin) \(bar)")
    lines.append("\(painted(number, .blue)) \(bar) \(before)\(marked)\(after)")
    let indent = String(repeating: " ", count: Text.displayWidth(before))
    let carets = String(repeating: "^", count: Swift.max(1, Text.displayWidth(marked)))
    lines.append("\(margin) \(bar) \(indent)\(painted(carets, mark))")
    return number.count
  }

  /// What is shown of the span's first line: before the span, within it and behind it.
  private static func pieces(_ span: SourceSpan) -> (before: String, marked: String, after: String) {
    let bytes = span.file.bytes
    let line = span.file.lineRange(of: span.start)
    let start = Swift.min(Swift.max(span.start, line.lowerBound), line.upperBound)
    let end = Swift.min(Swift.max(span.end, start), line.upperBound)
    var first = line.lowerBound
    var last = line.upperBound
    if start - first > 2 * charactersBefore { first = moved(start, by: -charactersBefore, in: bytes, line) }
    if last - start > 2 * charactersFrom { last = moved(start, by: charactersFrom, in: bytes, line) }
    let shown = { (from: Int, to: Int) in
      Text.escapedForTerminal(expanded(String(decoding: bytes[from..<Swift.max(from, to)], as: UTF8.self)))
    }
    return (
      (first > line.lowerBound ? "…" : "") + shown(first, start), shown(start, Swift.min(end, last)),
      shown(Swift.min(end, last), last) + (last < line.upperBound ? "…" : "")
    )
  }

  /// An offset moved by code points within a line.
  private static func moved(_ offset: Int, by count: Int, in bytes: [UInt8], _ line: Range<Int>) -> Int {
    var offset = offset
    for _ in 0..<abs(count) {
      repeat {
        offset += count < 0 ? -1 : 1
      } while offset > line.lowerBound && offset < line.upperBound
        && bytes[offset] & 0xC0 == 0x80
      if offset <= line.lowerBound || offset >= line.upperBound { break }
    }
    return Swift.min(Swift.max(offset, line.lowerBound), line.upperBound)
  }

  private static func expanded(_ text: String) -> String {
    text.contains("\t") ? text.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    ") : text
  }
}
