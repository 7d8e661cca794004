/// The lines of a file, from 1, in which the rows of a table begin.
struct RowLines {
  private(set) var lines: [Int] = []

  /// - Parameter start: where the first row begins.
  /// - Parameter skipped: where the rows begin that do not count, in their order.
  init(_ text: TableText, from start: Int, without skipped: [Int]) throws(TableText.Unfit) {
    var line = try text.line(of: start)
    var offset = start
    var next = 0
    let memory = TableText.Memory()
    defer { withExtendedLifetime(memory) {} }
    while let part = try text.lines(from: offset, in: memory) {
      var scanner = FieldScanner(part, text.form)
      var seen = 0
      while scanner.skipEmptyLines() {
        line += part.bytes[seen..<scanner.position].count { $0 == 0x0A }
        seen = scanner.position
        if next < skipped.count && skipped[next] == part.range.lowerBound + seen {
          next += 1
        } else {
          lines.append(line)
        }
        repeat { scanner.next() } while !scanner.isLast
      }
      line += part.bytes[seen...].count { $0 == 0x0A }
      offset = part.range.upperBound
    }
  }
}
