/// Numbers as messages show them, without a formatting library.
enum Decimals {
  /// With three decimals: `0.012`.
  static func fixed(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// Without a fraction where it is whole: `2`, `0.5`.
  static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// `1 row`, `2 rows`.
  static func count(_ number: Int, _ singular: String, _ plural: String) -> String {
    "\(number) " + (number == 1 ? singular : plural)
  }

  /// With a comma between thousands: `50,000`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let grouped = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }
    return (number < 0 ? "-" : "") + grouped.joined()
  }
}
