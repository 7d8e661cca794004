/// What is wrong with the text of a date.
enum DateFault: Error {
  case malformed
  case noYear
  case noMonth(Int)
  case dayZero
  case noDay(year: Int, month: Int)
  case reversed
  /// What the text is without its marks, and the first of these.
  case markWithin(String, UInt8)
  case severalMarks(String)
  case smallX(String)
  case halfUnknown
  case unknownMillennium
  case partBehindUnknown
  case noSeason(Int)
  case dayOfSeason
  case partOfLongYear
  case shortLongYear(String)
  case longYearWithoutSign(String)
  case noNegativeZero
  case noEnd
}

extension DateFault {
  /// The reason as a phrase for a diagnostic.
  var reason: String {
    switch self {
    case .malformed: "a date is written as 2013-02-14, 2013-02, or two of these with `/` between them"
    case .noYear: "years go from -\(CalendarDate.greatestYear) to \(CalendarDate.greatestYear)"
    case .noMonth(let month): "there is no month \(month)"
    case .dayZero: "there is no day 0"
    case .noDay(let year, let month):
      "\(Self.monthNames[month - 1]) \(year) has \(CalendarDate.length(ofMonth: month, year: year)) days"
    case .reversed: "the interval ends before it begins"
    case .markWithin(let rest, let mark):
      "a mark stands at the end and is of the whole date: `\(rest)\(Unicode.Scalar(mark))`"
    case .severalMarks(let rest): "`%` is the mark of what is uncertain and approximate: `\(rest)%`"
    case .smallX(let text): "an unknown digit is a capital `X`: `\(Self.withCapitals(text))`"
    case .halfUnknown: "of a month or a day both digits are unknown or none: `XX`"
    case .unknownMillennium: "of a year the last digit may be unknown or the last two: `187X`, `18XX`"
    case .partBehindUnknown: "nothing known stands behind what is unknown: `187X`, `1870-XX`, `1870-05-XX`"
    case .noSeason(let number):
      "there is no month \(number), and the seasons are 21 spring, 22 summer, 23 autumn, 24 winter"
    case .dayOfSeason: "a season has no day"
    case .partOfLongYear: "a year beyond 9999 stands alone, without a month"
    case .shortLongYear(let year): "`Y` stands before a year beyond 9999; write `\(year)` as four digits without it"
    case .longYearWithoutSign(let text): "a year beyond 9999 begins with `Y`: `Y\(text)`"
    case .noNegativeZero: "there is no year -0000: the year before 0001 is 0000, and the one before that -0001"
    case .noEnd: "an interval has at least one end that is known"
    }
  }

  private static func withCapitals(_ text: String) -> String { String(text.map { $0 == "x" ? "X" : $0 }) }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
