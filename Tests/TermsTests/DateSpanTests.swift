import TestSupport
import Testing

@testable import Terms

@Suite(.tellsSeed) struct DateSpanTests {
  @Test("days are counted from the first of January 1970")
  func dayNumbers() throws {
    let expected: [(String, Int)] = [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2013-02-14", 15_750),
      ("0001-01-01", -719_162), ("0000-12-31", -719_163), ("0000-03-01", -719_468), ("0000-02-29", -719_469),
      ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
    ]
    for (text, day) in expected {
      let span = try #require(DateSpan(text))
      #expect(span.startDay == day, "\(text)")
      #expect(span.endDay == day, "\(text)")
    }
  }

  @Test("each day of the calendar follows the one before it")
  func consecutiveDays() throws {
    var expected = try #require(DateSpan(year: 1899, month: 1, day: 1)).startDay
    for year in 1899...2101 {
      for month in 1...12 {
        for day in 1...31 {
          guard let span = DateSpan(year: year, month: month, day: day) else { continue }
          #expect(span.startDay == expected)
          expected += 1
        }
      }
    }
    #expect(expected == DateSpan(year: 2102)?.startDay)
  }

  @Test("an interval that ends with the year 0 ends with its last month")
  func intervalToYearZero() throws {
    let interval = try #require(DateSpan("0000-05/0000"))
    #expect(interval.isInterval)
    #expect(interval.description == "0000-05/0000-12")
    #expect(interval.end?.description == "0000-12-31")
    #expect(DateSpan(checking: interval.bits) == interval)
  }

  @Test("a month covers each of its days and no other")
  func monthCoversDays() throws {
    let month = try #require(DateSpan("2012-02"))
    #expect(month.start?.description == "2012-02-01")
    #expect(month.end?.description == "2012-02-29")
    #expect(month.endDay - month.startDay == 28)
    #expect(month.contains(try #require(DateSpan("2012-02-29"))))
    #expect(!month.contains(try #require(DateSpan("2012-03-01"))))
    #expect(!month.contains(try #require(DateSpan("2012-01-31"))))
  }

  @Test("a year covers its months")
  func yearCoversMonths() throws {
    let year = try #require(DateSpan("2013"))
    #expect(year.start?.description == "2013-01-01")
    #expect(year.end?.description == "2013-12-31")
    #expect(year.contains(try #require(DateSpan("2013-12"))))
    #expect(!year.contains(try #require(DateSpan("2013-12-31/2014-01-01"))))
  }

  @Test("an interval reaches from the first day of its beginning to the last day of its end")
  func intervalBounds() throws {
    let interval = try #require(DateSpan("2013-02/2013-04"))
    #expect(interval.isInterval)
    #expect(interval.start?.description == "2013-02-01")
    #expect(interval.end?.description == "2013-04-30")
    #expect(interval.year == 2013)
    #expect(interval.month == 2)
    #expect(interval.dayOfMonth == nil)
  }

  @Test("an interval can be made of spans, from the beginning of one to the end of the other")
  func intervalOfSpans() throws {
    let from = try #require(DateSpan("2013-02-03/2013-05"))
    let to = try #require(DateSpan("2012/2014"))
    #expect(DateSpan(from: from, to: to)?.description == "2013-02-03/2014")
    #expect(DateSpan(from: try #require(DateSpan("2015")), to: to) == nil)
  }

  @Test("spans overlap where they have a day in common")
  func overlaps() throws {
    let visit = try #require(DateSpan("2014-03-05/2014-03-07"))
    #expect(visit.overlaps(try #require(DateSpan("2014-03-07/2014-04"))))
    #expect(visit.overlaps(try #require(DateSpan("2014"))))
    #expect(!visit.overlaps(try #require(DateSpan("2014-03-08"))))
    #expect(!visit.overlaps(try #require(DateSpan("2014-03-04"))))
  }

  @Test("a day without a month is no date")
  func dayNeedsMonth() {
    #expect(DateSpan(year: 2013, day: 5) == nil)
    #expect(DateSpan(year: 2013, month: 0) == nil)
    #expect(DateSpan(year: 2013, month: 2, day: 0) == nil)
    #expect(DateSpan(year: 2013, month: -1) == nil)
    #expect(DateSpan(year: 10_000, month: 1) == nil)
    #expect(DateSpan(year: 250_000_001) == nil)
    #expect(DateSpan(year: -250_000_001) == nil)
  }

  @Test("an interval is as exact as the coarser of its ends")
  func precision() {
    #expect(DateSpan("2013-02-14")?.precision == .day)
    #expect(DateSpan("2013-02")?.precision == .month)
    #expect(DateSpan("2013")?.precision == .year)
    #expect(DateSpan("2013-02-14/2013-03")?.precision == .month)
  }

  @Test("spans are ordered by start, then by end, then the coarser first")
  func order() throws {
    let ordered = [
      "2012-12-31", "2013-01-01", "2013-01-01/2013-01-05", "2013-01", "2013-01/2013-01-31", "2013-01-01/2013-01-31",
      "2013", "2013/2013", "2013-01/2013-12", "2013-01-01/2013-12-31", "2013-01-02",
    ]
    let spans = try ordered.map { try #require(DateSpan($0)) }
    #expect(spans.reversed().sorted().map(\.description) == ordered)
  }

  @Test("the order of spans is total")
  func totalOrder() {
    var generator = SplitMix64(usually: 2)
    let spans = (0..<60).map { _ in randomSpan(&generator) }
    for left in spans {
      for right in spans {
        #expect([left < right, right < left, left == right].filter(\.self).count == 1)
      }
    }
  }

  @Test("the packed form and the text give the same span back")
  func roundTrips() throws {
    var generator = SplitMix64(usually: 1)
    for _ in 0..<2_000 {
      let span = randomSpan(&generator)
      #expect(DateSpan(bits: span.bits) == span)
      #expect(DateSpan(span.description) == span)
      #expect(span.startDay <= span.endDay)
      #expect(span.contains(try #require(span.start)))
      #expect(span.contains(try #require(span.end)))
    }
  }

  @Test("any bits can be looked at without a trap")
  func arbitraryBits() {
    var generator = SplitMix64(usually: 3)
    for _ in 0..<2_000 {
      let span = DateSpan(bits: generator.next())
      #expect(!span.description.isEmpty)
      if let start = span.start { #expect(start.isInterval == false) }
      if let end = span.end { #expect(end.isInterval == false) }
      _ = (span < DateSpan(bits: generator.next()), span.year, span.month, span.dayOfMonth, span.isBare)
    }
  }

  private func randomSpan(_ generator: inout SplitMix64) -> DateSpan {
    while true {
      let from = randomDate(&generator)
      guard Bool.random(using: &generator) else { return from }
      if let interval = DateSpan(from: from, to: randomDate(&generator)) { return interval }
    }
  }

  private func randomDate(_ generator: inout SplitMix64) -> DateSpan {
    while true {
      let month = Bool.random(using: &generator) ? Int.random(in: 1...12, using: &generator) : nil
      let day = Bool.random(using: &generator) ? Int.random(in: 1...31, using: &generator) : nil
      let year = Int.random(in: 1...9999, using: &generator)
      if let date = DateSpan(year: year, month: month, day: day) { return date }
    }
  }
}
