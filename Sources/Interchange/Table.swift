import Diagnostics
import Evaluation
import Graphs
import Relations
import Terms

/// Rows of a TSV or CSV file into a relation.
public enum Table {
  /// So many mistakes are told, each with its place; of others there is a count.
  public static let mostProblems = 20

  /// States each row of a table as a fact and returns how many rows there were; nothing is stated where any is wrong.
  ///
  /// `.facts` is as Soufflé writes it, without header, quotes and escapes. `.tsv` and `.csv` have a header line where the options
  /// say so; where they say nothing, unless a field of the first line is written as a number or a date. Empty lines are
  /// skipped. Fields are read by the types that the relation declares; where it declares none, or `any`, a column holds
  /// integers if all its fields are integers, decimals if all are numbers, and else strings. A row with an empty field in a column
  /// that holds no strings states nothing. A relation that is not declared is made with as many columns as the first line has,
  /// which have the names of the header. Fields go to the columns of a declared one by name if the header has all of its names,
  /// else by place.
  ///
  /// - Parameters:
  ///   - threads: with more than one, a long table is scanned by one and its terms are made by another.
  ///   - mayWrite: whether a file may list the rows that are skipped.
  ///   - note: is told what was decided and what was left out.
  ///   - proceed: is told now and then how many rows were read; where it answers false, nothing is stated.
  @discardableResult
  public static func read(
    _ path: String, into relation: String, of graph: Graph, options: TableOptions = TableOptions(), threads: Int = 1,
    admitting admitted: TextFile.Admission = .anything, mayWrite: Bool = true, note: (String) -> Void = { _ in },
    proceed: (Int) -> Bool = { _ in true }
  ) throws(Diagnostic) -> Int {
    try read(
      path, into: relation, of: graph, options: options, threads: threads, admitting: admitted,
      mayWrite: mayWrite, pieceSize: TableText.usualPieceSize, note: note, proceed: proceed)
  }

  /// - Parameter pieceSize: of how many bytes the pieces are in which a long file is read.
  static func read(
    _ path: String, into relation: String, of graph: Graph, options: TableOptions = TableOptions(), threads: Int,
    admitting admitted: TextFile.Admission = .anything, mayWrite: Bool = true, pieceSize: Int,
    note: (String) -> Void = { _ in },
    proceed: (Int) -> Bool = { _ in true }
  ) throws(Diagnostic) -> Int {
    do {
      guard var form = TableForm(path) else {
        throw Diagnostic(
          .unknownFileKind, "`\(path)` is not known to be a table",
          help: "the name of a table ends with .tsv, .csv or .facts")
      }
      if let separator = options.separator { form.separator = separator }
      let loading = TableLoading(path: path, relation: relation, graph: graph, options: options, threads: threads)
      let read =
        try loading.piecewise(form, admitted, pieceSize, proceed) ?? loading.whole(form, admitted, proceed)
      guard let read else { return 0 }
      for text in read.notes { note(text) }
      if !read.skipped.isEmpty {
        guard mayWrite else {
          throw Diagnostic(
            .outOfReach, "files are out of reach with --safe: `\(SkippedRows.path(path))`",
            help: "`{errors: skip}` lists there what it skips; mend the rows")
        }
        try TextFile.write(read.skipped, to: SkippedRows.path(path))
      }
      let relation = read.target.relation(of: graph)
      if let source = options.source {
        state(read, of: relation, from: source, in: graph)
      } else {
        graph.state(relation, tuples: read.tuples)
      }
      return read.tuples.count / max(1, relation.arity)
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw Diagnostic(.cannotRead, "cannot read `\(path)`: \(error)")
    }
  }

  /// States rows with their source and line.
  private static func state(
    _ rows: TableLoading.Rows, of relation: StoredRelation, from source: Value, in graph: Graph
  ) {
    let origin = AnnotationSets.Entry(key: graph.coin("source"), value: graph.terms.intern(source))
    let line = graph.coin("line")
    rows.tuples.withUnsafeBufferPointer { tuples in
      for (row, number) in rows.lines.enumerated() {
        let set = graph.annotationSets.intern([
          origin, AnnotationSets.Entry(key: line, value: graph.terms.intern(integer: Int64(number))),
        ])
        let start = row * relation.arity
        graph.state(relation, UnsafeBufferPointer(rebasing: tuples[start..<start + relation.arity]), set)
      }
    }
  }

  /// A table of fewer bytes is read sooner than it takes to start a thread, many times over.
  static let fewThreadedBytes = 1 << 18
}
