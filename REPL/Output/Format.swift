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

  /// The ending of files that are written so; `nil` if no ending asks for it.
  private var ending: String? {
    switch self {
    case .csv, .tsv, .json, .jsonl: rawValue
    case .markdown: "md"
    case .table, .list: nil
    }
  }

  /// What writes rows in the format.
  func write(_ rows: some Tabular, with parameters: String?, _ printer: AnswerPrinter) throws {
    switch self {
    case .table: try printer.printTable(rows, with: parameters)
    case .tsv: try printer.printTSV(rows)
    case .csv: try printer.printCSV(rows)
    case .json: try printer.printJSON(rows)
    case .jsonl: try printer.printJSONLines(rows)
    case .markdown: try printer.printMarkdown(rows)
    case .list: try printer.printList(rows)
    }
  }

  /// What answers a query without variables.
  func truth(_ holds: Bool, query: Int?) -> String {
    switch self {
    case .json, .jsonl: query.map { "{\"query\":\($0),\"answer\":\(holds)}\n" } ?? "\(holds)\n"
    case .csv: holds ? "yes\r\n" : "no\r\n"
    case .table, .tsv, .markdown, .list: holds ? "yes\n" : "no\n"
    }
  }

  /// The format that a file's ending asks for.
  init?(ending path: String) {
    let ending = FileName.ending(of: path)
    guard let format = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
    self = format
  }

  /// What is wrong with a file's name, and what to write, where its ending names no format; `nil` of a name without an ending.
  static func problem(ofEnding path: String) -> (message: String, help: String)? {
    let ending = FileName.ending(of: path)
    if ending.isEmpty || Format(ending: path) != nil { return nil }
    let endings = allCases.compactMap(\.ending).map { "." + $0 }
    let list = endings.dropLast().joined(separator: ", ") + " or " + endings[endings.count - 1]
    return ("no answers are written as `.\(ending)`", "end the name in \(list), or choose a format with ")
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
