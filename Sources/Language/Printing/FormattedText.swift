/// The lines of a formatted source, as they come together.
struct FormattedText {
  private(set) var text = ""
  private let bytes: [UInt8]
  /// How many columns the last line takes.
  private var column = 0
  /// Whether a comment stands on the last line, behind which no other may stand.
  private var endsWithComment = false

  /// - Parameter bytes: the source that is formatted.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func addEmptyLine() {
    if !text.isEmpty { text += "\n" }
  }

  /// Adds what stands between a statement, where there is one, and the next.
  mutating func add(_ comments: Comments, after statement: Range<Int>?) {
    for (index, comment) in comments.all.enumerated() {
      if index == 0, let statement, !comment.beginsLine, !endsWithComment {
        addAtEndOfLine(comment, of: statement)
      } else {
        if comment.followsEmptyLine { addEmptyLine() }
        addLine(comment.text)
      }
    }
  }

  /// Adds a statement that took up a stretch of the source, with the comments in it.
  mutating func add(_ statement: Statement, _ range: Range<Int>) {
    let comments = Comments(bytes, range).all
    if !comments.isEmpty, let layout = Layout(statement) {
      let placed = PlacedComments(comments, among: layout.pieces)
      for comment in placed.before[0] { addLine(comment.text) }
      if placed.areWithin { return add(layout.pieces, placed, range) }
      addLine(statement.source)
      if let last = placed.behind.last, let comment = last { addAtEndOfLine(comment, of: range) }
    } else {
      for comment in comments { addLine(comment.text) }
      addLine(statement.source)
    }
  }

  private mutating func add(_ pieces: [Layout.Piece], _ comments: PlacedComments, _ statement: Range<Int>) {
    for (index, piece) in pieces.enumerated() {
      if index > 0 {
        let indent = String(piece.lines[0].prefix { $0 == " " })
        for comment in comments.before[index] { addLine(indent + comment.text) }
      }
      for line in piece.lines { addLine(line) }
      if let comment = comments.behind[index] { addAtEndOfLine(comment, of: statement) }
    }
  }

  private mutating func addLine(_ line: String) {
    text += line + "\n"
    column = line.unicodeScalars.reduce(0) { $1 == "\n" ? 0 : $0 + 1 }
    endsWithComment = false
  }

  /// Puts a comment behind the last line: in the column in which it stood where that makes a table with others.
  private mutating func addAtEndOfLine(_ comment: Comment, of statement: Range<Int>) {
    let gap = Swift.max(2, (tableColumn(of: comment, of: statement) ?? 0) - column)
    text.removeLast()
    text += String(repeating: " ", count: gap) + comment.text + "\n"
    endsWithComment = true
  }

  /// The column of a comment that stands more than two blanks behind what it follows, on a line that begins in a
  /// statement.
  private func tableColumn(of comment: Comment, of statement: Range<Int>) -> Int? {
    let start = comment.range.lowerBound
    let near = bytes[Swift.max(0, start - Self.longestTableLine)..<start]
    let line = near[(near.lastIndex(of: 0x0A).map { $0 + 1 } ?? near.startIndex)...]
    guard line.startIndex == 0 || bytes[line.startIndex - 1] == 0x0A, !line.contains(0x09),
      line.reversed().prefix(while: { $0 == 0x20 }).count > 2,
      let code = line.firstIndex(where: { !Characters.isSpace($0) }), code >= statement.lowerBound
    else { return nil }
    return line.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// How many bytes before a comment its column is looked for.
  private static let longestTableLine = 1_000
}
