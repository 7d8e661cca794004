import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Reads the rows of a table into tuples of terms, and gathers what is wrong with them.
struct RowReader: ~Copyable {
  /// The tuples so far, one behind the other.
  private(set) var tuples: [UInt32] = []
  /// The first things that are wrong, as many as are told, and how many there are.
  private(set) var problems: [Diagnostic] = []
  private(set) var problemCount = 0
  /// Where the rows begin in which something is wrong, if they are to be skipped, and what is wrong where.
  private(set) var skipped: [Int] = []
  private(set) var skippedProblems: [(offset: Int, message: String)] = []
  private static let mostListed = 100_000
  private let skips: Bool
  /// What is wrong with the row that is read.
  private var problemsOfRow: [Diagnostic] = []
  /// Where the first row begins that shows that a column is of another kind than it was taken for.
  private(set) var broken: Broken?
  private let file: SourceFile
  private let form: TableForm
  /// Where in the file the part begins that is read.
  private var partStart = 0
  private let target: RowTarget
  private var width: Int { target.fields.count }
  private let terms: TermDictionary
  private var readers: [ColumnReader]
  private var rows: RowScanner
  private var batch = TermBatch()
  /// Whether the next rows may be of integers alone: at the beginning, and behind rows of another form. So it does not depend on
  /// the number of threads, and neither do the numbers of terms.
  private var mayBeIntegers = true
  /// How many times more such rows are looked for where there may be few of them in a row.
  private var trials: Int
  private static let mostTrials = 16
  private static let fewIntegers = 1 << 14

  struct Broken {
    var offset: Int
    var column: Int
    var kind: ColumnKind
  }

  /// - Parameter kinds: what the columns hold that take anything.
  init(
    _ file: SourceFile, _ target: RowTarget, _ graph: Graph, _ form: TableForm, _ kinds: [ColumnKind?],
    _ empty: EmptyFields, skips: Bool
  ) {
    self.skips = skips
    self.file = file
    self.form = form
    self.target = target
    terms = graph.terms
    terms.readAll()
    readers = zip(target.fields, kinds).map {
      ColumnReader($0, $1, of: graph, empty, readsQuotedNames: form.mayHaveHeader)
    }
    rows = RowScanner(readers.map(\.shortcut), form)
    trials = rows.mayBeIntegers ? Self.mostTrials : 0
  }

  /// Reads the rows from an offset on, up to the end or to one by which a column is ``broken``; false
  /// where it was not to go on.
  ///
  /// With several threads rows of the usual form are scanned by another one, until one of another form comes: where these are
  /// many there is little for it to do.
  mutating func readAll(
    _ text: TableText, from start: Int, threads: Int, _ proceed: (Int) -> Bool
  ) throws(TableText.Unfit) -> Bool {
    var offset = start
    var threadsLeft = threads > 1 ? Self.mostThreads : 0
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    while broken == nil {
      if !(try readIntegers(text, &offset, threads: threads, proceed)) { return false }
      if threadsLeft > 0, problems.isEmpty, text.count - offset >= Table.fewThreadedBytes {
        threadsLeft -= 1
        if !(try readBeside(text, &offset, proceed)) { return false }
      } else {
        threadsLeft = 0
      }
      guard let part = try text.part(from: offset, in: memory) else { return true }
      partStart = part.range.lowerBound
      var scanner = FieldScanner(part, text.form)
      if !readRows(&scanner, oneThread: threadsLeft == 0, proceed) { return false }
      // What is wrong where is told of a table in memory.
      if !text.isInMemory && !problems.isEmpty { throw TableText.Unfit() }
      if !proceed(rowCount) { return false }
      offset = partStart + scanner.position
      text.makeRoom(in: &tuples, readTo: offset)
    }
    return true
  }

  private var rowCount: Int { tuples.count / max(1, width) }

  private static let mostThreads = 16

  /// Reads rows of short integers alone as far as there are; false where it was not to go on.
  private mutating func readIntegers(
    _ text: TableText, _ offset: inout Int, threads: Int, _ proceed: (Int) -> Bool
  ) throws(TableText.Unfit) -> Bool {
    guard mayBeIntegers, trials > 0, offset < text.count else { return true }
    mayBeIntegers = false
    let before = rowCount
    guard
      let read = try IntegerRows.read(
        text, from: &offset, width, by: terms, threads: threads, { proceed(before + $0) })
    else { return false }
    if read.count < Self.fewIntegers { trials -= 1 }
    if tuples.isEmpty { tuples = read } else { tuples += read }
    rows.skip(to: tuples.count)
    return true
  }

  /// Reads rows of the usual form that another thread scans, as far as there are; false where it was not to go on.
  private mutating func readBeside(
    _ text: TableText, _ offset: inout Int, _ proceed: (Int) -> Bool
  ) throws(TableText.Unfit) -> Bool {
    let memory = TableText.Memory()
    guard let part = try text.part(from: offset, in: memory),
      let thread = ScanningThread(readers.map(\.shortcut), text, from: part, in: memory, count: tuples.count)
    else { return true }
    let width = max(1, width)
    let end = try thread.intern(by: terms, into: &tuples) { proceed($0 / width) }
    if let end { offset = end }
    rows.skip(to: tuples.count)
    return end != nil
  }

  /// Reads the rows of a part; where others may go on behind a row of another form, up to the first such. False where it was not
  /// to go on.
  private mutating func readRows(
    _ scanner: inout FieldScanner, oneThread: Bool, _ proceed: (Int) -> Bool
  ) -> Bool {
    rows.leavePart()
    var reads = 0
    var isRegular = true
    while broken == nil && scanner.skipEmptyLines() {
      if !isRegular && (!oneThread || mayBeIntegers && trials > 0) { break }
      isRegular = rows.read(&scanner, into: &batch)
      tuples.append(contentsOf: repeatElement(0, count: rows.count - tuples.count))
      batch.intern(by: terms, into: &tuples)
      if !isRegular {
        readRow(&scanner)
        rows.skip(to: tuples.count)
      }
      reads += 1
      if reads & 0xFF == 0 && !proceed(rowCount) { return false }
    }
    batch.intern(by: terms, into: &tuples)
    return true
  }

  /// Reads a row that need not be of the usual form.
  private mutating func readRow(_ scanner: inout FieldScanner) {
    mayBeIntegers = true
    let arity = width
    let start = scanner.position
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
        if isBatched {
          tuples.append(0)
        } else {
          tuples.append(detour(scanner, column: count, ofRowAt: start))
        }
      } else if count == arity {
        firstTooMany = scanner.start
      }
      count += 1
    } while !scanner.isLast
    if count == arity && problemsOfRow.isEmpty && broken == nil { return }
    tuples.removeLast(tuples.count - tuplesBefore)
    rows.forget(from: tuplesBefore, &batch)
    if count != arity && isWellFormed {
      // What was read into the wrong columns says nothing of the row.
      problemsOfRow = []
      let place = count > arity ? firstTooMany : start
      problemsOfRow.append(wrongCount(count, span(place, scanner.end)))
    }
    problemCount += problemsOfRow.count
    if skips && !problemsOfRow.isEmpty {
      skipped.append(partStart + start)
      let room = Self.mostListed - skippedProblems.count
      skippedProblems += problemsOfRow.prefix(room).map { ($0.span?.start ?? partStart + start, $0.message) }
    }
    problems += problemsOfRow.prefix(Table.mostProblems - problems.count)
    problemsOfRow = []
  }

  /// The term of a field by the full rules; where it can have none, a problem and a term of no meaning.
  private mutating func detour(
    _ scanner: borrowing FieldScanner, column: Int, ofRowAt rowStart: Int
  ) -> UInt32 {
    let span = span(scanner.start, scanner.end)
    do throws(Diagnostic) {
      switch try readers[column].read(scanner.text, at: { span }) {
      case .term(let term): return term.number
      case .empty: return terms.intern(.absent).number
      case .other(let kind):
        if broken == nil { broken = Broken(offset: partStart + rowStart, column: column, kind: kind) }
      }
    } catch {
      problemsOfRow.append(error)
    }
    return 0
  }

  private mutating func report(_ scanner: borrowing FieldScanner) {
    switch scanner.fault {
    case .unclosedQuote:
      problemsOfRow.append(
        Diagnostic(
          .unclosedField, "the field in quotes is not closed", at: span(scanner.start, scanner.start + 1),
          help: "close it with `\"`; a `\"` within it is written twice"))
    case .textBehindQuote(let offset):
      problemsOfRow.append(
        Diagnostic(
          .badField, "expected `,` or the end of the line behind the closing quote", at: span(offset, scanner.end),
          help: "a `\"` within a field in quotes is written twice"))
    case nil: break
    }
  }

  /// What stands in the part that is read between two offsets.
  private func span(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(file, partStart + start, partStart + end) }

  private func wrongCount(_ count: Int, _ span: SourceSpan) -> Diagnostic {
    let notes = target.declaration.map {
      [Diagnostic.Note("it is declared as \(target.relation)\($0.signature)")]
    }
    return Diagnostic(
      .fieldCount,
      "expected \(width) \(width == 1 ? "field" : "fields") for `\(target.relation)`, not \(count)",
      at: span, help: separatorHelp(count, file.bytes.dropFirst(span.start).prefix(span.end - span.start)),
      notes: notes ?? [])
  }

  private func separatorHelp(_ count: Int, _ text: ArraySlice<UInt8>) -> String? {
    if count > width {
      if text.isEmpty { return "take the separator at the end of the line away" }
      return form.hasQuotes ? "a field that holds a \(form.shownSeparator) is enclosed in `\"`" : nil
    }
    guard count == 1 else { return nil }
    let other = Self.usualSeparators.first { $0 != form.separator && text.contains($0) }
    guard let other else { return nil }
    let written = other == 0x09 ? "\\t" : String(Character(Unicode.Scalar(other)))
    return "fields are separated by \(form.shownSeparator); "
      + "`import \(target.relation) \"\(FileName.stem(of: file.name)).\(FileName.ending(of: file.name))\" {separator: \"\(written)\"}` "
      + "reads others"
  }

  private static let usualSeparators: [UInt8] = [0x09, 0x3B, 0x2C, 0x7C, 0x20]
}
