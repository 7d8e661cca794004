import Terms

/// A date as people write it: `ca. 1870`, `XIX a.`, `14 Feb 2013`, `2013 m. vasario 14 d.`, `before 1870`, in Lithuanian,
/// English, Russian, German and Polish.
public enum WrittenDate {
  /// What a text is read as.
  public enum Reading: Equatable, Sendable {
    case date(DateSpan, Form)
    /// It may be any of these: a day before a month or behind it, a decade or a century.
    case ambiguous([DateSpan])
    /// It says that there is no date: `n.d.`, `be datos`, nothing at all.
    case undated
    /// Why it is no date, as a phrase.
    case unread(String)
  }

  /// How a text that was read is written; its raw value names many such texts.
  public enum Form: String, CaseIterable, Comparable, Sendable {
    case language = "EDTF"
    case dayMonthYear = "d.m.y"
    case monthDayYear = "m/d/y"
    case yearMonthDay = "y-m-d"
    case day = "days"
    case month = "months"
    case season = "seasons"
    case year = "years"
    case decade = "decades"
    case century = "centuries"
    case part = "parts of centuries or decades"
    case interval = "intervals"
    case bound = "before or after a date"

    public static func < (left: Form, right: Form) -> Bool { left.rawValue < right.rawValue }
  }

  /// Which number of a date is the day, where all three are numbers.
  public enum Order: Sendable {
    case dayFirst, monthFirst, yearFirst

    /// The order that letters tell, whatever signs stand between them: `d.m.y`, `m/d/y`, `y-m-d`.
    public init?(_ text: String) {
      switch text.lowercased().filter(\.isLetter) {
      case "dmy": self = .dayFirst
      case "mdy": self = .monthFirst
      case "ymd": self = .yearFirst
      default: return nil
      }
    }
  }

  /// What a text is read as.
  /// - Parameter order: that of numbers, where it is known; otherwise `14.02.2013` is the day first, and `02/03/2013` ambiguous.
  public static func read(_ text: String, order: Order? = nil) -> Reading {
    let date = DateSpan(text)
    if let date, !mayBeYears(text, date) { return .date(date, .language) }
    guard text.utf8.count <= longestText else { return .unread("it is too long for a date") }
    let folded = Text.fold(text)
    if DateVocabulary.saysThatThereIsNone(folded) { return .undated }
    do throws(DateRefusal) {
      var reader = try DateWordReader(try DateWord.words(of: folded), order)
      let reading = try reader.read()
      if let date, case .date(let years, _) = reading { return .ambiguous([date, years]) }
      return reading
    } catch {
      return switch error {
      case .ambiguous(let dates): .ambiguous(dates)
      case .no(let reason): .unread(reason)
      }
    }
  }

  /// `1921-24` is the winter of 1921 in EDTF, and years to many: such a text is told to be ambiguous.
  private static func mayBeYears(_ text: String, _ date: DateSpan) -> Bool {
    guard text.utf8.count == 7, date.precision == .season, let year = date.year, let last = Int(text.suffix(2)) else {
      return false
    }
    return last > year % 100
  }

  private static let longestText = 120

  /// What to write in place of a text that is meant as a date, as a phrase; `nil` where it is no date that people write.
  public static func help(_ text: String) -> String? {
    switch read(text) {
    case .date(let date, _): "write `\(date)`"
    case .ambiguous(let dates):
      "write " + dates.map { "`\($0)`" }.joined(separator: " or ")
    case .unread(let reason): DateSpan.nearMiss(text) ?? (reason == DateRefusal.unknown.reason ? nil : reason)
    case .undated: nil
    }
  }

  /// What was meant by a variable that nothing binds, `XX` in `1870-XX`, as a phrase.
  public static func help(onVariable name: String) -> String? {
    name == "XX" ? "an unknown month is written `date(\"1870-XX\")`, an unknown day `1870-05-XX`" : nil
  }

  /// The date that a text is read as, as the language writes it; `nil` where it is not read as one alone.
  public static func date(_ text: String) -> DateSpan? {
    if case .date(let date, _) = read(text) { date } else { nil }
  }
}

/// Why a text is not read as one date.
enum DateRefusal: Error, Equatable {
  case no(String)
  case ambiguous([DateSpan])

  static let unknown = DateRefusal.no("this is not known as a way to write a date")

  var reason: String { if case .no(let reason) = self { reason } else { "" } }
}
