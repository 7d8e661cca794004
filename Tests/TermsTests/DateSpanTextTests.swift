import Testing

@testable import Terms

@Suite struct DateSpanTextTests {
  @Test(
    "a date is written as it is read",
    arguments: [
      "2013-02-14", "2013-02", "2013", "0000", "0000-02-29", "0001", "9999-12-31", "2014-03-05/2014-03-07",
      "2013-02/2013-04",
      "2013-02-14/2014", "2013/2013-02", "2013-02-14/2013-02", "2000-02-29", "2012-02-29", "2013-02/2013-02",
    ])
  func readsAndWrites(text: String) {
    #expect(DateSpan(text)?.description == text)
    #expect(DateSpan.whyInvalid(text) == nil)
  }

  @Test(
    "what is not shaped like a date is none",
    arguments: [
      "", "/", "13", "213", "02013", "2013-", "2013-2", "2013-02-", "2013-02-1", "2013-02-145", "2013/02", "2013 -02",
      "2013-02-14/", "/2013", "2013/2014/2015", "2013-02-14//2013", " 2013", "2013-02-14T10", "-013", "+013", "2o13",
      "2013–02", "２０１３", "2013-0a", "2013-02-0a", "2013.02.14",
    ])
  func refusesMalformed(text: String) {
    #expect(DateSpan(text) == nil)
    #expect(
      DateSpan.whyInvalid(text) == "a date is written as 2013-02-14, 2013-02, or two of these with `/` between them")
  }

  @Test(
    "a date that the calendar doesn't have is refused with the reason",
    arguments: [
      ("2013-02-30", "February 2013 has 28 days"),
      ("2013-02-29", "February 2013 has 28 days"),
      ("2012-02-30", "February 2012 has 29 days"),
      ("1900-02-29", "February 1900 has 28 days"),
      ("2000-02-30", "February 2000 has 29 days"),
      ("2013-04-31", "April 2013 has 30 days"),
      ("2013-01-32", "January 2013 has 31 days"),
      ("2013-13", "there is no month 13"),
      ("2013-00", "there is no month 0"),
      ("2013-13-01", "there is no month 13"),
      ("2013-01-00", "there is no day 0"),
      ("0000-02-30", "February 0 has 29 days"),
      ("2013-02-01/2013-02-31", "February 2013 has 28 days"),
      ("2013-02-31/2013-02-01", "February 2013 has 28 days"),
      ("2014-03-07/2014-03-05", "the interval ends before it begins"),
      ("2014/2013", "the interval ends before it begins"),
      ("2014-03-01/2014-02", "the interval ends before it begins"),
    ])
  func refusesImpossible(text: String, reason: String) {
    #expect(DateSpan(text) == nil)
    #expect(DateSpan.whyInvalid(text) == reason)
  }
}
