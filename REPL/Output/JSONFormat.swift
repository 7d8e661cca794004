import Sessions

/// JSON, and JSON line by line.
extension AnswerPrinter {
  /// An array of an object for each row.
  func printJSON(_ rows: some Tabular) throws {
    let keys = rows.columns.map { JSON.quoted($0) + ":" }
    try output.write("[")
    for row in 0..<rows.rowCount {
      try pace.step(16)
      try output.write(row == 0 ? "\n  " : ",\n  ")
      try printObject(rows, row, keys)
    }
    try output.write(rows.rowCount == 0 ? "]\n" : "\n]\n")
  }

  func printJSONLines(_ rows: some Tabular) throws {
    let keys = rows.columns.map { JSON.quoted($0) + ":" }
    let start = queryNumber.map { "\"query\":\($0)," } ?? ""
    for row in 0..<rows.rowCount {
      try pace.step(16)
      try printObject(rows, row, keys, start)
      try output.write(0x0A)
    }
  }

  private func printObject(_ rows: some Tabular, _ row: Int, _ keys: [String], _ start: String = "") throws {
    try output.write("{" + start)
    for (column, key) in keys.enumerated() {
      if column > 0 { try output.write(",") }
      try output.write(key)
      let cell = rows.cell(row: row, column: column)
      switch cell {
      case .empty: try output.write("null")
      case .value(.integer(let integer)): try output.write("\(integer)")
      case .value(.decimal(let decimal)): try output.write("\(decimal)")
      case .value(.boolean(let boolean)): try output.write(boolean ? "true" : "false")
      case .value, .entity, .list: try output.write(JSON.quoted(text(cell)))
      }
    }
    try output.write("}")
  }
}

/// How JSON writes text.
enum JSON {
  /// Control characters, and the scalars that steer the direction of writing, are escaped also where JSON would not ask
  /// for it, so that the text is safe to show.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if needsEscape(scalar.value) {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func needsEscape(_ code: UInt32) -> Bool {
    switch code {
    case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }
}
