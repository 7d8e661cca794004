import Diagnostics
import Language

/// The file beside a table that lists the rows of it that were skipped, with what is wrong with them.
enum SkippedRows {
  static func path(_ table: String) -> String { table + ".skipped" }

  static func note(_ table: String, rows: Int) -> String {
    "note: \(table): \(rows == 1 ? "1 row is" : "\(rows) rows are") skipped, which `\(path(table))` lists"
  }

  /// A line for each problem: its line and column, and what it is.
  static func list(_ problems: [(offset: Int, message: String)], _ file: SourceFile) -> [UInt8] {
    var list: [UInt8] = []
    for problem in problems {
      let (line, column) = file.position(of: problem.offset)
      list += "\(file.name):\(line):\(column): \(problem.message)\n".utf8
    }
    return list
  }
}
