import Glibc
import Terms

/// Reads the rows of a table that are of the usual form: from the bytes into a batch of values, without a look at the graph,
/// so that it may run on another thread than what interns the values.
struct RowScanner: ~Copyable {
  private let columns: UnsafeMutableBufferPointer<Column>
  /// How many numbers the rows so far take, one behind the other.
  private(set) var count = 0
  /// What words of any column begin with that end in numbers.
  private var prefixes: [NumberedPrefix] = []

  /// What reading a field of a column needs at once.
  private struct Column {
    let shortcut: ColumnReader.Shortcut
    /// A field that those below it repeat where rows come in order, without bytes where there is none, and the place of
    /// its number.
    var above = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var place = 0
    /// Which of the rows' prefixes its words begin with that end in numbers.
    var prefix: Int?
    /// How often the prefix may still change.
    var changes = 64

    /// Whether it takes integers, and decimals perhaps.
    let takesIntegers: Bool
    let takesOnlyIntegers: Bool
    /// Whether most fields are words; other strings are whatever stands between two separators.
    let takesWords: Bool

    init(_ shortcut: ColumnReader.Shortcut) {
      self.shortcut = shortcut
      takesOnlyIntegers = shortcut == .integers || shortcut == .plainIntegers
      takesIntegers = takesOnlyIntegers || shortcut == .decimals || shortcut == .plainDecimals
      takesWords = shortcut == .names || shortcut == .ids || shortcut == .words
    }
  }

  /// Whether an empty field is a text like any other.
  private let emptyIsText: Bool

  init(_ shortcuts: [ColumnReader.Shortcut], _ form: TableForm) {
    emptyIsText = form.emptyIsText
    columns = .allocate(capacity: shortcuts.count)
    _ = columns.initialize(from: shortcuts.map { Column($0) })
  }

  deinit { columns.deallocate() }

  /// Whether all columns take integers and nothing else.
  var mayBeIntegers: Bool { !columns.isEmpty && columns.allSatisfy(\.takesOnlyIntegers) }

  /// Reads rows until the batch is full or the table ends; false where the next row is of another form, at whose beginning the
  /// scanner then stands.
  mutating func read(_ scanner: inout FieldScanner, into batch: inout TermBatch) -> Bool {
    batch.take(prefixes)
    while !batch.isFull && scanner.skipEmptyLines() {
      let start = scanner.position
      if !readRow(&scanner, into: &batch) {
        scanner.position = start
        forget(from: count, &batch)
        return false
      }
    }
    return true
  }

  /// Reads a row; where it answers false, a part of it may be in the batch.
  @inline(__always) private mutating func readRow(
    _ scanner: inout FieldScanner, into batch: inout TermBatch
  ) -> Bool {
    let start = count
    var column = 0
    repeat {
      if column < columns.count, let prefix = columns[column].prefix, let word = scanner.next(prefixes[prefix]) {
        batch.add(
          utf8: word.text, asName: prefixes[prefix].isName, number: word.number, prefix: prefix, place: start &+ column)
        column &+= 1
        continue
      }
      if column < columns.count && columns[column].takesIntegers, let integer = scanner.nextShortInteger() {
        batch.add(integer: integer, place: start &+ column)
        column &+= 1
        continue
      }
      if column < columns.count && columns[column].takesWords, let word = scanner.nextWord() {
        guard addWord(word, column: column, place: start + column, to: &batch) else { return false }
        column += 1
        continue
      }
      scanner.next()
      guard column < columns.count, scanner.fault == nil, scanner.isInFile,
        add(scanner.text, column: column, place: start + column, to: &batch)
      else { return false }
      column += 1
    } while !scanner.isLast
    if column < columns.count { return false }
    count = start + column
    return true
  }

  /// Forgets the numbers from a place on, and where they were.
  mutating func forget(from place: Int, _ batch: inout TermBatch) {
    batch.forget(from: place)
    leavePart()
    count = place
  }

  /// Forgets the fields that were read, before their bytes give way to others.
  mutating func leavePart() {
    for column in columns.indices { columns[column].above = UnsafeBufferPointer(start: nil, count: 0) }
  }

  /// Goes on behind a row that was read otherwise.
  mutating func skip(to place: Int) { count = place }

  /// Adds a field of a column of texts that is a word of ASCII; false where it is to be a bare name and is none.
  @inline(__always) private mutating func addWord(
    _ word: UnsafeBufferPointer<UInt8>, column: Int, place: Int, to batch: inout TermBatch
  ) -> Bool {
    if addAbove(word, column: column, place: place, to: &batch) { return true }
    let shortcut = columns[column].shortcut
    let isName = shortcut != .words
    guard word.count <= TermDictionary.longestText, shortcut != .names || Text.isBareName(word: word) else {
      return false
    }
    batch.add(utf8: word, asName: isName, place: place)
    if columns[column].changes > 0 { choosePrefix(of: word, column, isName, &batch) }
    return true
  }

  /// Has the words below one begin as it does, as far as is known.
  private mutating func choosePrefix(
    of word: UnsafeBufferPointer<UInt8>, _ column: Int, _ isName: Bool, _ batch: inout TermBatch
  ) {
    // Written with `-=`, Swift 6.3 fails to compile it for the thread sanitizer.
    columns[column].changes = columns[column].changes - 1
    guard let prefix = NumberedPrefix(of: word, isName: isName) else { return }
    if let known = prefixes.firstIndex(of: prefix) {
      columns[column].prefix = known
    } else if prefixes.count < TermBatch.mostPrefixes {
      columns[column].prefix = prefixes.count
      prefixes.append(prefix)
      batch.take(prefixes)
    }
  }

  /// Adds a field that repeats the one above it; false for any other, which is then the one above the next.
  @inline(__always) private mutating func addAbove(
    _ text: UnsafeBufferPointer<UInt8>, column: Int, place: Int, to batch: inout TermBatch
  ) -> Bool {
    if columns[column].above.isEqual(to: text) {
      batch.add(copyOf: columns[column].place, place: place)
      return true
    }
    columns[column].above = text
    columns[column].place = place
    return false
  }

  /// Adds a field of the usual form to the batch; false for any other.
  @inline(__always) mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, column: Int, place: Int, to batch: inout TermBatch
  ) -> Bool {
    let shortcut = columns[column].shortcut
    if columns[column].takesIntegers, let integer = Self.integer(text, shortcut) {
      batch.add(integer: integer, place: place)
      return true
    }
    if addAbove(text, column: column, place: place, to: &batch) { return true }
    return add(text, shortcut, place, to: &batch)
  }

  @inline(__always) private static func integer(
    _ text: UnsafeBufferPointer<UInt8>, _ shortcut: ColumnReader.Shortcut
  ) -> Int64? {
    if let integer = FieldNumber.plainInteger(text) { return integer }
    guard shortcut == .integers || shortcut == .decimals else { return nil }
    return if case .integer(let integer) = FieldNumber.integer(text) { integer } else { nil }
  }

  private func add(
    _ text: UnsafeBufferPointer<UInt8>, _ shortcut: ColumnReader.Shortcut, _ place: Int, to batch: inout TermBatch
  ) -> Bool {
    guard text.count <= TermDictionary.longestText || shortcut == .skipped else { return false }
    if text.isEmpty && !emptyIsText && shortcut != .none && shortcut != .skipped {
      // The text of what is absent.
      batch.add(utf8: text, asName: true, place: place)
      return true
    }
    switch shortcut {
    case .integers, .plainIntegers, .none: return false
    case .skipped: break
    case .decimals, .plainDecimals:
      guard shortcut == .decimals || FieldNumber.isPlainDecimal(text),
        case .decimal(let decimal) = FieldNumber.any(text)
      else { return false }
      batch.add(decimal: decimal, place: place)
    case .strings, .words: batch.add(utf8: text, asName: false, place: place)
    case .names:
      guard Text.isBareName(utf8: text) else { return false }
      batch.add(utf8: text, asName: true, place: place)
    case .ids:
      // What begins with a quote may be a name in quotes.
      guard let first = text.first, first != UInt8(ascii: "'") else { return false }
      batch.add(utf8: text, asName: true, place: place)
    case .dates:
      guard let date = DateSpan(utf8: text) else { return false }
      batch.add(date: date, place: place)
    }
    return true
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
