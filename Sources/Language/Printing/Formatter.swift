import Diagnostics

/// Rewrites a source in canonical form and keeps its comments, its order and, between statements, its empty lines.
///
/// A comment stays at the end of the line of what it follows, or before what it precedes. Within a statement that is a
/// literal or a pipe, which then has a line of its own; a comment elsewhere in a statement comes before it. A `#!` line
/// stays.
public enum Formatter {
  /// The source's text in canonical form. Throws ``Diagnostic`` where it can't be parsed: then nothing is to be rewritten.
  public static func format(_ file: SourceFile) throws(Diagnostic) -> String {
    var parser = Parser(file, mode: .file)
    var output = FormattedText(file.bytes)
    var statementBefore: Range<Int>?
    var position = Comments.start(file.bytes)
    while let statement = parser.next() {
      let range = parser.statementRange
      let between = Comments(file.bytes, position..<range.lowerBound)
      output.add(between, after: statementBefore)
      if between.endWithEmptyLine { output.addEmptyLine() }
      output.add(statement, range)
      statementBefore = range
      position = range.upperBound
    }
    if !parser.diagnostics.isEmpty { throw Diagnostic(all: parser.diagnostics) }
    output.add(Comments(file.bytes, position..<file.bytes.count), after: statementBefore)
    return output.text
  }
}
