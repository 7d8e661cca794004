import Graphs
import Language
import Relations
import Terms

/// Rows of a TSV or CSV file into a relation.
public enum Table {
  /// After this many mistakes a table is not read on.
  public static let mostProblems = 100

  /// States each row of a table as a fact and returns how many rows there were; nothing is stated where any is wrong.
  ///
  /// `.facts` is TSV without a header. `.tsv` and `.csv` have a header line, unless a field of their first line is
  /// written as a number or a date, which no header has. Empty lines are skipped. Fields are read by the types that the
  /// relation declares; where it declares none, or `any`, a field that is written as an integer is one and any other is
  /// a string. A relation that does not exist yet is made with as many columns as the first line has.
  ///
  /// - Parameters:
  ///   - threads: with more than one, a long table is scanned by one and its terms are made by another.
  ///   - proceed: is told now and then how many rows were read; where it answers false, nothing is stated.
  @discardableResult
  public static func read(
    _ path: String, into relation: String, of graph: Graph, threads: Int = 1,
    admitting admitted: TextFile.Admission = .anything, proceed: (Int) -> Bool = { _ in true }
  ) throws(Diagnostics) -> Int {
    try read(
      path, into: relation, of: graph, threads: threads, admitting: admitted, pieceSize: TableText.usualPieceSize,
      proceed: proceed)
  }

  /// - Parameter pieceSize: of how many bytes the pieces are in which a long file is read.
  static func read(
    _ path: String, into relation: String, of graph: Graph, threads: Int,
    admitting admitted: TextFile.Admission = .anything, pieceSize: Int, proceed: (Int) -> Bool = { _ in true }
  ) throws(Diagnostics) -> Int {
    do {
      guard let form = Form(path) else {
        throw Diagnostic(
          "`\(path)` is not known to be a table", help: "the name of a table ends with .tsv, .csv or .facts")
      }
      if let rows = try piecewise(path, form, into: relation, of: graph, threads, admitted, pieceSize, proceed) {
        return rows
      }
      var bytes = try TextFile.read(path, admitted)
      if bytes.starts(with: byteOrderMark) { bytes.removeFirst(3) }
      let areASCII = bytes.withUnsafeBufferPointer(\.areASCII)
      let file = areASCII ? SourceFile(name: path, bytes: bytes) : try .reading(name: path, bytes: bytes)
      let read = file.bytes.withUnsafeBufferPointer { bytes in
        Result {
          try rows(of: TableText(bytes, isCSV: form.isCSV), file, form, into: relation, of: graph, threads, proceed)
        }
      }
      return state(try read.get(), of: graph)
    } catch let problem as Diagnostic {
      throw Diagnostics([problem])
    } catch let problems as Diagnostics {
      throw problems
    } catch {
      throw Diagnostics([Diagnostic("cannot read `\(path)`: \(error)")])
    }
  }

  /// How a table is written.
  struct Form {
    var isCSV: Bool
    var mayHaveHeader: Bool

    init?(_ path: String) {
      let name = path.lowercased()
      isCSV = name.hasSuffix(".csv")
      mayHaveHeader = isCSV || name.hasSuffix(".tsv")
      guard mayHaveHeader || name.hasSuffix(".facts") else { return nil }
    }
  }

  private static func tooWide(_ columns: Int, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "the table has \(columns) columns; a relation has at most \(Relation.mostColumns)",
      at: SourceSpan(file, 0, min(1, file.bytes.count)), help: "split it into tables that share a column")
  }

  /// Reads a long file piece by piece; `nil`, and nothing is stated, where that can't be done or anything is wrong, which only a
  /// table in memory has places for.
  private static func piecewise(
    _ path: String, _ form: Form, into relation: String, of graph: Graph, _ threads: Int,
    _ admitted: TextFile.Admission, _ pieceSize: Int, _ proceed: (Int) -> Bool
  ) throws -> Int? {
    guard !form.isCSV, let text = TableText(path, admitted, pieceSize: pieceSize) else { return nil }
    do {
      let file = SourceFile(name: path, bytes: [])
      return state(try rows(of: text, file, form, into: relation, of: graph, threads, proceed), of: graph)
    } catch is TableText.Unfit, is Diagnostics {
      return nil
    }
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func state(_ read: (relation: StoredRelation, tuples: [UInt32])?, of graph: Graph) -> Int {
    guard let read else { return 0 }
    graph.state(read.relation, tuples: read.tuples)
    return read.tuples.count / max(1, read.relation.arity)
  }

  /// The tuples of all rows; `nil` where there are none, or it was not to go on.
  private static func rows(
    of text: TableText, _ file: SourceFile, _ form: Form, into name: String, of graph: Graph, _ threads: Int,
    _ proceed: (Int) -> Bool
  ) throws -> (StoredRelation, [UInt32])? {
    guard let first = try firstLine(text) else { return nil }
    guard first.count <= Relation.mostColumns else { throw Diagnostics([tooWide(first.count, file)]) }
    let relation = graph.relation(named: name) ?? graph.addRelation(name, arity: first.count)
    let isHeader = form.mayHaveHeader && !first.hasData && first.count == relation.arity
    var reader = RowReader(file, relation, graph)
    let isThreaded = threads > 1 && text.count >= fewThreadedBytes
    let hasEnded = try reader.readAll(
      text, from: isHeader ? first.end : first.start, threads: isThreaded ? threads : 1, proceed)
    if !hasEnded { return nil }
    if !reader.problems.isEmpty { throw Diagnostics(reader.problems) }
    return (relation, reader.tuples)
  }

  /// A table of fewer bytes is read sooner than it takes to start a thread, many times over.
  static let fewThreadedBytes = 1 << 18

  private struct FirstLine {
    var start: Int
    /// Where the next line begins that is not empty.
    var end: Int
    /// How many fields it has.
    var count = 0
    /// Whether one of them is such that the line is no header.
    var hasData = false
  }

  private static func firstLine(_ text: TableText) throws(TableText.Unfit) -> FirstLine? {
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    guard let part = try text.part(from: 0, in: memory) else { return nil }
    var scanner = FieldScanner(part, isCSV: text.isCSV)
    if !text.isInMemory && part.bytes.starts(with: byteOrderMark) { scanner.position = byteOrderMark.count }
    guard scanner.skipEmptyLines() else { return nil }
    var line = FirstLine(start: scanner.position, end: 0)
    repeat {
      scanner.next()
      line.count += 1
      line.hasData = line.hasData || !FieldNumber.any(scanner.text).isNone || isDate(scanner.text)
    } while !scanner.isLast
    _ = scanner.skipEmptyLines()
    line.end = scanner.position
    return line
  }

  private static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count <= 21 && DateSpan(utf8: text) != nil
  }
}
