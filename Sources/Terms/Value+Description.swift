extension Value: CustomStringConvertible {
  /// The value as a program writes it, such that reading it gives the value again.
  public var description: String {
    switch self {
    case .absent: "_"
    case .name(let text): Text.isBareName(text) ? text : Self.quoted(text, by: "'")
    case .string(let text): Self.quoted(text, by: "\"")
    // A year alone would be read as a number, and `%` would begin a comment.
    case .date(let date) where !date.isBare: "date(\"\(date.description)\")"
    default: plainText
    }
  }

  /// The value as a cell of TSV or CSV shows it: without quotes and escapes.
  public var plainText: String {
    switch self {
    case .name(let text), .string(let text): text
    case .integer(let integer): String(integer)
    case .decimal(let decimal): Self.digits(decimal)
    case .boolean(let boolean): boolean ? "true" : "false"
    case .date(let date): date.description
    }
  }

  private static func quoted(_ text: String, by quote: Unicode.Scalar) -> String {
    var quoted = String(quote)
    Text.appendEscaped(text, to: &quoted) { $0 == quote || $0 == "\\" || Text.isUnsafeToShow($0) }
    quoted.unicodeScalars.append(quote)
    return quoted
  }

  /// The shortest digits that give the decimal again, with `e300` and `e-7` for what Swift writes as `e+300`, `e-07`.
  private static func digits(_ decimal: Double) -> String {
    let digits = decimal.description
    let parts = digits.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return digits }
    return "\(parts[0])e\(exponent)"
  }
}
