import Terms
import Testing

@testable import Evaluation

@Suite struct FunctionDateTests {
  @Test("a date is made from text or from the integer of a year")
  func making() throws {
    #expect(try value("date", "2013") == day("2013"))
    #expect(try value("date", "2013-02-14") == day("2013-02-14"))
    #expect(try value("date", "2014-03-05/2014-03-07") == day("2014-03-05/2014-03-07"))
    #expect(try value("date", 2013) == day("2013"))
    #expect(try value("date", -44) == day("-0044"))
    #expect(try value("date", 17_000) == day("Y17000"))
    #expect(try value("date", "1870~") == day("1870~"))
    #expect(try value("date", day("2013-02")) == day("2013-02"))
  }

  @Test("what is no date is a failure with the reason")
  func noDate() throws {
    #expect(try message("date", "2013-02-30") == "\"2013-02-30\" is no date: February 2013 has 28 days")
    #expect(
      try message("date", "soon")
        == "\"soon\" is no date: a date is written as 2013-02-14, 2013-02, or two of these with `/` between them")
    #expect(
      try message("date", -250_000_001) == "-250000001 is no year: years go from -250000000 to 250000000")
    #expect(
      try message("date", .integer(.max))
        == "9223372036854775807 is no year: years go from -250000000 to 250000000")
    #expect(try message("date", 0.5) == "date takes text or the integer of a year, not the number 0.5")
    #expect(try message("date", true) == "date takes text or the integer of a year, not true")
  }

  @Test("year, month and day are those of the first day")
  func components() throws {
    #expect(try value("year", day("2013")) == 2013)
    #expect(try value("year", day("2013-12/2014-01")) == 2013)
    #expect(try value("month", day("2013-02")) == 2)
    #expect(try value("month", day("2013-02-14")) == 2)
    #expect(try value("day", day("2013-02-14")) == 14)
    #expect(try value("day", day("2014-03-05/2014-03-07")) == 5)
    #expect(try value("day", day("2014-03-05/2014-04")) == 5)
  }

  @Test("a year has no month, and a month no day")
  func missingComponents() throws {
    #expect(try message("month", day("2013")) == "2013 has no month")
    #expect(
      try failure("day", day("2013-02"))
        == FunctionFailure.absence("2013-02 has no day", help: "`start` gives the first day of a month or a year"))
    #expect(try message("day", day("2013-02/2013-03-05")) == "2013-02/2013-03-05 has no day")
  }

  @Test("start and end are the first and the last day")
  func ends() throws {
    #expect(try value("start", day("2012-02")) == day("2012-02-01"))
    #expect(try value("end", day("2012-02")) == day("2012-02-29"))
    #expect(try value("end", day("2013")) == day("2013-12-31"))
    #expect(try value("start", day("2014-03-05/2014-03-07")) == day("2014-03-05"))
    #expect(try value("end", day("2014-03-05/2014-03-07")) == day("2014-03-07"))
    #expect(try value("end", day("2013-02-14")) == day("2013-02-14"))
  }

  @Test("days are counted from the start of one date to the start of the other")
  func daysBetween() throws {
    #expect(try value("days_between", day("2013-02-14"), day("2013-02-14")) == 0)
    #expect(try value("days_between", day("2012-02-28"), day("2012-03-01")) == 2)
    #expect(try value("days_between", day("2013-03-01"), day("2013-02-28")) == -1)
    #expect(try value("days_between", day("2013"), day("2014")) == 365)
    #expect(try value("days_between", day("0001"), day("9999-12-31")) == 3_652_058)
  }

  @Test("one date is before another where it ends before the other starts")
  func before() throws {
    #expect(try value("before", day("2013-01"), day("2013-02-01")) == true)
    #expect(try value("before", day("2013-02-14"), day("2013-02")) == false)
    #expect(try value("before", day("2013-02-14"), day("2013-02-14")) == false)
    #expect(try value("after", day("2013-02-01"), day("2013-01")) == true)
    #expect(try value("after", day("2013-02"), day("2013-02-01")) == false)
    #expect(try value("after", day("2013-01"), day("2013-02-01")) == false)
  }

  @Test("one date is during another where all its days are the other's")
  func during() throws {
    #expect(try value("during", day("2013-02-14"), day("2013-02")) == true)
    #expect(try value("during", day("2013-02"), day("2013-02-14")) == false)
    #expect(try value("during", day("2013-02"), day("2013-02")) == true)
    #expect(try value("during", day("2013-02-27/2013-03-01"), day("2013-02")) == false)
    #expect(try value("during", day("2013-02"), day("2013")) == true)
  }

  @Test("a date with an open or unknown end has no day there")
  func openEnds() throws {
    #expect(try value("end", day("../1870")) == day("1870-12-31"))
    #expect(try value("latest", day("187X")) == day("1879-12-31"))
    #expect(try value("earliest", day("1870-24")) == day("1870-12-01"))
    #expect(try failure("start", day("../1870")) == FunctionFailure.absence("../1870 has no first day"))
    #expect(try failure("earliest", day("/1870")) == FunctionFailure.absence("/1870 has no first day"))
    #expect(try failure("latest", day("1870/..")) == FunctionFailure.absence("1870/.. has no last day"))
    #expect(try failure("year", day("187X")) == FunctionFailure.absence("187X has no year"))
    #expect(try failure("days_between", day("1870"), day("../1870")).isAbsence)
    #expect(try value("days_between", day("1870/.."), day("1871~")) == 365)
  }

  @Test("marks are asked for, those of either end of an interval")
  func marks() throws {
    for (text, isUncertain, isApproximate) in [
      ("1870", false, false), ("1870?", true, false), ("1870~", false, true), ("1870%", true, true),
      ("1870~/1875?", true, true), ("187X", false, false), ("1870/", false, false),
    ] {
      #expect(try value("is_uncertain", day(text)) == .boolean(isUncertain), "\(text)")
      #expect(try value("is_approximate", day(text)) == .boolean(isApproximate), "\(text)")
    }
  }

  @Test("what holds for certain does so for each day at which an unknown end may be")
  func certainty() throws {
    #expect(try value("during", day("1900"), day("1870/..")) == true)
    #expect(try value("during", day("1900"), day("1870/")) == false)
    #expect(try value("overlaps", day("1900"), day("1870/")) == true)
    #expect(try value("before", day("1870/"), day("1900")) == false)
    #expect(try value("after", day("1870/"), day("1860")) == true)
    #expect(try value("during", day("1870/"), day("1860/..")) == true)
    #expect(try value("overlaps", day("187X"), day("1875-03")) == true)
    #expect(try value("before", day("187X"), day("1880")) == true)
  }

  @Test("dates overlap where they have a day in common")
  func overlaps() throws {
    #expect(try value("overlaps", day("2013-02-27/2013-03-01"), day("2013-02")) == true)
    #expect(try value("overlaps", day("2013-02"), day("2013-03")) == false)
    #expect(try value("overlaps", day("2013"), day("2013-03")) == true)
  }
}
