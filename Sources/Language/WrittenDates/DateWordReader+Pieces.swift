import Terms

/// Reads a single date, or a part of one that another date completes.
extension DateWordReader {
  /// `nil` where the words are none.
  func piece(_ words: Words) throws(DateRefusal) -> DatePiece? {
    let (inner, marks) = qualified(words)
    guard !inner.isEmpty, var piece = try unmarked(inner) else { return nil }
    piece.marks.formUnion(marks)
    return piece
  }

  private func unmarked(_ words: Words) throws(DateRefusal) -> DatePiece? {
    if words.count == 1, let roman = words.first?.roman { return DatePiece(content: .lone(roman), form: .century) }
    if let century = century(words) { return century }
    if let decade = try decade(words) { return decade }
    if let part = try partOfLarger(words) { return part }
    if let numeric = try numeric(words) { return numeric }
    return try named(words)
  }

  // MARK: Centuries and decades

  private func means(_ word: DateWord?, _ meaning: DateVocabulary.Meaning) -> Bool {
    word?.word.map { DateVocabulary.means($0, meaning) } ?? false
  }

  /// `XIX a.`, `19th c.`, `19. Jh.`, `5 a. pr. Kr.`
  private func century(_ words: Words) -> DatePiece? {
    var rest = words.filter { $0 != .sign(".") }[...]
    let isEarly = means(rest.last, .beforeChrist)
    if isEarly || means(rest.last, .afterChrist) { rest.removeLast() }
    while means(rest.first, .noise) { rest.removeFirst() }
    guard means(rest.last, .century) else { return nil }
    rest.removeLast()
    if rest.count > 1, means(rest.last, .suffix) { rest.removeLast() }
    if rest.count == 2, rest.last == .sign("-") { rest.removeLast() }
    guard rest.count == 1, let only = rest.first, let number = only.roman ?? only.number, 1...99 ~= number else {
      return nil
    }
    return DatePiece(content: .century(isEarly ? -number : number), form: .century)
  }

  /// `1870s`, `1870-ieji`, `lata 1870`, `187-`, `70-е годы XIX века`, `XIX a. 8-asis dešimtmetis`.
  private func decade(_ words: Words) throws(DateRefusal) -> DatePiece? {
    if words.count >= 2, case .number(let number, let digits) = words[words.startIndex],
      words.dropFirst().allSatisfy({ $0 == .sign("-") }), digits + words.count - 1 == 4, digits < 4
    {
      return digits == 3
        ? DatePiece(content: .decade(number * 10), form: .decade)
        : digits == 2 ? DatePiece(content: .century(number + 1), form: .century) : nil
    }
    let signs: [DateWord] = [.sign("'"), .sign("-"), .sign(".")]
    let meaningful = words.filter { word in
      !signs.contains(word) && !(means(word, .noise) && !means(word, .years) && !means(word, .century))
    }
    guard let place = meaningful.firstIndex(where: { $0.number != nil }), let number = meaningful[place].number else {
      return nil
    }
    var others = meaningful
    others.remove(at: place)
    let words = others.filter { word in
      !means(word, .decade) && !means(word, .years) && (!means(word, .suffix) || means(word, .century))
    }
    let isDecade = others.contains { means($0, .decade) && !means($0, .noise) }
    let isYears = means(meaningful.first, .years) && number % 10 == 0
    guard isDecade || isYears else { return nil }
    if words.isEmpty { return try decade(of: number) }
    guard case .century(let century)? = century(words[...])?.content, century > 0 else { return nil }
    let isOrdinal = others.contains { word in ["desimt", "десяти"].contains { word.word?.hasPrefix($0) == true } }
    let years = isOrdinal && number <= 10 ? 10 * (number - 1) : number
    guard 0...90 ~= years, years % 10 == 0 else { return nil }
    return DatePiece(content: .decade((century - 1) * 100 + years), form: .decade)
  }

  private func decade(of number: Int) throws(DateRefusal) -> DatePiece {
    guard number % 10 == 0, number < 10_000 else { throw .no("a decade begins with a year that ends in 0") }
    if number >= 1000, number % 100 == 0 {
      let digits = String(number / 10)
      throw .ambiguous(["\(digits)X", "\(digits.dropLast())XX"].compactMap { DateSpan($0) })
    }
    return DatePiece(content: .decade(number), form: .decade)
  }

  /// `early 19th c.`, `XIX a. antroji pusė`, `late 1870s`.
  private func partOfLarger(_ words: Words) throws(DateRefusal) -> DatePiece? {
    for count in 1..<max(words.count, 2) {
      for (part, whole) in [
        (words.prefix(count), words.dropFirst(count)), (words.suffix(count), words.dropLast(count)),
      ] {
        guard let (place, places) = fraction(of: part) else { continue }
        var piece = century(whole)
        if piece == nil { piece = try decade(whole) }
        guard let piece else { continue }
        let isExact = part.contains { means($0, .half) || means($0, .quarter) || means($0, .third) } && places != 30
        return fraction(place, of: places == 30 ? 3 : places, piece, isExact: isExact)
      }
    }
    return nil
  }

  /// Which part of how many, 30 for three that are only about so; `nil` where the words tell no part.
  private func fraction(of words: Words) -> (place: Int, places: Int)? {
    let words = words.filter { word in
      word != .sign("-") && word != .sign(".") && !(means(word, .noise) && word.roman == nil)
        && !(means(word, .suffix) && !means(word, .half))
    }
    let ordinal = words.first.flatMap { word in word.number ?? word.roman ?? word.word.flatMap(DateVocabulary.ordinal) }
    if words.count == 2, let ordinal {
      let places = means(words[1], .half) ? 2 : means(words[1], .quarter) ? 4 : means(words[1], .third) ? 3 : 0
      return 1...max(places, 1) ~= ordinal && places > 0 ? (ordinal, places) : nil
    }
    guard words.count == 1 else { return nil }
    if means(words[0], .early) { return (1, 30) }
    if means(words[0], .middle) { return (2, 30) }
    return means(words[0], .late) ? (3, 30) : nil
  }

  private func fraction(_ place: Int, of places: Int, _ piece: DatePiece, isExact: Bool) -> DatePiece? {
    let (first, length) =
      switch piece.content {
      case .century(let number) where number > 0: (100 * (number - 1) + 1, 100)
      case .decade(let year) where year >= 100: (year, 10)
      default: (0, 0)
      }
    guard length > 0 else { return nil }
    let years = first + length * (place - 1) / places...first + length * place / places - 1
    return DatePiece(content: .years(years), marks: isExact ? [] : .approximate, form: .part)
  }

  // MARK: Numbers

  /// Numbers with signs between them.
  private func numeric(_ words: Words) throws(DateRefusal) -> DatePiece? {
    var words = words
    while means(words.last, .noise) { words.removeLast() }
    if words.last == .sign(".") { words.removeLast() }
    let numbers = words.filter { $0.number != nil || $0.roman != nil }
    let signs = words.compactMap { if case .sign(let sign) = $0 { sign } else { nil } }
    guard numbers.count == 3 || numbers.count == 2, numbers.count + signs.count == words.count,
      signs.allSatisfy({ "./-".contains($0) && $0 == signs[0] }), signs.count < numbers.count
    else { return nil }
    let isYear = numbers.map { if case .number(_, let digits) = $0 { digits == 4 } else { false } }
    let values = numbers.map { $0.number ?? $0.roman ?? 0 }
    let isRoman = numbers.map { $0.number == nil }
    if values.count == 2 { return try monthAndYear(values, isYear, isRoman, signs) }
    switch (isYear[0], isYear[1], isYear[2]) {
    case (true, false, false): return try day(values[0], values[1], values[2], .yearMonthDay)
    case (false, false, true):
      if isRoman[0] { return nil }
      return isRoman[1]
        ? try day(values[2], values[1], values[0], .day)
        : try dayAndMonth(values[0], values[1], of: values[2], signs)
    case (false, false, false):
      if isRoman.contains(true) { return nil }
      throw .no("the century of the year is missing")
    default: return nil
    }
  }

  private func day(_ year: Int, _ month: Int, _ day: Int, _ form: WrittenDate.Form) throws(DateRefusal) -> DatePiece {
    DatePiece(content: .calendar(year: year, month: month, day: day), form: form)
  }

  private func dayAndMonth(
    _ first: Int, _ second: Int, of year: Int, _ signs: [Character]
  ) throws(DateRefusal) -> DatePiece {
    let isDayFirst: Bool
    switch order {
    case .dayFirst: isDayFirst = true
    case .monthFirst: isDayFirst = false
    case .yearFirst: throw .no("the year stands at the end, and not first")
    case nil:
      if signs.allSatisfy({ $0 == "." }), !signs.isEmpty {
        isDayFirst = true
      } else if first > 12 || second > 12 || first == second {
        isDayFirst = second <= 12
      } else {
        let dates = [DateSpan(year: year, month: second, day: first), DateSpan(year: year, month: first, day: second)]
        throw .ambiguous(dates.compactMap(\.self))
      }
    }
    let (day, month) = isDayFirst ? (first, second) : (second, first)
    if month > 12, day <= 12, order != nil {
      throw .no("there is no month \(month): it seems to be \(isDayFirst ? "m/d/y" : "d/m/y")")
    }
    return try self.day(year, month, day, isDayFirst ? .dayMonthYear : .monthDayYear)
  }

  /// `05.1870`, `1870.05`; `1901/02` are two years.
  private func monthAndYear(
    _ values: [Int], _ isYear: [Bool], _ isRoman: [Bool], _ signs: [Character]
  ) throws(DateRefusal) -> DatePiece? {
    if isYear == [false, true], 1...12 ~= values[0], !signs.isEmpty || isRoman[0] {
      return DatePiece(content: .calendar(year: values[1], month: values[0], day: nil), form: .month)
    }
    guard isYear == [true, false], signs.count == 1, 1...12 ~= values[1] else { return nil }
    if signs[0] == "." {
      return DatePiece(content: .calendar(year: values[0], month: values[1], day: nil), form: .month)
    }
    if signs[0] == "/", values[1] > values[0] % 100 + 1 {
      let years = DatePiece(content: .lone(values[1]), form: .year)
      let year = DatePiece(content: .calendar(year: values[0], month: nil, day: nil), form: .year)
      let month = DatePiece(content: .calendar(year: values[0], month: values[1], day: nil), form: .month)
      let interval = DateSpan(from: try year.date(), to: try years.completed(by: year, isLater: true).date())
      throw .ambiguous([interval, try month.date()].compactMap(\.self))
    }
    if signs[0] == "/", values[1] <= values[0] % 100 {
      return DatePiece(content: .calendar(year: values[0], month: values[1], day: nil), form: .month)
    }
    return nil
  }

  // MARK: Words

  /// `14 Feb 2013`, `2013 m. vasario 14 d.`, `May 1870`, `spring 1870`, `1870 m.`, `44 BC`; and parts of these.
  private func named(_ words: Words) throws(DateRefusal) -> DatePiece? {
    var isBeforeChrist = false
    var hasEra = false
    var parts: [Part] = []
    var previous: DateWord?
    for (place, word) in zip(words.indices, words) {
      defer { previous = word }
      if means(word, .beforeChrist) || means(word, .afterChrist) {
        hasEra = true
        isBeforeChrist = means(word, .beforeChrist)
      } else if let part = part(word) {
        parts.append(part)
      } else if word == .sign(".") || word == .sign("-") {
        guard previous?.number != nil, place != words.indices.last || word == .sign(".") else { return nil }
      } else if means(word, .noise) || means(word, .suffix) && previous != nil || isWeekday(word) {
        continue
      } else {
        return nil
      }
    }
    return try named(parts, hasEra: hasEra, isBeforeChrist: isBeforeChrist)
  }

  private enum Part {
    case month(Int)
    case season(Int)
    case number(Int, digits: Int)
  }

  private func isWeekday(_ word: DateWord) -> Bool { word.word.map { CalendarNames.isWeekday($0) } ?? false }

  private func part(_ word: DateWord) -> Part? {
    if case .number(let number, let digits) = word { return .number(number, digits: digits) }
    if let month = word.word.flatMap({ CalendarNames.month($0) }) { return .month(month) }
    let seasons: [DateVocabulary.Meaning] = [.spring, .summer, .autumn, .winter]
    return seasons.firstIndex { means(word, $0) }.map { .season(21 + $0) }
  }

  private func named(_ parts: [Part], hasEra: Bool, isBeforeChrist: Bool) throws(DateRefusal) -> DatePiece? {
    var month: Int?
    var season: Int?
    var numbers: [(value: Int, digits: Int, isBehindMonth: Bool)] = []
    for part in parts {
      switch part {
      case .month(let number) where month == nil: month = number
      case .season(let number) where season == nil: season = number
      case .number(let number, let digits): numbers.append((number, digits, month != nil))
      default: return nil
      }
    }
    guard numbers.count <= 2, !(month != nil && season != nil) else { return nil }
    let yearPlace = numbers.lastIndex { $0.digits == 4 } ?? (hasEra ? numbers.indices.last : nil)
    let year = yearPlace.map { isBeforeChrist ? 1 - numbers[$0].value : numbers[$0].value }
    if let yearPlace { numbers.remove(at: yearPlace) }
    if numbers.contains(where: { $0.digits == 4 }) { return nil }
    guard numbers.allSatisfy({ $0.digits <= 2 }) else { throw .no("a year has four digits") }
    if let season { return numbers.isEmpty ? DatePiece(content: .season(season, year: year), form: .season) : nil }
    guard numbers.count <= 1 else { throw .no("the century of the year is missing") }
    guard let month else {
      if let number = numbers.first { return year == nil ? DatePiece(content: .lone(number.value), form: .year) : nil }
      return year.map { DatePiece(content: .calendar(year: $0, month: nil, day: nil), form: .year) }
    }
    let day = numbers.first?.value
    return DatePiece(content: .calendar(year: year, month: month, day: day), form: day == nil ? .month : .day)
  }
}
