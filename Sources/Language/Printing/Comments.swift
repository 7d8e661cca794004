/// A comment of a source, or several that follow one another on a line.
struct Comment {
  /// Without the white space at its end.
  var text: String
  /// Where it stands in the source.
  var range: Range<Int>
  /// Whether an empty line stands between it and what is before it.
  var followsEmptyLine: Bool
  /// Whether only white space stands before it on its line.
  var beginsLine: Bool
}

/// The comments in a stretch of a source, wherever they stand: between statements or within one.
struct Comments {
  private(set) var all: [Comment] = []
  /// Whether an empty line stands behind what comes last.
  private(set) var endWithEmptyLine = false

  /// - Parameter range: begins and ends between words.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    var lineBreaks = 0
    var beginsLine = range.lowerBound == Self.start(bytes)
    while index < range.upperBound {
      let byte = bytes[index]
      if let end = Self.endOfComment(bytes, index) {
        add(bytes, index..<end, beginsLine: beginsLine, lineBreaks: lineBreaks)
        (index, lineBreaks, beginsLine) = (end, 0, false)
      } else if Characters.isSpace(byte) {
        if byte == 0x0A { (lineBreaks, beginsLine) = (lineBreaks + 1, true) }
        index += 1
      } else {
        index = Self.endOfWord(bytes, index)
        (lineBreaks, beginsLine) = (0, false)
        lastWordEnd = index
      }
    }
    endWithEmptyLine = lineBreaks > 1
  }

  private var lastWordEnd = -1

  private mutating func add(_ bytes: [UInt8], _ range: Range<Int>, beginsLine: Bool, lineBreaks: Int) {
    let text = Self.text(bytes[range])
    if let last = all.last, lineBreaks == 0, lastWordEnd <= last.range.lowerBound {
      all[all.count - 1].text += " " + text
      all[all.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      all.append(Comment(text: text, range: range, followsEmptyLine: lineBreaks > 1, beginsLine: beginsLine))
    }
  }

  /// Where a source begins, behind a byte order mark.
  static func start(_ bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The end of the comment or the `#!` line that begins at an offset.
  private static func endOfComment(_ bytes: [UInt8], _ index: Int) -> Int? {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    let isScriptLine = bytes[index] == UInt8(ascii: "#") && next == UInt8(ascii: "!") && index == start(bytes)
    if bytes[index] == UInt8(ascii: "%") || isScriptLine { return bytes[index...].firstIndex(of: 0x0A) ?? bytes.count }
    guard bytes[index] == UInt8(ascii: "/"), next == UInt8(ascii: "*") else { return nil }
    var end = index + 2
    while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "*") && bytes[end + 1] == UInt8(ascii: "/")) { end += 1 }
    return Swift.min(end + 2, bytes.count)
  }

  /// The end of a string or quoted name, in which nothing is a comment, or of any other byte.
  private static func endOfWord(_ bytes: [UInt8], _ index: Int) -> Int {
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return index + 1 }
    var end = index + 1
    while end < bytes.count, bytes[end] != quote { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
    return Swift.min(end + 1, bytes.count)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(
      decoding: bytes[..<(bytes.lastIndex { !Characters.isSpace($0) }.map { $0 + 1 } ?? bytes.startIndex)],
      as: UTF8.self)
  }
}
