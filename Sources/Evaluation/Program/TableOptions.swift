import Diagnostics
import Language
import Terms

/// What an `import` says of how its table is written.
public struct TableOptions: Sendable {
  /// Whether the first line names the columns; `nil` where the table itself is to tell.
  public var header: Bool?
  /// The byte between two fields; `nil` for the usual one.
  public var separator: UInt8?
  /// What a field is that states nothing, besides an empty one.
  public var empty: String?
  /// The names of the columns: of all of them where no header has names, else of those to be read.
  public var columns: [String]?
  /// The source that each row is annotated with, and with its line in the file.
  public var source: Value?
  /// The encoding of the text, by its name; `nil` where its bytes are to tell.
  public var encoding: String?

  /// Whether rows with mistakes are left out and the others stated, where else nothing is.
  public var skipsErrors = false

  public init() {}

  /// - Parameter value: gives the value of an option.
  init(_ options: [Annotation], value: (Expression) throws(Diagnostic) -> Value) throws(Diagnostic) {
    for (number, option) in options.enumerated() {
      if options.prefix(number).contains(where: { $0.key.name == option.key.name }) {
        throw Diagnostic(
          .tableOption, "the option `\(option.key.name)` stands twice", at: option.key.span,
          help: "leave one of the two out")
      }
      try take(option, value)
    }
  }

  private mutating func take(
    _ option: Annotation, _ value: (Expression) throws(Diagnostic) -> Value
  ) throws(Diagnostic) {
    let span = option.value.span
    switch option.key.name {
    case "header":
      guard case .boolean(let header) = try value(option.value) else {
        throw Diagnostic(.tableOption, "`header` is `true` or `false`", at: span, help: "write `{header: true}`")
      }
      self.header = header
    case "separator":
      guard case .string(let text) = try value(option.value), let separator = Self.separator(text) else {
        throw Diagnostic(
          .tableOption, "`separator` is a sign in quotes, and no letter, digit or quote", at: span,
          help: "write `{separator: \";\"}`, or `\"\\t\"` for tabs")
      }
      self.separator = separator
    case "empty":
      guard case .string(let text) = try value(option.value) else {
        throw Diagnostic(.tableOption, "`empty` is a text", at: span, help: "write `{empty: \"n/a\"}`")
      }
      empty = text
    case "columns":
      guard case .string(let text) = try value(option.value), let columns = Self.columns(text) else {
        throw Diagnostic(
          .tableOption, "`columns` is a text with a name for each column, no two alike, between commas", at: span,
          help: "write `{columns: \"id, sender, sent\"}`")
      }
      self.columns = columns
    case "source":
      let source = try value(option.value)
      switch source {
      case .name, .string: self.source = source
      default:
        throw Diagnostic(
          .tableOption, "`source` is a name or a text", at: span, help: "write `{source: archive_7}`")
      }
    case "encoding":
      guard case .string(let text) = try value(option.value) else {
        throw Diagnostic(
          .tableOption, "`encoding` is a text", at: span, help: "write `{encoding: \"windows-1257\"}`")
      }
      encoding = text
    case "errors":
      switch try value(option.value) {
      case .name("skip"), .string("skip"): skipsErrors = true
      default:
        throw Diagnostic(
          .tableOption, "`errors` is `skip`, or is left out", at: span,
          help: "write `{errors: skip}` to have rows with mistakes left out and listed in a file")
      }
    default: throw unknown(option.key)
    }
  }

  private static func columns(_ text: String) -> [String]? {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let start = part.drop(while: \.isWhitespace)
      return String(
        start.prefix(
          (start.lastIndex { !$0.isWhitespace }).map { start.distance(from: start.startIndex, to: $0) + 1 } ?? 0))
    }
    return names.contains("") || Set(names).count < names.count ? nil : names
  }

  private static func separator(_ text: String) -> UInt8? {
    guard text.utf8.count == 1, let byte = text.utf8.first else { return nil }
    let isWord = Text.isBareName("a" + text)
    return byte == 0x09 || byte >= 0x20 && byte < 0x7F && !isWord && !"\"'\\-.+".utf8.contains(byte) ? byte : nil
  }

  private static let known = ["header", "separator", "empty", "columns", "source", "encoding", "errors"]
  /// Those that the language has and this version doesn't read.
  private static let later = ["dates"]

  private func unknown(_ key: Identifier) -> Diagnostic {
    let have = "this version reads `header`, `separator`, `empty`, `columns`, `source`, `encoding` and `errors`"
    if Self.later.contains(key.name) {
      return Diagnostic(.tableOption, "the option `\(key.name)` of `import` is not there yet", at: key.span, help: have)
    }
    let near = Suggestion.nearest(to: key.name, among: Self.known)
    return Diagnostic(
      .tableOption, "`import` has no option `\(key.name)`", at: key.span,
      help: near.map { "did you mean `\($0)`?" } ?? have)
  }
}
