import Sessions

/// The forms in which answers are written.
enum Format: String, CaseIterable {
  case table, csv, tsv, json, jsonl, markdown, list

  /// Whether it is for reading by people, who see names in place of ids and empty lines between answers.
  var isForPeople: Bool {
    switch self {
    case .table, .markdown, .list: true
    case .csv, .tsv, .json, .jsonl: false
    }
  }

  /// The format that a file's ending asks for.
  init?(ending path: String) {
    switch FileName.ending(of: path) {
    case "csv": self = .csv
    case "tsv": self = .tsv
    case "json": self = .json
    case "jsonl": self = .jsonl
    case "md": self = .markdown
    default: return nil
    }
  }

  /// What is wrong with a file's name, and what to write, where its ending names no format; `nil` of a name without an ending.
  static func problem(ofEnding path: String) -> (message: String, help: String)? {
    let ending = FileName.ending(of: path)
    if ending.isEmpty || Format(ending: path) != nil { return nil }
    return (
      "no answers are written as `.\(ending)`",
      "end the name in .csv, .tsv, .json, .jsonl or .md, or choose a format with "
    )
  }
}

/// How answers look.
struct Style {
  var format = Format.tsv
  /// Whether it was asked for by its name.
  var isFormatChosen = false
  var header = true
  /// Names in place of ids in the formats for machines.
  var labels = false
  /// Whether texts in CSV and TSV that a spreadsheet would take for formulas are made harmless.
  var isForSpreadsheets = false
  /// Whether a terminal reads it, before which control characters are escaped.
  var isTerminal = false
  var color = false
  /// Whether lines and ellipses may be other than ASCII.
  var drawsBoxes = false
  /// The columns that the reader has.
  var terminalWidth: Int?
  /// Whether what is wider than the terminal is shown in full all the same.
  var isWide = false
  /// The columns that a table may take.
  var width: Int? { isWide ? nil : terminalWidth }
  /// Whether the rows of a table are numbered, for numbers to refer to.
  var numbersRows = false
  /// Whether a table ends with the number of its rows.
  var countsRows = true
}
