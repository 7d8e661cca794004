import Diagnostics
import Language
import Terms

/// Reads the text that a parameter is set to as a value of the kind that its default has.
struct ParameterText {
  let name: String
  let text: String
  let parameter: Program.Parameter

  /// The value; of a parameter that is an entity, a string is a name to be looked up where the parameter is used.
  func value() throws(Diagnostic) -> Value {
    switch parameter.value {
    case .string: return .string(unquoted)
    case .name:
      if case .name(let name)? = constant { return .name(name) }
      return .string(unquoted)
    case .boolean:
      if case .boolean? = constant { return constant ?? parameter.value }
      throw wrong("`true` or `false`", help: nil)
    case .date:
      guard let date else { throw wrong("a date", help: dateHelp) }
      return .date(date)
    case .integer, .decimal:
      switch (constant, parameter.isDecimal) {
      case (.integer(let integer)?, _): return .integer(integer)
      case (.decimal(let decimal)?, true): return .decimal(decimal)
      default: throw wrong(parameter.isDecimal ? "a number" : "an integer", help: numberHelp)
      }
    }
  }

  /// The text as the constant of the language that it writes.
  private var constant: Value? { try? Parser.constant(text) }

  /// A string in quotes without these; any other text as it is.
  private var unquoted: String {
    if text.hasPrefix("\""), case .string(let content)? = constant { content } else { text }
  }

  private var date: DateSpan? {
    switch constant {
    case .date(let date)?: date
    // `1870%` is read as a number and a comment, and `-0044` as a number.
    case .integer?: DateSpan(text).flatMap { $0.isPlain ? nil : $0 }
    case .string(let content)?: DateSpan(content)
    default: DateSpan(text)
    }
  }

  private var dateHelp: String {
    if text.utf8.count == 4, DateSpan(text) != nil {
      return "write a day or a month, such as \(name)=\(text)-01, or for the whole year \(name)='date(\"\(text)\")'"
    }
    if let date = WrittenDate.date(text) { return "write \(name)=\(date)" }
    return DateSpan.whyInvalid(text) ?? "write it as 2013-02-14"
  }

  private var numberHelp: String? {
    if case .decimal? = constant { return "if it may have a fraction its default has one: `param \(name) = 1.0.`" }
    var reason: Diagnostic?
    do throws(Diagnostic) { _ = try Parser.constant(text) } catch { reason = error }
    if let reason, reason.code == .integerTooGreat { return reason.help }
    return nil
  }

  private func wrong(_ expected: String, help: String?) -> Diagnostic {
    Diagnostic(
      .wrongParameterValue,
      "the parameter `\(name)` takes \(expected), as its default \(parameter.value.description) is, and not \(shown)",
      help: help ?? "write \(name)=\(parameter.value.description)",
      notes: [Diagnostic.Note("the default stands here", at: parameter.span)])
  }

  private var shown: String {
    text.isEmpty ? "an empty text" : "`\(text.prefix(Self.mostShown))\(text.count > Self.mostShown ? "…" : "")`"
  }

  private static let mostShown = 60
}
