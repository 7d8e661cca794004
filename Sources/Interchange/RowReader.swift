import Graphs
import Language
import Terms

/// Reads the rows of a table into tuples of terms, and gathers what is wrong with them.
struct RowReader {
  /// The tuples so far, one behind the other.
  private(set) var tuples: [UInt32] = []
  private(set) var problems: [Diagnostic] = []
  private let file: SourceFile
  private let relation: StoredRelation
  private var batch: TermBatch
  private var columns: [ColumnReader]
  private let shortcuts: [ColumnReader.Shortcut]

  init(_ file: SourceFile, _ relation: StoredRelation, _ graph: Graph) {
    self.file = file
    self.relation = relation
    batch = TermBatch(graph.terms)
    columns = (0..<relation.arity).map { ColumnReader(relation.types(at: $0), of: graph) }
    shortcuts = columns.map(\.shortcut)
  }

  /// Reads the rows that are left, up to the end or to ``Table/mostProblems``; false where it was not to go on.
  mutating func readAll(_ scanner: inout FieldScanner, _ proceed: (Int) -> Bool) -> Bool {
    var batches = 0
    while problems.count < Table.mostProblems && scanner.skipEmptyLines() {
      readRow(&scanner)
      guard batch.count >= TermBatch.size else { continue }
      batch.intern(into: &tuples)
      batches += 1
      if batches & 0xFF == 0, !proceed(tuples.count / max(1, relation.arity)) { return false }
    }
    batch.intern(into: &tuples)
    return true
  }

  @inline(__always) private mutating func readRow(_ scanner: inout FieldScanner) {
    let arity = shortcuts.count
    let start = scanner.position
    let problemsBefore = problems.count
    let tuplesBefore = tuples.count
    let batchBefore = batch.count
    var count = 0
    var firstTooMany = 0
    var isWellFormed = true
    repeat {
      scanner.next()
      if scanner.fault != nil {
        isWellFormed = false
        report(scanner)
      } else if count < arity {
        let isBatched = scanner.isInFile && addToBatch(scanner.text, shortcuts[count])
        tuples.append(isBatched ? 0 : detour(scanner, column: count))
      } else if count == arity {
        firstTooMany = scanner.start
      }
      count += 1
    } while !scanner.isLast
    if count == arity && problems.count == problemsBefore { return }
    tuples.removeLast(tuples.count - tuplesBefore)
    batch.truncate(to: batchBefore)
    if count != arity && isWellFormed {
      // What was read into the wrong columns says nothing of the row.
      problems.removeLast(problems.count - problemsBefore)
      let place = count > arity ? firstTooMany : start
      problems.append(wrongCount(count, SourceSpan(file, place, scanner.end)))
    }
  }

  /// Takes a field of the usual form into the batch; false for any other.
  @inline(__always) private mutating func addToBatch(
    _ text: UnsafeBufferPointer<UInt8>, _ shortcut: ColumnReader.Shortcut
  ) -> Bool {
    switch shortcut {
    case .anything, .integers:
      switch FieldNumber.integer(text) {
      case .integer(let integer): batch.add(integer: integer, place: tuples.count)
      case .none where shortcut == .anything && text.count <= TermDictionary.longestText:
        batch.add(utf8: text, asName: false, place: tuples.count)
      default: return false
      }
    case .strings:
      guard text.count <= TermDictionary.longestText else { return false }
      batch.add(utf8: text, asName: false, place: tuples.count)
    case .names:
      guard text.count <= TermDictionary.longestText && Text.isBareName(utf8: text) else { return false }
      batch.add(utf8: text, asName: true, place: tuples.count)
    case .none: return false
    }
    return true
  }

  /// The term of a field by the full rules; where it has none, a problem and a term of no meaning.
  private mutating func detour(_ scanner: borrowing FieldScanner, column: Int) -> UInt32 {
    let file = file
    let (start, end) = (scanner.start, scanner.end)
    do throws(Diagnostic) {
      return try columns[column].term(scanner.text) { SourceSpan(file, start, end) }.number
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
