import Language

/// How a table is written.
struct TableForm {
  /// Whether a field may stand in `"`, within which a separator and an end of a line are text.
  var hasQuotes = false
  /// Whether `\t`, `\n`, `\r` and `\\` stand for what can't be written in a field.
  var hasEscapes = false
  var mayHaveHeader = true
  /// Whether an empty field is a text like any other, as Soufflé reads it.
  var emptyIsText = false
  var separator: UInt8

  static let comma = TableForm(hasQuotes: true, separator: UInt8(ascii: ","))
  static let tabs = TableForm(hasEscapes: true, separator: UInt8(ascii: "\t"))
  /// What Soufflé writes: no header, no quotes, no escapes.
  static let facts = TableForm(mayHaveHeader: false, emptyIsText: true, separator: UInt8(ascii: "\t"))

  /// The form that the ending of a file's name tells; `nil` where it is not that of a table.
  init?(_ path: String) {
    switch FileName.endingOfTable(path) {
    case "csv": self = .comma
    case "tsv": self = .tabs
    case "facts": self = .facts
    default: return nil
    }
  }

  private init(
    hasQuotes: Bool = false, hasEscapes: Bool = false, mayHaveHeader: Bool = true, emptyIsText: Bool = false,
    separator: UInt8
  ) {
    self.hasQuotes = hasQuotes
    self.hasEscapes = hasEscapes
    self.mayHaveHeader = mayHaveHeader
    self.emptyIsText = emptyIsText
    self.separator = separator
  }

  /// The separator as messages show it.
  var shownSeparator: String {
    switch separator {
    case UInt8(ascii: "\t"): "tabs"
    case UInt8(ascii: " "): "spaces"
    default: "`\(Character(Unicode.Scalar(separator)))`"
    }
  }
}
