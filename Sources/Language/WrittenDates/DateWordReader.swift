import Terms

/// Reads the words of a date: what stands before it, between two of them, and at last the pieces.
struct DateWordReader {
  typealias Words = ArraySlice<DateWord>

  private var words: Words
  let order: WrittenDate.Order?

  init(_ words: [DateWord], _ order: WrittenDate.Order?) throws(DateRefusal) {
    self.order = order
    self.words = try Self.withoutBrackets(words)[...]
  }

  /// Brackets say that somebody else wrote the date, and round ones hold a doubt; two days of two calendars are left alone.
  private static func withoutBrackets(_ words: [DateWord]) throws(DateRefusal) -> [DateWord] {
    for (place, word) in words.enumerated() where word == .sign("(") {
      let inner = words[(place + 1)...].prefix { $0 != .sign(")") }
      if inner.contains(where: { $0.number != nil }), inner.count < words.count - 2 {
        throw .no("it has a second date in parentheses")
      }
    }
    return words.filter { word in !"[](){}<>".contains { word == .sign($0) } }
  }

  mutating func read() throws(DateRefusal) -> WrittenDate.Reading {
    guard words.count > 0 else { throw .unknown }
    if let piece = try piece(words) { return .date(try piece.date(), piece.form) }
    if let bound = try bound() { return .date(bound, .bound) }
    if let interval = try interval() { return .date(interval, .interval) }
    let numbers = words.count { if case .number(_, digits: 4) = $0 { true } else { false } }
    throw numbers > 1 ? .no("it has several dates") : .unknown
  }

  /// `before 1870`, `po 1870`, `с 1870`, `не позднее 1870`.
  private mutating func bound() throws(DateRefusal) -> DateSpan? {
    let bare = qualified(words)
    guard let first = bare.words.first?.word else { return nil }
    let kinds: [DateVocabulary.Meaning] = [.notBefore, .before, .until, .after, .since]
    guard let kind = kinds.first(where: { DateVocabulary.means(first, $0) }),
      var piece = try piece(bare.words.dropFirst())
    else { return nil }
    piece.marks.formUnion(bare.marks)
    let date = try piece.date()
    let isExact = piece.marks.isEmpty
    let text =
      switch kind {
      case .before: "/\((isExact ? date.previous : date) ?? date)"
      case .until: "/\(date)"
      case .after: "\((isExact ? date.next : date) ?? date)/"
      case .since: "\(date)/.."
      default: "\(date)/"
      }
    return DateSpan(text)
  }

  /// `1870–1875`, `between 1870 and 1875`, `14–16 Feb 2013`, `1870–`.
  private func interval() throws(DateRefusal) -> DateSpan? {
    let bare = qualified(words, isLeading: true)
    var inner = bare.words
    if let first = inner.first?.word, DateVocabulary.means(first, .between) || DateVocabulary.means(first, .since) {
      inner.removeFirst()
    }
    var refusal: DateRefusal?
    for place in inner.indices where joins(inner[place]) {
      do throws(DateRefusal) {
        if let date = try interval(inner[..<place], inner[(place + 1)...], bare.marks) { return date }
      } catch {
        refusal = refusal ?? error
      }
    }
    if let refusal { throw refusal }
    return nil
  }

  private func joins(_ word: DateWord) -> Bool {
    switch word {
    case .sign("–"), .sign("-"), .sign("/"): true
    case .word(let word): [.to, .and, .or].contains { DateVocabulary.means(word, $0) }
    default: false
    }
  }

  private func interval(
    _ left: Words, _ right: Words, _ marks: DateSpan.Marks
  ) throws(DateRefusal) -> DateSpan? {
    if right.isEmpty || right.count == 1 && right.first?.word.map({ DateVocabulary.means($0, .now) }) == true {
      guard var piece = try piece(left) else { return nil }
      piece.marks.formUnion(marks)
      return DateSpan("\(try piece.date())/..")
    }
    if left.isEmpty {
      guard let piece = try piece(right) else { return nil }
      return DateSpan("/\(try piece.date())")
    }
    guard let first = try piece(left), let last = try piece(right) else { return nil }
    if case .season(24, let year?) = first.content, last.isYear(year + 1) { return try first.date() }
    var from = first.completed(by: last, isLater: false)
    var to = last.completed(by: first, isLater: true)
    from.marks.formUnion(marks)
    to.marks.formUnion(marks)
    let dates = (try from.date(), try to.date())
    guard let date = DateSpan(from: dates.0, to: dates.1) else { throw .no("the interval ends before it begins") }
    return date
  }

  /// Words without those at their ends that say how sure a date is.
  /// - Parameter isLeading: whether those at the end are left alone.
  func qualified(_ words: Words, isLeading: Bool = false) -> (words: Words, marks: DateSpan.Marks) {
    var words = words
    var marks: DateSpan.Marks = []
    while let first = words.first, let mark = mark(first), words.count > 1 {
      marks.formUnion(mark)
      words.removeFirst()
    }
    while !isLeading, let last = words.last, let mark = mark(last), words.count > 1, !isCentury(words) {
      marks.formUnion(mark)
      words.removeLast()
    }
    return (words, marks)
  }

  /// Whether words end with `c.` that is no `circa`: `19th c.`
  private func isCentury(_ words: Words) -> Bool {
    guard let last = words.last?.word, DateVocabulary.means(last, .century) else { return false }
    return words.dropLast().last?.word != nil || words.count { $0.number != nil } == 1
  }

  private func mark(_ word: DateWord) -> DateSpan.Marks? {
    switch word {
    case .sign("?"): .uncertain
    case .sign("~"), .sign("±"), .sign("≈"): .approximate
    case .word(let word):
      DateVocabulary.means(word, .approximate)
        ? .approximate : DateVocabulary.means(word, .uncertain) ? .uncertain : nil
    default: nil
    }
  }
}
