import Terms
import Testing

@testable import Evaluation

@Suite struct FunctionArithmeticTests {
  @Test("integers give integers")
  func integers() throws {
    #expect(try value("+", 2, 3) == 5)
    #expect(try value("-", 2, 3) == -1)
    #expect(try value("*", -4, 3) == -12)
    #expect(try value("negate", 7) == -7)
    #expect(try value("abs", -7) == 7)
    #expect(try value("abs", 7) == 7)
  }

  @Test("a decimal makes the result a decimal, and an integer where it equals one")
  func decimals() throws {
    #expect(try value("+", 1, 0.5) == 1.5)
    #expect(try value("+", 0.5, 0.5) == 1)
    #expect(try value("-", 0.5, 1) == -0.5)
    #expect(try value("*", 2.5, 2) == 5)
    #expect(try value("/", 1, 0.25) == 4)
    #expect(try value("negate", 0.5) == -0.5)
    #expect(try value("abs", -0.5) == 0.5)
  }

  @Test("division of integers gives an integer where it comes out even, else a decimal")
  func division() throws {
    #expect(try value("/", 6, 3) == 2)
    #expect(try value("/", -6, 3) == -2)
    #expect(try value("/", 7, 2) == 3.5)
    #expect(try value("/", 1, -4) == -0.25)
    #expect(try value("/", 7, -1) == -7)
    #expect(try value("/", .integer(.min), 1) == .integer(.min))
  }

  @Test(
    "the remainder has the sign of the divisor",
    arguments: [
      (7, 3, 1), (-7, 3, 2), (7, -3, -2), (-7, -3, -1), (6, 3, 0), (-6, 3, 0), (5.5, 2, 1.5), (-5.5, 2, 0.5),
      (5.5, -2, -0.5), (.integer(.min), -1, 0), (.integer(.min), 10, 2),
    ] as [(Value, Value, Value)])
  func remainder(left: Value, right: Value, result: Value) throws {
    #expect(try value("mod", left, right) == result)
  }

  @Test("division by zero is a failure")
  func divisionByZero() throws {
    #expect(try message("/", 7, 0) == "7 / 0: division by zero")
    #expect(try message("/", 0.5, 0) == "0.5 / 0: division by zero")
    #expect(try message("mod", 7, 0) == "7 mod 0: division by zero")
    #expect(try message("mod", 0.5, 0) == "0.5 mod 0: division by zero")
  }

  @Test("an integer that has no room in 64 bits is a failure")
  func overflow() throws {
    let (least, most) = (Value.integer(.min), Value.integer(.max))
    #expect(try message("+", most, 1) == "9223372036854775807 + 1 is greater than an integer of 64 bits can be")
    #expect(try message("+", least, -1) == "-9223372036854775808 + -1 is less than an integer of 64 bits can be")
    #expect(try message("-", least, 1) == "-9223372036854775808 - 1 is less than an integer of 64 bits can be")
    #expect(try message("-", 0, least) == "0 - -9223372036854775808 is greater than an integer of 64 bits can be")
    #expect(try message("*", most, 2) == "9223372036854775807 * 2 is greater than an integer of 64 bits can be")
    #expect(try message("*", most, -2) == "9223372036854775807 * -2 is less than an integer of 64 bits can be")
    #expect(try message("/", least, -1) == "-9223372036854775808 / -1 is greater than an integer of 64 bits can be")
    #expect(try message("negate", least) == "-(-9223372036854775808) is greater than an integer of 64 bits can be")
    #expect(try message("abs", least) == "abs(-9223372036854775808) is greater than an integer of 64 bits can be")
  }

  @Test("a decimal that is not finite is a failure")
  func infinity() throws {
    #expect(try message("*", 1e308, 10) == "1e308 * 10 is greater than a decimal can be")
    #expect(try message("*", -1e308, 10) == "-1e308 * 10 is less than a decimal can be")
    #expect(try message("/", 1e308, 1e-5) == "1e308 / 1e-5 is greater than a decimal can be")
  }

  @Test(
    "rounding is half away from zero",
    arguments: [
      (0.5, 1), (-0.5, -1), (1.5, 2), (2.5, 3), (2.4, 2), (-2.5, -3), (0.4, 0), (-0.4, 0), (7, 7), (1e300, 1e300),
      (0.49999999999999994, 0), (.decimal(.leastNonzeroMagnitude), 0), (4503599627370495.5, 4_503_599_627_370_496),
    ] as [(Value, Value)])
  func rounding(number: Value, result: Value) throws {
    #expect(try value("round", number) == result)
  }

  @Test(
    "rounding to digits goes by the number as it is written",
    arguments: [
      (2.675, 2, 2.68), (1.005, 2, 1.01), (-1.005, 2, -1.01), (0.05, 1, 0.1), (0.04, 1, 0), (0.005, 1, 0),
      (9.99, 1, 10), (3.14159, 3, 3.142), (3.14159, 100, 3.14159), (1234.5, -2, 1200), (1e-7, 7, 1e-7),
      (1.5e-7, 7, 2e-7), (1.5e300, -300, 2e300), (0.5, -1, 0), (0.5, .integer(.min), 0), (0.5, .integer(.max), 0.5),
      (1250, -2, 1300), (-1250, -2, -1300), (1249, -2, 1200), (5, -1, 10), (5, 3, 5), (5, -30, 0),
      (4_000_000_000_000_000_000, -19, 0),
    ] as [(Value, Value, Value)])
  func roundingToDigits(number: Value, digits: Value, result: Value) throws {
    #expect(try value("round", number, digits) == result)
  }

  @Test("rounding to what has no room is a failure")
  func roundingOverflow() throws {
    #expect(
      try message("round", .integer(.max), -1)
        == "round(9223372036854775807, -1) is greater than an integer of 64 bits can be")
    #expect(
      try message("round", .integer(.min), -19)
        == "round(-9223372036854775808, -19) is less than an integer of 64 bits can be")
    #expect(try message("round", 1.7e308, -308) == "round(1.7e308, -308) is greater than a decimal can be")
  }

  @Test("the lesser and the greater are of two values of one kind")
  func extremes() throws {
    #expect(try value("min", 2, 10) == 2)
    #expect(try value("max", 2, 10) == 10)
    #expect(try value("max", 2.5, 2) == 2.5)
    #expect(try value("min", "Žemė", "zebra") == "zebra")
    #expect(try value("max", .name("a"), .name("b")) == .name("b"))
    #expect(try value("min", day("2013-02-14"), day("2013-02")) == day("2013-02"))
    #expect(try value("max", false, true) == true)
  }

  @Test("values of two kinds have no lesser one")
  func mixedExtremes() throws {
    #expect(try message("min", 1, "a") == "min takes two values of one kind, not the number 1 and the string \"a\"")
    #expect(
      try message("max", "a", .name("a")) == "max takes two values of one kind, not the string \"a\" and the name a")
  }
}
