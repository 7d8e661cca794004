/// Rewrites a source in canonical form and keeps its comments, its order and, between statements, its empty lines.
///
/// Comments within a statement come before it. A `#!` line stays.
public enum Formatter {
  /// The source's text in canonical form. Throws ``Diagnostics`` where it can't be parsed: then nothing is to be rewritten.
  public static func format(_ file: SourceFile) throws(Diagnostics) -> String {
    var parser = Parser(file, mode: .file)
    var output = Output()
    var position = 0
    while let statement = parser.next() {
      let range = parser.statementRange
      output.add(Trivia(file.bytes[position..<range.lowerBound], isFirst: position == 0), before: true)
      for comment in Trivia(file.bytes[range], isFirst: false).inner { output.line(comment) }
      output.line(statement.source)
      output.keepsGap = file.bytes[range].elementsEqual(statement.source.utf8)
      position = range.upperBound
    }
    if !parser.diagnostics.isEmpty { throw Diagnostics(parser.diagnostics) }
    output.add(Trivia(file.bytes[position...], isFirst: position == 0), before: false)
    return output.text
  }

  /// The lines of the result.
  private struct Output {
    private(set) var text = ""
    /// Whether the last statement stood as it is written now, so that a comment behind it stands as it stood.
    var keepsGap = false

    mutating func line(_ line: String) { text += line + "\n" }

    /// Comments and empty lines: what follows a statement on its line stays there.
    mutating func add(_ trivia: Trivia, before: Bool) {
      if let trailing = trivia.trailing, text.hasSuffix("\n") {
        text.removeLast()
        text += "\(keepsGap ? trivia.gap : "  ")\(trailing)\n"
      }
      for item in trivia.items {
        if item.hasEmptyLineBefore && !text.isEmpty { text += "\n" }
        line(item.text)
      }
      if before && trivia.endsWithEmptyLine && !text.isEmpty { text += "\n" }
    }
  }
}

/// What stands between statements: comments, with the empty lines around them.
private struct Trivia {
  struct Item {
    var text: String
    var hasEmptyLineBefore: Bool
  }

  /// A comment on the line on which the statement before ends, and the blanks before it.
  private(set) var trailing: String?
  private(set) var gap = ""
  private(set) var items: [Item] = []
  private(set) var endsWithEmptyLine = false
  /// The comments, wherever they stand.
  private(set) var inner: [String] = []

  init(_ bytes: ArraySlice<UInt8>, isFirst: Bool) {
    var index = bytes.startIndex
    var lineBreaks = isFirst ? 1 : 0
    while index < bytes.endIndex {
      let byte = bytes[index]
      if let end = Self.endOfComment(bytes, index, isFirst: isFirst) {
        let text = Self.text(bytes[index..<end])
        inner.append(text)
        if lineBreaks == 0 && trailing == nil && items.isEmpty {
          trailing = text
          gap = String(decoding: bytes[bytes.startIndex..<index], as: UTF8.self)
        } else {
          items.append(Item(text: text, hasEmptyLineBefore: lineBreaks > 1))
        }
        lineBreaks = 0
        index = end
      } else if let end = Self.endOfQuote(bytes, index) {
        index = end
      } else {
        if byte == 0x0A { lineBreaks += 1 }
        index += 1
      }
    }
    endsWithEmptyLine = lineBreaks > 1
  }

  private static func endOfComment(_ bytes: ArraySlice<UInt8>, _ index: Int, isFirst: Bool) -> Int? {
    let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
    let isScriptLine =
      isFirst && index == bytes.startIndex && bytes[index] == UInt8(ascii: "#") && next == UInt8(ascii: "!")
    if bytes[index] == UInt8(ascii: "%") || isScriptLine {
      return bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
    }
    guard bytes[index] == UInt8(ascii: "/"), next == UInt8(ascii: "*") else { return nil }
    var end = index + 2
    while end + 1 < bytes.endIndex, !(bytes[end] == UInt8(ascii: "*") && bytes[end + 1] == UInt8(ascii: "/")) {
      end += 1
    }
    return min(end + 2, bytes.endIndex)
  }

  /// The end of a string or quoted name, in which nothing is a comment.
  private static func endOfQuote(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int? {
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    var end = index + 1
    while end < bytes.endIndex, bytes[end] != quote { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(end + 1, bytes.endIndex)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var end = bytes.endIndex
    while end > bytes.startIndex, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x09 {
      end -= 1
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
