/// What a column holds that no declaration speaks of: all of its fields decide it together, so that nothing is lost.
enum ColumnKind: Int, Comparable {
  case integers, decimals, texts

  /// The first kind whose values a field can be and give back as it is written.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    if FieldNumber.plainInteger(text) != nil {
      self = .integers
    } else {
      self = FieldNumber.isPlainDecimal(text) ? .decimals : .texts
    }
  }

  static func < (one: ColumnKind, other: ColumnKind) -> Bool { one.rawValue < other.rawValue }
}

/// Looks at the rows of a table for what the columns hold that no declaration speaks of.
struct ColumnSurvey {
  /// What each column holds as far as is known; `nil` where nothing says so yet.
  private var found: [ColumnKind?]
  /// The columns that are asked about and may still turn out to hold less.
  private var open: [Int]
  private let empty: EmptyFields
  /// The fields by which columns with numbers hold texts.
  private(set) var mixed: [Mixed] = []
  /// The first fields of columns that seem to be meant as numbers and are none, as long as no number follows.
  private var doubtful: [Int: Mixed] = [:]

  struct Mixed {
    var column: Int
    var offset: Int
    /// The field, as a message shows it.
    var text: String
  }

  /// - Parameter isUndeclared: for each column whether its fields decide what it holds.
  init(_ isUndeclared: [Bool], _ empty: EmptyFields) {
    found = isUndeclared.map { _ in nil }
    open = isUndeclared.indices.filter { isUndeclared[$0] }
    self.empty = empty
    asked = open
  }

  private let asked: [Int]

  /// For each column what it holds; `nil` where the declaration says it. Where no field says anything it is texts.
  var kinds: [ColumnKind?] {
    var kinds = found
    for column in asked where kinds[column] == nil { kinds[column] = .texts }
    return kinds
  }

  /// Whether there is a column of which no field seen so far says what it holds.
  var isUndecided: Bool { asked.contains { found[$0] == nil } }

  /// Forgets what was found.
  mutating func beginAnew() {
    for column in asked { found[column] = nil }
    (open, mixed, doubtful) = (asked, [], [:])
  }

  /// Notes that a column holds something of a kind.
  mutating func raise(_ column: Int, to kind: ColumnKind) {
    found[column] = max(found[column] ?? .integers, kind)
    if kind == .texts { open.removeAll { $0 == column } }
  }

  /// Looks at rows from an offset on, up to so many; false where it was not to go on.
  mutating func look(
    at text: TableText, from start: Int, most: Int = .max, _ proceed: (Int) -> Bool = { _ in true }
  ) throws(TableText.Unfit) -> Bool {
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    var (offset, rows) = (start, 0)
    while !open.isEmpty && rows < most, let part = try text.lines(from: offset, in: memory) {
      var scanner = FieldScanner(part, text.form)
      while !open.isEmpty && rows < most && scanner.skipEmptyLines() {
        look(atRow: &scanner, partStart: part.range.lowerBound)
        rows += 1
        if rows & 0xFFF == 0 && !proceed(rows) { return false }
      }
      offset = part.range.upperBound
    }
    open.removeAll { found[$0] == .texts }
    return true
  }

  private mutating func look(atRow scanner: inout FieldScanner, partStart: Int) {
    var (column, next) = (0, 0)
    var hasClosed = false
    repeat {
      scanner.next()
      if next < open.count && open[next] == column {
        next += 1
        if !empty.holds(scanner.text) {
          hasClosed = note(scanner.text, in: column, at: partStart + scanner.start) || hasClosed
        }
      }
      column += 1
    } while !scanner.isLast
    if hasClosed { open.removeAll { found[$0] == .texts && doubtful[$0] == nil } }
  }

  /// Notes what a field says of its column, and tells whether there is no more to know of that.
  private mutating func note(_ text: UnsafeBufferPointer<UInt8>, in column: Int, at offset: Int) -> Bool {
    let kind = ColumnKind(text)
    let before = found[column]
    found[column] = max(before ?? .integers, kind)
    if kind != .texts {
      guard let first = doubtful.removeValue(forKey: column) else { return false }
      mixed.append(first)
    } else if before != .texts {
      let field = Mixed(column: column, offset: offset, text: FirstLine.shown(text))
      if before != nil {
        mixed.append(field)
      } else if FieldNumber.seemsMeant(text) {
        doubtful[column] = field
        return false
      }
    }
    return doubtful[column] == nil
  }
}

/// Which fields of a table state nothing.
struct EmptyFields {
  /// What is written where nothing is known; without bytes where only empty fields say so.
  var marker: [UInt8] = []
  /// Whether a field without bytes is a text like any other.
  var areTexts = false

  /// Whether a field states nothing, unless its column holds texts.
  func holds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.isEmpty ? !areTexts : isMarker(text)
  }

  /// Whether a field is written as what is not known, whatever its column holds.
  func isMarker(_ text: UnsafeBufferPointer<UInt8>) -> Bool { !marker.isEmpty && text.elementsEqual(marker) }
}
