import TestSupport
import Testing

@testable import Terms

/// Random dates of EDTF level 1, with their text and their days as a plain model has them.
private struct ModelDate {
  var text: String
  /// Counted from 1970-01-01; `nil` where the end of an interval is open or unknown.
  var first: Int?
  var last: Int?
  var isFirstUnknown = false
  var isLastUnknown = false
  var marks = ""

  /// Counts days by the formula for the Julian day number, which knows nothing of how ``DateSpan`` does.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shift = (14 - month) / 12
    let shiftedYear = year + 4800 - shift + 400_000_000
    let shiftedMonth = month + 12 * shift - 3
    let julian =
      day + (153 * shiftedMonth + 2) / 5 + 365 * shiftedYear + shiftedYear / 4 - shiftedYear / 100
      + shiftedYear / 400 - 32045
    return julian - 400_000_000 / 400 * 146_097 - 2_440_588
  }

  static func lastDay(_ year: Int, _ month: Int) -> Int {
    (month == 12 ? day(year + 1, 1, 1) : day(year, month + 1, 1)) - 1
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(abs(number))"
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func simple(_ generator: inout SplitMix64) -> ModelDate {
    let isEarly = Int.random(in: 0..<8, using: &generator) == 0
    let year = isEarly ? Int.random(in: -9999...3, using: &generator) : Int.random(in: 1865...1885, using: &generator)
    let month = Int.random(in: 1...12, using: &generator)
    let written = padded(year, 4)
    var date =
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: ModelDate(text: written, first: day(year, 1, 1), last: day(year, 12, 31))
      case 1:
        ModelDate(text: "\(written)-\(padded(month, 2))", first: day(year, month, 1), last: lastDay(year, month))
      case 2:
        ModelDate(text: "\(written)-\(padded(month, 2))-XX", first: day(year, month, 1), last: lastDay(year, month))
      case 3: ModelDate(text: "\(written)-XX", first: day(year, 1, 1), last: day(year, 12, 31))
      case 4: ModelDate(text: "\(written)-XX-XX", first: day(year, 1, 1), last: day(year, 12, 31))
      case 5: unknown(year, digits: 1)
      case 6: unknown(year, digits: 2)
      case 7: season(year, Int.random(in: 0..<4, using: &generator))
      case 8: long(&generator)
      default:
        {
          let number = Int.random(in: 1...28, using: &generator)
          return ModelDate(
            text: "\(written)-\(padded(month, 2))-\(padded(number, 2))", first: day(year, month, number),
            last: day(year, month, number))
        }()
      }
    date.marks = ["", "", "", "?", "~", "%"].randomElement(using: &generator)!
    date.text += date.marks
    return date
  }

  private static func long(_ generator: inout SplitMix64) -> ModelDate {
    let year =
      Int.random(in: 10_000...250_000_000, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
    return ModelDate(text: "Y\(year)", first: day(year, 1, 1), last: day(year, 12, 31))
  }

  private static func season(_ year: Int, _ number: Int) -> ModelDate {
    let ends = [lastDay(year, 5), lastDay(year, 8), lastDay(year, 11), lastDay(year + 1, 2)]
    return ModelDate(text: "\(padded(year, 4))-2\(number + 1)", first: day(year, 3 * number + 3, 1), last: ends[number])
  }

  private static func unknown(_ year: Int, digits: Int) -> ModelDate {
    let scale = digits == 1 ? 10 : 100
    let text = padded(year, 4).dropLast(digits) + String(repeating: "X", count: digits)
    let years = (0..<scale).map { (year < 0 ? -1 : 1) * (abs(year) / scale * scale + $0) }
      .filter { year >= 0 || $0 < 0 }
    return ModelDate(text: String(text), first: day(years.min()!, 1, 1), last: day(years.max()!, 12, 31))
  }

  static func any(_ generator: inout SplitMix64) -> ModelDate {
    while true {
      let from = simple(&generator)
      let to = simple(&generator)
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: return ModelDate(text: "\(from.text)/..", first: from.first, last: nil, marks: from.marks)
      case 1: return ModelDate(text: "../\(to.text)", first: nil, last: to.last, marks: to.marks)
      case 2:
        return ModelDate(text: "\(from.text)/", first: from.first, last: nil, isLastUnknown: true, marks: from.marks)
      case 3: return ModelDate(text: "/\(to.text)", first: nil, last: to.last, isFirstUnknown: true, marks: to.marks)
      case 4, 5:
        guard from.first! <= to.last! else { continue }
        return ModelDate(
          text: "\(from.text)/\(to.text)", first: from.first, last: to.last, marks: from.marks + to.marks)
      default: return from
      }
    }
  }

  /// The days that the date may reach from and to: each where an end is unknown, within some days of the other.
  var worlds: [ClosedRange<Int>] {
    let (least, greatest) = (-200_000_000_000, 200_000_000_000)
    let first = first ?? least
    let last = last ?? greatest
    if isFirstUnknown { return [0, 1, 40, 4000, last - least].map { last - $0...last } }
    if isLastUnknown { return [0, 1, 40, 4000, greatest - first].map { first...first + $0 } }
    return [first...last]
  }
}

@Suite(.tellsSeed) struct UncertainDateTests {
  @Test("a date of level 1 is read with the days and marks that it writes, and is written as it was")
  func spans() throws {
    var generator = SplitMix64(usually: 11)
    for _ in 0..<4_000 {
      let model = ModelDate.any(&generator)
      let date = try #require(DateSpan(model.text), "\(model.text)")
      #expect(date.description == model.text)
      #expect(date.startDay == model.first ?? .min, "\(model.text)")
      #expect(date.endDay == model.last ?? .max, "\(model.text)")
      #expect(date.marks.contains(.uncertain) == model.marks.contains { "?%".contains($0) }, "\(model.text)")
      #expect(date.marks.contains(.approximate) == model.marks.contains { "~%".contains($0) }, "\(model.text)")
      #expect(DateSpan(checking: date.bits) == date, "\(model.text)")
      #expect((date.start == nil) == (model.first == nil) && (date.end == nil) == (model.last == nil))
    }
  }

  @Test("`during` and `before` hold where they do for each day at which an unknown end may be, and `overlaps` for any")
  func possibleWorlds() throws {
    var generator = SplitMix64(usually: 12)
    let models = (0..<120).map { _ in ModelDate.any(&generator) }
    for left in models {
      let date = try #require(DateSpan(left.text))
      for right in models {
        let other = try #require(DateSpan(right.text))
        let pairs = left.worlds.flatMap { one in right.worlds.map { (one, $0) } }
        let words = "\(left.text) \(right.text)"
        #expect(
          other.contains(date) == pairs.allSatisfy { $1.lowerBound <= $0.lowerBound && $0.upperBound <= $1.upperBound },
          "\(words)")
        #expect(date.isBefore(other) == pairs.allSatisfy { $0.upperBound < $1.lowerBound }, "\(words)")
        #expect(date.overlaps(other) == pairs.contains { $0.overlaps($1) }, "\(words)")
      }
    }
  }

  @Test("dates are in one order: by start, end and marks, and none is both before and behind another")
  func order() throws {
    var generator = SplitMix64(usually: 13)
    let dates = Set((0..<400).map { _ in ModelDate.any(&generator).text }).compactMap { DateSpan($0) }
    let sorted = dates.sorted()
    for (place, left) in sorted.enumerated() {
      for (otherPlace, right) in sorted.enumerated() {
        #expect((left < right) == (place < otherPlace), "\(left) \(right)")
      }
    }
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      #expect((left.startDay, left.endDay) <= (right.startDay, right.endDay))
    }
  }

  @Test("of dates with the same days the one without marks comes first")
  func orderOfMarks() throws {
    let ordered = [
      "../1870", "/1870", "1870", "1870-XX", "1870-XX-XX", "1870?", "1870~", "1870%", "1870/1875", "1870?/1875", "187X",
      "1870/..", "1870/",
    ]
    let dates = try ordered.map { try #require(DateSpan($0)) }
    #expect(dates.reversed().sorted().map(\.description) == ordered)
  }

  @Test("plain dates keep the bits that files of earlier versions have")
  func plainBits() throws {
    for (text, bits) in [
      ("2013-02-14", UInt64(2013 << 9 | 2 << 5 | 14) << 23), ("2013", UInt64(2013 << 9) << 23),
      ("2013-02/2014", UInt64(2013 << 9 | 2 << 5) << 23 | UInt64(2014 << 9)),
    ] {
      let date = try #require(DateSpan(text))
      #expect(date.bits == bits && date.isPlain)
      #expect(DateSpan(checking: bits) == date)
    }
    #expect(DateSpan("1870~")?.isPlain == false)
  }

  @Test("of all bits those are taken that a text gives, and no other")
  func checkedBits() throws {
    var generator = SplitMix64(usually: 14)
    var known = (0..<300).compactMap { _ in DateSpan(ModelDate.any(&generator).text)?.bits }
    for index in known.indices { for bit in 0..<64 { known.append(known[index] ^ 1 << bit) } }
    for bits in known {
      guard let date = DateSpan(checking: bits) else { continue }
      #expect(DateSpan(date.description)?.bits == bits, "\(date)")
    }
  }

  @Test("any bytes are read as a date or refused with a reason, and what is read is written in the same way")
  func fuzzedTexts() {
    var generator = SplitMix64(usually: 15)
    let signs = Array("0123456789--//..XXx?~%Y 187").map(String.init) + ["é", "\0", "187", "-05", "/..", "18"]
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...8, using: &generator)
      let text = (0..<length).map { _ in signs.randomElement(using: &generator)! }.joined()
      check(text)
    }
    for _ in 0..<5_000 {
      var bytes = Array(ModelDate.any(&generator).text.utf8)
      bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 32...126, using: &generator)
      check(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func check(_ text: String) {
    if let date = DateSpan(text) {
      // The year 0 at the end of a plain interval is written as its last month.
      #expect(date.description == text || text.hasSuffix("0000"), "\(text)")
      #expect(DateSpan(date.description) == date)
    } else {
      #expect(DateSpan.whyInvalid(text)?.isEmpty == false, "\(text)")
    }
  }

  @Test("a date has the parts that it writes, an interval those of its beginning")
  func parts() throws {
    for (text, year, month, day) in [
      ("1870~", 1870, nil, nil), ("1870-05-XX", 1870, 5, nil), ("1870-05-14?", 1870, 5, 14), ("187X", nil, nil, nil),
      ("18XX", nil, nil, nil), ("1870-XX", 1870, nil, nil), ("1870-21", 1870, nil, nil), ("-0044-03-15", -44, 3, 15),
      ("Y17000", 17_000, nil, nil), ("1870-05/..", 1870, 5, nil), ("../1870-05", nil, nil, nil),
      ("/1870", nil, nil, nil),
      ("1870-12-30/1871-01-02", 1870, 12, 30),
    ] as [(String, Int?, Int?, Int?)] {
      let date = try #require(DateSpan(text))
      #expect(date.year == year && date.month == month && date.dayOfMonth == day, "\(text)")
    }
  }
}
