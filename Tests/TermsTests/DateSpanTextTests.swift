import Testing

@testable import Terms

@Suite struct DateSpanTextTests {
  @Test(
    "a date is written as it is read",
    arguments: [
      "2013-02-14", "2013-02", "2013", "0000", "0000-02-29", "0001", "9999-12-31", "2014-03-05/2014-03-07",
      "2013-02/2013-04",
      "2013-02-14/2014", "2013/2013-02", "2013-02-14/2013-02", "2000-02-29", "2012-02-29", "2013-02/2013-02",
      "1871?", "1870~", "1870%", "1870-05~", "1870-05-14?", "187X", "18XX", "187X~", "1870-XX", "1870-05-XX",
      "1870-XX-XX",
      "1870/..", "../1870", "1870/", "/1870", "1870-21", "1870-24?", "-0044", "-0044-03-15", "-9999", "-187X", "-000X",
      "-00XX", "00XX", "Y17000", "Y-17000~", "Y250000000", "1870~/1875?", "1870-05-14%/..", "187X/188X",
      "1870-21/1870-22",
      "Y-12000/-5000", "-0044-03/0014", "Y170000002/Y170000003", "1870-XX/1871-05-XX", "0000~/0000?", "1870?/",
    ])
  func readsAndWrites(text: String) {
    #expect(DateSpan(text)?.description == text)
    #expect(DateSpan.whyInvalid(text) == nil)
  }

  @Test(
    "what is not shaped like a date is none",
    arguments: [
      "", "13", "213", "02013", "2013-", "2013-2", "2013-02-", "2013-02-1", "2013-02-145", "2013/02", "2013 -02",
      "2013/2014/2015", "2013-02-14//2013", " 2013", "2013-02-14T10", "-013", "+013", "2o13",
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
      ("/", "an interval has at least one end that is known"),
      ("../..", "an interval has at least one end that is known"),
      ("/..", "an interval has at least one end that is known"),
      ("1870?-05", "a mark stands at the end and is of the whole date: `1870-05?`"),
      ("~1870", "a mark stands at the end and is of the whole date: `1870~`"),
      ("1870?~", "`%` is the mark of what is uncertain and approximate: `1870%`"),
      ("187x", "an unknown digit is a capital `X`: `187X`"),
      ("1870-05-xx", "an unknown digit is a capital `X`: `1870-05-XX`"),
      ("1870-1X", "of a month or a day both digits are unknown or none: `XX`"),
      ("1XXX", "of a year the last digit may be unknown or the last two: `187X`, `18XX`"),
      ("XXXX", "of a year the last digit may be unknown or the last two: `187X`, `18XX`"),
      ("187X-05", "nothing known stands behind what is unknown: `187X`, `1870-XX`, `1870-05-XX`"),
      ("1870-XX-05", "nothing known stands behind what is unknown: `187X`, `1870-XX`, `1870-05-XX`"),
      ("1870-13~", "there is no month 13"),
      ("1870-20", "there is no month 20"),
      ("1870-25", "there is no month 25, and the seasons are 21 spring, 22 summer, 23 autumn, 24 winter"),
      ("1870-21-05", "a season has no day"),
      ("1870-21-XX", "a season has no day"),
      ("17000", "a year beyond 9999 begins with `Y`: `Y17000`"),
      ("-12000~", "a year beyond 9999 begins with `Y`: `Y-12000~`"),
      ("Y2013", "`Y` stands before a year beyond 9999; write `2013` as four digits without it"),
      ("Y17000-05", "a year beyond 9999 stands alone, without a month"),
      ("Y250000001", "years go from -250000000 to 250000000"),
      ("Y99999999999", "years go from -250000000 to 250000000"),
      ("-0000", "there is no year -0000: the year before 0001 is 0000, and the one before that -0001"),
      ("-0043/-0044", "the interval ends before it begins"),
    ])
  func refusesImpossible(text: String, reason: String) {
    #expect(DateSpan(text) == nil)
    #expect(DateSpan.whyInvalid(text) == reason)
  }
}
