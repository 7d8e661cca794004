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
    /// What was decided and left out.
    var notes: [String]
  }

  /// Reads a long file piece by piece; `nil` where that can't be done or anything is wrong, which only a table in memory has places
  /// for.
  func piecewise(
    _ form: TableForm, _ admitted: TextFile.Admission, _ pieceSize: Int, _ proceed: (Int) -> Bool
  ) throws -> Rows?? {
    guard !form.hasQuotes, let text = TableText(path, form, admitted, pieceSize: pieceSize) else { return nil }
    do {
      return .some(try rows(of: text, SourceFile(name: path, bytes: []), proceed))
    } catch is TableText.Unfit, is Diagnostic {
      return nil
    }
  }

  /// Reads a table into memory first; `nil` where it has no rows, or it was not to go on.
  func whole(_ form: TableForm, _ admitted: TextFile.Admission, _ proceed: (Int) -> Bool) throws -> Rows? {
    var bytes = try TextFile.read(path, admitted)
    if bytes.starts(with: Self.byteOrderMark) { bytes.removeFirst(3) }
    let areASCII = bytes.withUnsafeBufferPointer(\.areASCII)
    let file = areASCII ? SourceFile(name: path, bytes: bytes) : try .reading(name: path, bytes: bytes)
    let read = file.bytes.withUnsafeBufferPointer { bytes in
      Result {
        let text = TableText(bytes, form)
        return try rows(of: recognised(text, bytes) ?? text, file, proceed)
      }
    }
    return try read.get()
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The same table with another separator where its fields are plainly not separated by commas: the first line holds none, and
  /// with the other one it has as many fields as the relation takes, or as the second line.
  private func recognised(_ text: TableText, _ bytes: UnsafeBufferPointer<UInt8>) throws -> TableText? {
    guard text.form.hasQuotes, options.separator == nil, let first = try firstLine(text), first.count == 1 else {
      return nil
    }
    for separator in [UInt8(ascii: ";"), UInt8(ascii: "\t")] {
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
    if let problem = try foreignText(text, file) { throw problem }
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
    if !reader.problems.isEmpty { throw Diagnostic(all: header.explaining(reader.problems, notes)) }
    if text.form.mayHaveHeader { notes += try survey.mixed.map { try mixedNote($0, text) } }
    notes += try emptyNote(reader.emptyRows, text)
    return Rows(target: target, tuples: target.arranged(reader.tuples), notes: notes)
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
      var reader = RowReader(file, target, graph, text.form, survey.kinds, empty)
      guard try reader.readAll(text, from: start, threads: areThreads ? threads : 1, proceed) else { return nil }
      guard let broken = reader.broken, reader.problems.count < Table.mostProblems else { return reader }
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

  private func emptyNote(_ rows: RowReader.EmptyRows, _ text: TableText) throws -> [String] {
    guard let first = rows.first else { return [] }
    let place = "\(path):\(try text.line(of: first.offset))"
    let those = rows.count == 1 ? "1 row is" : "\(rows.count) rows are"
    return [
      "note: \(place): field \(first.column + 1) is empty, so the row states nothing; in this table \(those) left out so"
    ]
  }

  private func tooWide(_ columns: Int, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .tooManyColumns, "the table has \(columns) columns; a relation has at most \(Relation.mostColumns)",
      at: SourceSpan(file, 0, min(1, file.bytes.count)), help: "split it into tables that share a column")
  }

  /// What is wrong with a table that is written as no table of ours is, though its bytes are UTF-8.
  private func foreignText(_ text: TableText, _ file: SourceFile) throws(TableText.Unfit) -> Diagnostic? {
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    guard let bytes = try text.lines(from: 0, in: memory)?.bytes else { return nil }
    if ForeignEncoding.isUTF16(bytes) {
      return Diagnostic(
        .notUTF8, "the text is not UTF-8: every second byte is 0", at: SourceSpan(file, 0, min(2, file.bytes.count)),
        help: "this looks like UTF-16: " + ForeignEncoding.conversion(from: "UTF-16", path))
    }
    guard text.form.mayHaveHeader, !bytes.contains(0x0A), !bytes.contains(0x22),
      let place = bytes.dropLast().firstIndex(of: 0x0D)
    else { return nil }
    return Diagnostic(
      .lineEnds, "the lines end with a carriage return alone", at: SourceSpan(file, place, place + 1),
      help: "convert them: `tr '\\r' '\\n' < \(path) > NEW`")
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
