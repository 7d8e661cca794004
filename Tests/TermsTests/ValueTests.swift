import TestSupport
import Testing

@testable import Terms

@Suite(.tellsSeed) struct ValueTests {
  @Test("a decimal that equals an integer of 64 bits is that integer")
  func numbers() {
    #expect(Value.number(1.0) == .integer(1))
    #expect(Value.number(-0.0) == .integer(0))
    #expect(Value.number(0.5) == .decimal(0.5))
    #expect(Value.number(0x1p63) == .decimal(0x1p63))
    #expect(Value.number(-0x1p63) == .integer(.min))
    #expect(Value.number(.infinity) == nil)
    #expect(Value.number(.nan) == nil)
  }

  @Test("booleans come before numbers, then dates, strings and names")
  func orderOfKinds() throws {
    let values: [Value] = [
      .boolean(false), .boolean(true), .integer(-5), .decimal(-0.5), .integer(0), .decimal(0.25), .integer(1),
      .date(try #require(DateSpan("2013-01-31"))), .date(try #require(DateSpan("2013-02"))), .string("Č"),
      .string("D"), .name("c"), .name("č"), .name("d"),
    ]
    #expect(values.reversed().sorted { Value.order($0, $1) < 0 } == values)
  }

  @Test(
    "integers and decimals compare without rounding",
    arguments: [
      (.integer(9_007_199_254_740_993), .decimal(9_007_199_254_740_992), 1),
      (.integer(9_007_199_254_740_991), .decimal(9_007_199_254_740_992), -1),
      (.integer(.max), .decimal(0x1p63), -1),
      (.integer(.min), .decimal(-0x1.8p63), 1),
      (.integer(.min), .decimal(-0x1p63), 0),
      (.integer(2), .decimal(2.5), -1),
      (.integer(3), .decimal(2.5), 1),
      (.integer(-2), .decimal(-2.5), 1),
      (.integer(-3), .decimal(-2.5), -1),
      (.integer(0), .decimal(.leastNonzeroMagnitude), -1),
      (.integer(0), .decimal(-.leastNonzeroMagnitude), 1),
      (.integer(1), .decimal(1e300), -1),
      (.integer(1), .decimal(-1e300), 1),
      (.integer(2), .integer(10), -1),
      (.decimal(0.5), .decimal(0.25), 1),
    ] as [(Value, Value, Int)])
  func exactNumbers(left: Value, right: Value, order: Int) {
    #expect(Value.order(left, right) == order)
    #expect(Value.order(right, left) == -order)
  }

  @Test(
    "a value is described as a program writes it",
    arguments: [
      (.name("klaipeda"), "klaipeda"),
      (.name("žemė"), "žemė"),
      (.name("VšĮ „Gintaras“"), "'VšĮ „Gintaras“'"),
      (.name("not"), "'not'"),
      (.name(""), "_"),
      (.name("it's \"so\" \\"), "'it\\'s \"so\" \\\\'"),
      (.string("it's \"so\" \\"), "\"it's \\\"so\\\" \\\\\""),
      (.string("a\nb\tc\rd\u{1B}"), "\"a\\nb\\tc\\rd\\u{1B}\""),
      (.string("😀"), "\"😀\""),
      (.string(""), "\"\""),
      (.integer(.min), "-9223372036854775808"),
      (.integer(42), "42"),
      (.decimal(0.1), "0.1"),
      (.decimal(-2.5), "-2.5"),
      (.decimal(1e300), "1e300"),
      (.decimal(-1.25e-9), "-1.25e-9"),
      (.decimal(1e-7), "1e-7"),
      (.decimal(0x1p63), "9.223372036854776e18"),
      (.boolean(true), "true"),
      (.boolean(false), "false"),
    ] as [(Value, String)])
  func describes(value: Value, text: String) {
    #expect(value.description == text)
  }

  @Test("dates are described as they were written")
  func describesDates() throws {
    for text in ["2013-02", "2013-02-14", "2014-03-05/2014-03-07"] {
      #expect(Value.date(try #require(DateSpan(text))).description == text)
    }
  }

  @Test("years are described such that they are not read as numbers, and shown as they are")
  func describesYears() throws {
    for text in ["2013", "2007/2013"] {
      let value = Value.date(try #require(DateSpan(text)))
      #expect(value.description == "date(\"\(text)\")")
      #expect(value.plainText == text)
    }
  }

  @Test("decimals keep their value and never look like integers")
  func decimalRoundTrip() {
    var generator = SplitMix64(usually: 6)
    for _ in 0..<2_000 {
      let decimal = Double(bitPattern: generator.next())
      guard decimal.isFinite else { continue }
      let text = Value.decimal(decimal).description
      #expect(Double(text) == decimal)
      #expect(text.contains(".") || text.contains("e"))
    }
  }

  @Test("plain text has no quotes and no escapes")
  func plainText() {
    #expect(Value.name("VšĮ „Gintaras“").plainText == "VšĮ „Gintaras“")
    #expect(Value.string("a\"b\n").plainText == "a\"b\n")
    #expect(Value.integer(-7).plainText == "-7")
    #expect(Value.decimal(2.5).plainText == "2.5")
    #expect(Value.boolean(true).plainText == "true")
  }
}
