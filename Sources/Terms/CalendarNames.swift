import CICU

/// The names of months and days of the week in the languages around, from ICU's data, folded.
public enum CalendarNames {
  /// The number of the month that a folded word names, from 1: `vasario`, `vas`, `february`, `лютого`.
  public static func month(_ word: String) -> Int? { months[word] }

  /// Whether a folded word names a day of the week.
  public static func isWeekday(_ word: String) -> Bool { weekdays[word] != nil }

  private static let languages = ["en", "lt", "ru", "de", "pl"]

  private static let months: [String: Int] = {
    var months = names(of: "monthNames", count: 12, "wide", "abbreviated")
    // Cases that ICU does not have: Lithuanian accusatives (`vasarį`), Russian prepositionals (`в феврале`).
    for (name, month) in names(of: "monthNames", count: 12, "wide") {
      if name.hasSuffix("s") { months[String(name.dropLast()), default: month] = month }
      if name.hasSuffix("ь") || name.hasSuffix("и") { months[name.dropLast() + "е", default: month] = month }
    }
    months["марте"] = 3
    months["августе"] = 8
    months["sept"] = 9
    return months
  }()

  private static let weekdays = names(of: "dayNames", count: 7, "wide")

  /// What a calendar's table holds in all languages, with its numbers from 1. What two of them tell differently is left out.
  private static func names(of table: String, count: Int, _ widths: String...) -> [String: Int] {
    var names: [String: Int] = [:]
    var doubtful: Set<String> = []
    for language in languages {
      for context in ["format", "stand-alone"] {
        for width in widths {
          let list = strings(language, ["calendar", "gregorian", table, context, width])
          guard list.count == count else { continue }
          for (place, name) in list.enumerated() {
            let word = Text.fold(name).filter { $0 != "." }
            if names.updateValue(place + 1, forKey: word) ?? place + 1 != place + 1 { doubtful.insert(word) }
          }
        }
      }
    }
    return names.filter { !doubtful.contains($0.key) }
  }

  /// The strings of a list in ICU's data of a language; none where it has no such list.
  private static func strings(_ language: String, _ path: [String]) -> [String] {
    var status = U_ZERO_ERROR
    var bundle = tiltas_ures_open(language, &status)
    for key in path {
      let inner = tiltas_ures_getByKey(bundle, key, &status)
      tiltas_ures_close(bundle)
      bundle = inner
    }
    defer { tiltas_ures_close(bundle) }
    guard status.rawValue <= U_ZERO_ERROR.rawValue, let bundle else { return [] }
    return (0..<tiltas_ures_getSize(bundle)).compactMap { index in
      var length: Int32 = 0
      guard let text = tiltas_ures_getStringByIndex(bundle, index, &length, &status) else { return nil }
      return String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF16.self)
    }
  }
}
