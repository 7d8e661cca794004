import Diagnostics
import Evaluation
import Graphs
import Language
import Relations
import Terms

/// How a table is read: as a whole or piece by piece, with or without its first line.
struct TableLoading {
  let path: String
  let relation: String
  let graph: Graph
  let options: TableOptions
  let threads: Int

  /// What was read.
  struct Rows {
    var target: RowTarget
    /// The tuples of all rows, one behind the other.
    var tuples: [UInt32]
    /// In which line each row begins, if the rows are to have a source.
    var lines: [Int]
    /// What is wrong with rows that were skipped, for a file.
    var skipped: [UInt8]
    /// What was decided and left out.
    var notes: [String]
  }

  /// Reads a long file piece by piece; `nil` where that can't be done or anything is wrong, which only a table in memory has places
  /// for.
  func piecewise(
    _ form: TableForm, _ admitted: TextFile.Admission, _ pieceSize: Int, _ proceed: (Int) -> Bool
  ) throws -> Rows?? {
    guard !form.hasQuotes, options.encoding == nil, let text = TableText(path, form, admitted, pieceSize: pieceSize)
    else { return nil }
    do {
      return .some(try rows(of: text, SourceFile(name: path, bytes: []), proceed))
    } catch is TableText.Unfit, is Diagnostic {
      return nil
    }
  }

  /// Reads a table into memory first; `nil` where it has no rows, or it was not to go on.
  func whole(_ form: TableForm, _ admitted: TextFile.Admission, _ proceed: (Int) -> Bool) throws -> Rows? {
    var encoding = TableEncoding(path, options.encoding)
    let read = try Gzip.expanded(TextFile.read(path, admitted), path, graph.pace)
    let bytes = try encoding.decoded(read)
    let areASCII = bytes.withUnsafeBufferPointer(\.areASCII)
    let file = areASCII ? SourceFile(name: path, bytes: bytes) : try .reading(name: path, bytes: bytes)
    let found = file.bytes.withUnsafeBufferPointer { bytes in
      Result {
        let text = TableText(bytes, form)
        return try rows(of: recognised(text, bytes) ?? text, file, proceed)
      }
    }
    var result = try found.get()
    result?.notes.insert(contentsOf: encoding.notes, at: 0)
    return result
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The same table with another separator where its fields are plainly not separated by commas: the first line holds none, and
  /// with the other one it has as many fields as the relation takes, or as the second line.
  private func recognised(_ text: TableText, _ bytes: UnsafeBufferPointer<UInt8>) throws -> TableText? {
    guard text.form.hasQuotes, options.separator == nil, let first = try firstLine(text), first.count == 1 else {
      return nil
    }
    for separator in [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
      var form = text.form
      form.separator = separator
      let other = TableText(bytes, form)
      guard let line = try firstLine(other), line.count > 1 else { continue }
      let expected = try graph.relation(named: relation)?.arity ?? firstLine(other, from: line.end)?.count
      if expected == line.count || expected == nil { return other }
    }
    return nil
  }

  /// Reads all rows; `nil` where there are none, or it was not to go on.
  private func rows(of text: TableText, _ file: SourceFile, _ proceed: (Int) -> Bool) throws -> Rows? {
    if try !text.isInMemory && isForeign(text) { throw TableText.Unfit() }
    guard let first = try firstLine(text) else { return nil }
    guard first.count <= Relation.mostColumns else { throw tooWide(first.count, file) }
    let stored = graph.relation(named: relation)
    let header = HeaderDecision(text.form, options, first, stored)
    let columns = TableColumns(path, header.isHeader, first, options)
    let target = try columns.target(relation, stored, file)
    let isRecognised = options.separator == nil && text.form.separator != TableForm(path)?.separator
    var notes = header.note(path, relation, text.form, isRecognised: isRecognised)
    notes += columns.notes(target, stored)
    let start = header.isHeader ? first.end : first.start
    let empty = EmptyFields(
      marker: options.empty.map { Text.nfc(Array($0.utf8)) } ?? [], areTexts: text.form.emptyIsText)
    var survey = ColumnSurvey(target.fields.map { $0?.contains(PositionType.any) == true }, empty)
    guard let reader = try readAll(text, from: start, target, file, &survey, empty, proceed) else { return nil }
    if !reader.problems.isEmpty && !options.skipsErrors {
      var problems = header.explaining(reader.problems, notes)
      let others = reader.problemCount - problems.count
      if others > 0 {
        problems[problems.count - 1].notes.append(
          Diagnostic.Note("there are \(others) more mistakes in this table; nothing of it is stated"))
      }
      throw Diagnostic(all: problems)
    }
    if text.form.mayHaveHeader { notes += try survey.mixed.map { try mixedNote($0, text) } }
    var tuples = target.arranged(reader.tuples)
    var lines = options.source == nil ? [] : try RowLines(text, from: start, without: reader.skipped).lines
    let silent = removeSilent(&tuples, &lines, target)
    if silent > 0 {
      notes.append(
        "note: \(path): \(silent == 1 ? "1 row is" : "\(silent) rows are") left out, for nothing stands in \(silent == 1 ? "it" : "them")"
      )
    }
    let list = SkippedRows.list(reader.skippedProblems, file)
    if !list.isEmpty { notes.append(SkippedRows.note(path, rows: reader.skipped.count)) }
    return Rows(target: target, tuples: tuples, lines: lines, skipped: list, notes: notes)
  }

  /// Reads the rows from an offset on, once more where they show that a column holds something else than its first rows let
  /// expect.
  private func readAll(
    _ text: TableText, from start: Int, _ target: RowTarget, _ file: SourceFile, _ survey: inout ColumnSurvey,
    _ empty: EmptyFields, _ proceed: (Int) -> Bool
  ) throws -> RowReader? {
    guard try survey.look(at: text, from: start, most: Self.fewRows, proceed) else { return nil }
    if survey.isUndecided {
      survey.beginAnew()
      guard try survey.look(at: text, from: start, proceed) else { return nil }
    }
    let areThreads = threads > 1 && text.count >= Table.fewThreadedBytes
    while true {
      var reader = RowReader(file, target, graph, text.form, survey.kinds, empty, skips: options.skipsErrors)
      guard try reader.readAll(text, from: start, threads: areThreads ? threads : 1, proceed) else { return nil }
      guard let broken = reader.broken else { return reader }
      guard try survey.look(at: text, from: broken.offset, proceed) else { return nil }
      survey.raise(broken.column, to: broken.kind)
    }
  }

  /// So many rows tell what a column probably holds.
  private static let fewRows = 64

  private func mixedNote(_ mixed: ColumnSurvey.Mixed, _ text: TableText) throws -> String {
    let place = "\(path):\(try text.line(of: mixed.offset))"
    return
      "note: \(place): \(mixed.text) is no plain number, so field \(mixed.column + 1) of every row is read as a text"
  }

  /// Takes away the rows that say nothing, and returns how many. One that gives no name, or names nothing, is such a row too.
  private func removeSilent(_ tuples: inout [UInt32], _ lines: inout [Int], _ target: RowTarget) -> Int {
    guard let absent = graph.absentTerm?.number else { return 0 }
    let width = target.order.count
    let needsAll = Graph.nameRelations.contains(relation)
    var kept = 0
    for row in stride(from: 0, to: tuples.count, by: width) {
      let fields = row..<row + width
      let isSilent =
        needsAll ? fields.contains { tuples[$0] == absent } : fields.allSatisfy { tuples[$0] == absent }
      if isSilent { continue }
      if !lines.isEmpty { lines[kept / width] = lines[row / width] }
      if kept < row { for column in 0..<width { tuples[kept + column] = tuples[row + column] } }
      kept += width
    }
    let silent = (tuples.count - kept) / width
    tuples.removeLast(tuples.count - kept)
    if !lines.isEmpty { lines.removeLast(silent) }
    return silent
  }

  private func tooWide(_ columns: Int, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .tooManyColumns, "the table has \(columns) columns; a relation has at most \(Relation.mostColumns)",
      at: SourceSpan(file, 0, min(1, file.bytes.count)), help: "split it into tables that share a column")
  }

  /// Whether a table is written as no table of ours is, though its bytes are UTF-8: it is to be brought into another form first.
  private func isForeign(_ text: TableText) throws(TableText.Unfit) -> Bool {
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    guard let bytes = try text.lines(from: 0, in: memory)?.bytes else { return false }
    return Gzip.isCompressed(bytes) || ForeignEncoding.isUTF16(bytes) || !bytes.contains(0x0A)
  }

  /// What the first line is that is not empty from an offset on; `nil` where there is none.
  private func firstLine(_ text: TableText, from offset: Int = 0) throws(TableText.Unfit) -> FirstLine? {
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    guard let part = try text.part(from: offset, in: memory) else { return nil }
    var scanner = FieldScanner(part, text.form)
    if !text.isInMemory && offset == 0 && part.bytes.starts(with: Self.byteOrderMark) {
      scanner.position = Self.byteOrderMark.count
    }
    guard scanner.skipEmptyLines() else { return nil }
    return FirstLine(&scanner, at: offset)
  }
}
