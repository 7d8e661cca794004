import Graphs
import Language
import Relations
import Terms

/// Rows of a TSV or CSV file into a relation.
public enum Table {
  /// After this many mistakes a table is not read on.
  public static let mostProblems = 100

  /// States each row of a table as a fact and returns how many rows there were; nothing is stated where any is wrong.
  ///
  /// `.facts` is TSV without a header. `.tsv` and `.csv` have a header line, unless a field of their first line is
  /// written as a number or a date, which no header has. Empty lines are skipped. Fields are read by the types that the
  /// relation declares; where it declares none, or `any`, a field that is written as an integer is one and any other is
  /// a string. A relation that does not exist yet is made with as many columns as the first line has.
  ///
  /// - Parameters:
  ///   - threads: with more than one, a long table is scanned by one and its terms are made by another.
  ///   - proceed: is told now and then how many rows were read; where it answers false, nothing is stated.
  @discardableResult
  public static func read(
    _ path: String, into relation: String, of graph: Graph, threads: Int = 1,
    admitting admitted: TextFile.Admission = .anything, proceed: (Int) -> Bool = { _ in true }
  ) throws(Diagnostics) -> Int {
    do {
      guard let form = Form(path) else {
        throw Diagnostic(
          "`\(path)` is not known to be a table", help: "the name of a table ends with .tsv, .csv or .facts")
      }
      var bytes = try TextFile.read(path, admitted)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
      let file = bytes.allSatisfyASCII ? SourceFile(name: path, bytes: bytes) : try .reading(name: path, bytes: bytes)
      return try rows(of: file, form, into: relation, of: graph, threads, proceed)
    } catch let problem as Diagnostic {
      throw Diagnostics([problem])
    } catch let problems as Diagnostics {
      throw problems
    } catch {
      throw Diagnostics([Diagnostic("cannot read `\(path)`: \(error)")])
    }
  }

  /// How a table is written.
  struct Form {
    var isCSV: Bool
    var mayHaveHeader: Bool

    init?(_ path: String) {
      let name = path.lowercased()
      isCSV = name.hasSuffix(".csv")
      mayHaveHeader = isCSV || name.hasSuffix(".tsv")
      guard mayHaveHeader || name.hasSuffix(".facts") else { return nil }
    }
  }

  private static func tooWide(_ columns: Int, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      "the table has \(columns) columns; a relation has at most \(Relation.mostColumns)",
      at: SourceSpan(file, 0, min(1, file.bytes.count)), help: "split it into tables that share a column")
  }

  private static func rows(
    of file: SourceFile, _ form: Form, into name: String, of graph: Graph, _ threads: Int, _ proceed: (Int) -> Bool
  ) throws(Diagnostics) -> Int {
    let result = file.bytes.withUnsafeBufferPointer { bytes -> Result<(StoredRelation, [UInt32])?, Diagnostics> in
      var scanner = FieldScanner(bytes, isCSV: form.isCSV)
      guard let first = firstLine(&scanner) else { return .success(nil) }
      guard first.count <= Relation.mostColumns else { return .failure(Diagnostics([tooWide(first.count, file)])) }
      let relation = graph.relation(named: name) ?? graph.addRelation(name, arity: first.count)
      if !form.mayHaveHeader || first.hasData { scanner.position = first.start }
      var reader = RowReader(file, relation, graph)
      if first.count != relation.arity { scanner.position = first.start }
      let isThreaded = threads > 1 && bytes.count >= fewThreadedBytes
      guard
        isThreaded
          ? reader.readAll(
            &scanner, threads: threads, beside: { FieldScanner(bytes, isCSV: form.isCSV, from: $0) }, proceed)
          : reader.readAll(&scanner, proceed)
      else { return .success(nil) }
      return reader.problems.isEmpty ? .success((relation, reader.tuples)) : .failure(Diagnostics(reader.problems))
    }
    guard let (relation, tuples) = try result.get() else { return 0 }
    graph.state(relation, tuples: tuples)
    return tuples.count / max(1, relation.arity)
  }

  /// A table of fewer bytes is read sooner than it takes to start a thread, many times over.
  static let fewThreadedBytes = 1 << 18

  /// How many fields the first line has, and whether one of them is such that the line is no header.
  private static func firstLine(_ scanner: inout FieldScanner) -> (start: Int, count: Int, hasData: Bool)? {
    guard scanner.skipEmptyLines() else { return nil }
    let start = scanner.position
    var count = 0
    var hasData = false
    repeat {
      scanner.next()
      count += 1
      hasData = hasData || !FieldNumber.any(scanner.text).isNone || isDate(scanner.text)
    } while !scanner.isLast
    return (start, count, hasData)
  }

  private static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count <= 21 && DateSpan(utf8: text) != nil
  }
}

extension [UInt8] {
  /// Whether all bytes are below 0x80, so that they need no look at their validity and normal form.
  fileprivate var allSatisfyASCII: Bool {
    withUnsafeBytes { buffer in
      let words = buffer.count / 8
      var union: UInt64 = 0
      for index in 0..<words { union |= buffer.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
      for index in words * 8..<buffer.count { union |= UInt64(buffer[index]) }
      return union & 0x8080_8080_8080_8080 == 0
    }
  }
}
