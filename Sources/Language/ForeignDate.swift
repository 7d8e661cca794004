import Terms

/// A day as other conventions write it: `14.02.2013`, `2013/02/14`, `2013-2-14`, `14/02/2013`.
public enum ForeignDate {
  /// The same day as the language writes it, `2013-02-14`; `nil` where a text is no such day, or may be another one.
  public static func iso(_ text: String) -> String? {
    guard let day = parts(text) else { return nil }
    guard let month = day.month, let dayOfMonth = day.day else { return nil }
    let iso = "\(day.year)-\(twoDigits(month))-\(twoDigits(dayOfMonth))"
    return DateSpan(iso) == nil ? nil : iso
  }

  /// What to write instead of a text that is meant as a date, as a phrase; `nil` where it is no such day.
  public static func help(_ text: String) -> String? {
    guard let day = parts(text) else { return nil }
    guard let month = day.month, let dayOfMonth = day.day else { return "write year-month-day, `2013-02-14`" }
    let iso = "\(day.year)-\(twoDigits(month))-\(twoDigits(dayOfMonth))"
    return DateSpan.whyInvalid(iso) ?? "write `\(iso)`"
  }

  /// Month and day are `nil` where their order cannot be told.
  private static func parts(_ text: String) -> (year: String, month: Int?, day: Int?)? {
    guard text.utf8.count <= 10, let separator = text.first(where: { "./-".contains($0) }) else { return nil }
    let pieces = text.split(separator: separator, omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
    guard pieces.count == 3, pieces.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Characters.isDigit) }) else {
      return nil
    }
    if pieces[0].count == 4, let month = number(pieces[1], upTo: 12), let day = number(pieces[2], upTo: 31) {
      return (String(pieces[0]), month, day)
    }
    guard pieces[2].count == 4, let first = number(pieces[0], upTo: 31), let second = number(pieces[1], upTo: 31),
      min(first, second) <= 12
    else { return nil }
    let year = String(pieces[2])
    if separator == "." { return second <= 12 ? (year, second, first) : nil }
    if first > 12 { return (year, second, first) }
    if second > 12 { return (year, first, second) }
    return (year, nil, nil)
  }

  private static func number(_ text: Substring, upTo limit: Int) -> Int? {
    guard text.count <= 2, let number = Int(text), (1...limit).contains(number) else { return nil }
    return number
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
