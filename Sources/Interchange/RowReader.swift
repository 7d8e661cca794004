import Graphs
import Language
import Relations
import Terms

/// Reads the rows of a table into tuples of terms, and gathers what is wrong with them.
struct RowReader: ~Copyable {
  /// The tuples so far, one behind the other.
  private(set) var tuples: [UInt32] = []
  private(set) var problems: [Diagnostic] = []
  private let file: SourceFile
  private let relation: StoredRelation
  private let terms: TermDictionary
  private var readers: [ColumnReader]
  private var rows: RowScanner
  private var batch = TermBatch()

  init(_ file: SourceFile, _ relation: StoredRelation, _ graph: Graph) {
    self.file = file
    self.relation = relation
    terms = graph.terms
    readers = (0..<relation.arity).map { ColumnReader(relation.types(at: $0), of: graph) }
    rows = RowScanner(readers.map(\.shortcut))
  }

  /// Reads the rows that are left, up to the end or to ``Table/mostProblems``; false where it was not to go on.
  mutating func readAll(_ scanner: inout FieldScanner, _ proceed: (Int) -> Bool) -> Bool {
    var reads = 0
    while problems.count < Table.mostProblems && scanner.skipEmptyLines() {
      if !Self.read(&rows, &scanner, &batch, by: terms, into: &tuples) {
        dropRoom()
        readRow(&scanner)
        rows.skip(to: tuples.count)
      }
      reads += 1
      if reads & 0xFF == 0 && !proceed(rows.count / max(1, relation.arity)) { return false }
    }
    dropRoom()
    batch.intern(by: terms, into: &tuples)
    return true
  }

  /// Takes the room for rows to come away from the tuples.
  private mutating func dropRoom() { tuples.removeLast(tuples.count - rows.count) }

  /// Reads some rows of the usual form, and interns their values; behind them the tuples have room for more. False where
  /// the next row is of another form.
  private static func read(
    _ rows: inout RowScanner, _ scanner: inout FieldScanner, _ batch: inout TermBatch, by terms: TermDictionary,
    into tuples: inout [UInt32]
  ) -> Bool {
    if tuples.count < rows.count + Relation.mostColumns {
      tuples.append(contentsOf: repeatElement(0, count: 4 * Relation.mostColumns))
    }
    let isRegular = tuples.withUnsafeMutableBufferPointer { numbers in
      rows.read(&scanner, into: &batch, RowScanner.Known(terms: terms, numbers: numbers))
    }
    batch.intern(by: terms, into: &tuples)
    return isRegular
  }

  /// Reads the rows that are left, most of them scanned on another thread; the rest is read as by ``readAll(_:_:)``.
  mutating func readAll(
    _ scanner: inout FieldScanner, beside makeScanner: (_ position: Int) -> FieldScanner, _ proceed: (Int) -> Bool
  ) -> Bool {
    terms.readAll()
    // A thread ends at a row of another form; where these are many there is little for it to do.
    for _ in 0..<Self.mostThreads where scanner.skipEmptyLines() && problems.isEmpty {
      guard let thread = ScanningThread(readers.map(\.shortcut), makeScanner(scanner.position), from: tuples.count)
      else { break }
      let width = max(1, relation.arity)
      let hasEnded = thread.intern(by: terms, into: &tuples) { count, position in
        scanner.position = position
        return proceed(count / width)
      }
      if !hasEnded { return false }
      if scanner.skipEmptyLines() { readRow(&scanner) }
      batch.intern(by: terms, into: &tuples)
    }
    rows.skip(to: tuples.count)
    return readAll(&scanner, proceed)
  }

  private static let mostThreads = 16

  /// Reads a row that need not be of the usual form.
  private mutating func readRow(_ scanner: inout FieldScanner) {
    let arity = relation.arity
    let start = scanner.position
    let problemsBefore = problems.count
    let tuplesBefore = tuples.count
    var count = 0
    var firstTooMany = 0
    var isWellFormed = true
    repeat {
      scanner.next()
      if scanner.fault != nil {
        isWellFormed = false
        report(scanner)
      } else if count < arity {
        let isBatched =
          scanner.isInFile && rows.add(scanner.text, column: count, place: tuples.count, to: &batch)
        tuples.append(isBatched ? 0 : detour(scanner, column: count))
      } else if count == arity {
        firstTooMany = scanner.start
      }
      count += 1
    } while !scanner.isLast
    if count == arity && problems.count == problemsBefore { return }
    tuples.removeLast(tuples.count - tuplesBefore)
    rows.forget(from: tuplesBefore, &batch)
    if count != arity && isWellFormed {
      // What was read into the wrong columns says nothing of the row.
      problems.removeLast(problems.count - problemsBefore)
      let place = count > arity ? firstTooMany : start
      problems.append(wrongCount(count, SourceSpan(file, place, scanner.end)))
    }
  }

  /// The term of a field by the full rules; where it has none, a problem and a term of no meaning.
  private mutating func detour(_ scanner: borrowing FieldScanner, column: Int) -> UInt32 {
    let file = file
    let (start, end) = (scanner.start, scanner.end)
    do throws(Diagnostic) {
      return try readers[column].term(scanner.text) { SourceSpan(file, start, end) }.number
    } catch {
      problems.append(error)
      return 0
    }
  }

  private mutating func report(_ scanner: borrowing FieldScanner) {
    switch scanner.fault {
    case .unclosedQuote:
      problems.append(
        Diagnostic(
          "the field in quotes is not closed", at: SourceSpan(file, scanner.start, scanner.start + 1),
          help: "close it with `\"`; a `\"` within it is written twice"))
    case .textBehindQuote(let offset):
      problems.append(
        Diagnostic(
          "expected `,` or the end of the line behind the closing quote", at: SourceSpan(file, offset, scanner.end),
          help: "a `\"` within a field in quotes is written twice"))
    case nil: break
    }
  }

  private func wrongCount(_ count: Int, _ span: SourceSpan) -> Diagnostic {
    let notes = relation.declaration.map {
      [Diagnostic.Note("it is declared as \(relation.name)\($0.signature)")]
    }
    return Diagnostic(
      "expected \(relation.arity) \(relation.arity == 1 ? "field" : "fields") for `\(relation.name)`, not \(count)",
      at: span, help: separatorHelp(count, file.bytes[span.start..<span.end]), notes: notes ?? [])
  }

  private func separatorHelp(_ count: Int, _ text: ArraySlice<UInt8>) -> String? {
    let isCSV = Table.Form(file.name)?.isCSV == true
    if count > relation.arity { return isCSV ? "a field that holds a `,` is enclosed in `\"`" : nil }
    guard count == 1 else { return nil }
    if isCSV { return text.contains(0x09) ? "fields of CSV are separated by `,`" : nil }
    return text.contains(0x2C) || text.contains(0x20) ? "fields are separated by tabs" : nil
  }
}
