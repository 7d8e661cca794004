import Terms

/// How many texts of a column were read as dates, and how they were written.
public struct DateTally: Sendable {
  /// How many texts are of each form.
  public private(set) var forms: [WrittenDate.Form: Int] = [:]
  public private(set) var undated = 0
  /// The first texts that are not read as one date, with the reason and how often each stands.
  public private(set) var refused: [(text: String, reason: String, count: Int)] = []
  /// How many texts are not read as one date.
  public private(set) var refusedCount = 0
  /// How many of these are ambiguous: a day and a month in an order that is not known.
  public private(set) var ambiguousCount = 0

  public init() {}

  /// Counts a text as what it is read as.
  public mutating func add(_ text: String, _ reading: WrittenDate.Reading) {
    switch reading {
    case .date(_, let form): forms[form, default: 0] += 1
    case .undated: undated += 1
    case .ambiguous(let dates):
      ambiguousCount += 1
      refuse(text, "it may be " + dates.map(\.description).joined(separator: " or "))
    case .unread(let reason): refuse(text, reason)
    }
  }

  private mutating func refuse(_ text: String, _ reason: String) {
    refusedCount += 1
    if let place = refused.firstIndex(where: { $0.text == text }) {
      refused[place].count += 1
    } else if refused.count < Self.mostShown {
      refused.append((text, reason, 1))
    }
  }

  public static let mostShown = 20

  /// `9801 read as d.m.y, 150 as years, 3 undated, 49 not`; the most frequent forms come first.
  public var summary: String {
    let counts = forms.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var parts = counts.enumerated().map { place, entry in
      "\(entry.value) \(place == 0 ? "read as" : "as") \(entry.key.rawValue)"
    }
    if undated > 0 { parts.append("\(undated) undated") }
    if refusedCount > 0 { parts.append(parts.isEmpty ? "\(refusedCount) not read as dates" : "\(refusedCount) not") }
    return parts.isEmpty ? "no dates" : parts.joined(separator: ", ")
  }
}
