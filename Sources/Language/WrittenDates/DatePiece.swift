import Terms

/// A date as one end of an interval writes it, of which the other end may tell the rest: `14` in `14–16 Feb 2013`.
struct DatePiece {
  enum Content {
    case calendar(year: Int?, month: Int?, day: Int?)
    case season(Int, year: Int?)
    /// By its first year; less than 100 where another decade tells the century.
    case decade(Int)
    case century(Int)
    /// Parts of what is larger, in years.
    case years(ClosedRange<Int>)
    /// A number without a word that tells what it is of.
    case lone(Int)
  }

  var content: Content
  var marks: DateSpan.Marks = []
  var form: WrittenDate.Form

  /// With what this piece lacks and another one has.
  func completed(by other: DatePiece, isLater: Bool) -> DatePiece {
    var completed = self
    switch (content, other.content) {
    case (.calendar(nil, let month, let day), .calendar(let year, let otherMonth, _)):
      completed.content = .calendar(year: year, month: month ?? otherMonth, day: day)
    case (.calendar(nil, let month, let day), .season(_, let year)):
      completed.content = .calendar(year: year, month: month, day: day)
    case (.season(let season, nil), .season(_, let year)): completed.content = .season(season, year: year)
    case (.season(let season, nil), .calendar(let year, _, _)): completed.content = .season(season, year: year)
    case (.decade(let year), .decade(let other)) where year < 100: completed.content = .decade(other / 100 * 100 + year)
    case (.lone(let number), .century): completed.content = .century(number)
    case (.lone(let number), .calendar(let year?, nil, nil)) where isLater && number > year % 100:
      completed.content = .calendar(year: year / 100 * 100 + number, month: nil, day: nil)
    case (.lone(let number), .calendar(let year?, let month?, _)):
      completed.content = .calendar(year: year, month: month, day: number)
    default: break
    }
    return completed
  }

  /// Whether it is a year and no more, perhaps by its last two digits.
  func isYear(_ year: Int) -> Bool {
    switch content {
    case .calendar(let own?, nil, nil): own == year
    case .lone(let number): number == year % 100
    default: false
    }
  }

  /// The date that the piece is.
  func date() throws(DateRefusal) -> DateSpan {
    let text = try text()
    if let date = DateSpan(text) { return date }
    throw .no(DateSpan.whyInvalid(text) ?? DateRefusal.unknown.reason)
  }

  private func text() throws(DateRefusal) -> String {
    switch content {
    case .calendar(let year?, let month, let day):
      return Self.digits(year, 4) + (month.map { "-" + Self.digits($0, 2) } ?? "")
        + (day.map { "-" + Self.digits($0, 2) } ?? "") + sign
    case .season(let season, let year?): return "\(Self.digits(year, 4))-\(season)\(sign)"
    case .decade(let year) where year >= 100: return "\(Self.digits(year, 4).dropLast())X\(sign)"
    case .century(let number):
      return (number > 0 ? "" : "-") + Self.digits(abs(number) - 1, 2) + "XX" + sign
    case .years(let years):
      return "\(Self.digits(years.lowerBound, 4))\(sign)/\(Self.digits(years.upperBound, 4))\(sign)"
    case .decade: throw .no("the century is missing")
    case .lone, .calendar, .season: throw .no("the year is missing")
    }
  }

  private var sign: String {
    switch marks {
    case []: ""
    case .uncertain: "?"
    case .approximate: "~"
    default: "%"
    }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}

extension DateSpan {
  /// The same kind of date right before this one, or a day.
  var previous: DateSpan? {
    guard let year, marks.isEmpty, !isInterval else { return start?.dayBefore }
    if let dayOfMonth, dayOfMonth > 0 { return dayBefore }
    if let month, precision == .month {
      return month > 1 ? DateSpan(year: year, month: month - 1) : DateSpan(year: year - 1, month: 12)
    }
    return precision == .year ? DateSpan(year: year - 1) : start?.dayBefore
  }

  /// The same kind of date right behind this one, or a day.
  var next: DateSpan? {
    guard let year, marks.isEmpty, !isInterval else { return end?.dayAfter }
    if dayOfMonth != nil { return dayAfter }
    if let month, precision == .month {
      return month < 12 ? DateSpan(year: year, month: month + 1) : DateSpan(year: year + 1, month: 1)
    }
    return precision == .year ? DateSpan(year: year + 1) : end?.dayAfter
  }

  private var dayBefore: DateSpan? {
    guard let year, let month, let dayOfMonth else { return nil }
    if dayOfMonth > 1 { return DateSpan(year: year, month: month, day: dayOfMonth - 1) }
    return DateSpan(year: year, month: month)?.previous?.end
  }

  private var dayAfter: DateSpan? {
    guard let year, let month, let dayOfMonth else { return nil }
    return DateSpan(year: year, month: month, day: dayOfMonth + 1) ?? DateSpan(year: year, month: month)?.next?.start
  }
}
