import Glibc
import Graphs
import Language
import Terms

/// Reads the rows of a table into tuples of terms, and gathers what is wrong with them.
struct RowReader: ~Copyable {
  /// The tuples so far, one behind the other.
  private(set) var tuples: [UInt32] = []
  private(set) var problems: [Diagnostic] = []
  private let file: SourceFile
  private let relation: StoredRelation
  private var batch: TermBatch
  private var readers: [ColumnReader]
  private let columns: UnsafeMutableBufferPointer<Column>

  /// What reading a field of a column needs at once.
  private struct Column {
    var shortcut: ColumnReader.Shortcut
    /// A field that those below it repeat where rows come in order, without bytes where there is none, and the place of
    /// its number.
    var above = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var place = 0
  }

  init(_ file: SourceFile, _ relation: StoredRelation, _ graph: Graph) {
    self.file = file
    self.relation = relation
    batch = TermBatch(graph.terms)
    readers = (0..<relation.arity).map { ColumnReader(relation.types(at: $0), of: graph) }
    columns = .allocate(capacity: relation.arity)
    _ = columns.initialize(from: readers.map { Column(shortcut: $0.shortcut) })
  }

  deinit { columns.deallocate() }

  /// Reads the rows that are left, up to the end or to ``Table/mostProblems``.
  mutating func readAll(_ scanner: inout FieldScanner) {
    while problems.count < Table.mostProblems && scanner.skipEmptyLines() {
      readRow(&scanner)
      if batch.isFull { batch.intern(into: &tuples) }
    }
    batch.intern(into: &tuples)
  }

  @inline(__always) private mutating func readRow(_ scanner: inout FieldScanner) {
    let arity = columns.count
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
        let isBatched = scanner.isInFile && addToBatch(scanner.text, column: count)
        tuples.append(isBatched ? 0 : detour(scanner, column: count))
      } else if count == arity {
        firstTooMany = scanner.start
      }
      count += 1
    } while !scanner.isLast
    if count == arity && problems.count == problemsBefore { return }
    tuples.removeLast(tuples.count - tuplesBefore)
    batch.forget(from: tuplesBefore)
    for column in columns.indices { columns[column].above = UnsafeBufferPointer(start: nil, count: 0) }
    if count != arity && isWellFormed {
      // What was read into the wrong columns says nothing of the row.
      problems.removeLast(problems.count - problemsBefore)
      let place = count > arity ? firstTooMany : start
      problems.append(wrongCount(count, SourceSpan(file, place, scanner.end)))
    }
  }

  /// Takes a field of the usual form into the batch; false for any other.
  @inline(__always) private mutating func addToBatch(_ text: UnsafeBufferPointer<UInt8>, column: Int) -> Bool {
    let shortcut = columns[column].shortcut
    if shortcut == .integers || shortcut == .anything {
      if case .integer(let integer) = FieldNumber.integer(text) {
        batch.add(integer: integer, place: tuples.count)
        return true
      }
    }
    if columns[column].above.isEqual(to: text) {
      batch.add(copyOf: columns[column].place, place: tuples.count)
      return true
    }
    columns[column].above = text
    columns[column].place = tuples.count
    return addToBatch(text, shortcut)
  }

  private mutating func addToBatch(_ text: UnsafeBufferPointer<UInt8>, _ shortcut: ColumnReader.Shortcut) -> Bool {
    guard text.count <= TermDictionary.longestText else { return false }
    switch shortcut {
    case .integers, .none: return false
    case .anything:
      // What looks like a number may be one that is too great.
      guard FieldNumber.integer(text).isNone else { return false }
      batch.add(utf8: text, asName: false, place: tuples.count)
    case .strings: batch.add(utf8: text, asName: false, place: tuples.count)
    case .names:
      guard Text.isBareName(utf8: text) else { return false }
      batch.add(utf8: text, asName: true, place: tuples.count)
    case .dates:
      guard let date = DateSpan(utf8: text) else { return false }
      batch.add(date: date, place: tuples.count)
    }
    return true
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

extension UnsafeBufferPointer<UInt8> {
  /// Whether both are the same bytes, of which there are some. The last one differs most often.
  @inline(__always) fileprivate func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count, let base = baseAddress, let otherBase = other.baseAddress, count > 0,
      base[count - 1] == otherBase[count - 1]
    else { return false }
    return memcmp(base, otherBase, count) == 0
  }
}
