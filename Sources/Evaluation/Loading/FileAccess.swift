import Diagnostics
import Graphs

/// How the evaluation reaches files: it touches none itself.
public struct FileAccess {
  /// Reads a file of statements. Throws a ``Diagnostic`` without a place.
  public var source: (_ path: String) throws -> SourceFile
  /// Reads a table's rows into a relation of the graph, on no more than so many threads, and returns what was decided and left
  /// out. Throws ``Diagnostic``.
  public var table:
    (_ path: String, _ relation: String, _ graph: Graph, _ options: TableOptions, _ threads: Int) throws -> [String]
  /// A path as written in a file, from the working folder.
  public var resolve: (_ path: String, _ file: String) -> String
  /// One spelling for all paths of a file.
  public var canonical: (_ path: String) -> String

  public init(
    source: @escaping (_ path: String) throws -> SourceFile,
    table:
      @escaping (
        _ path: String, _ relation: String, _ graph: Graph, _ options: TableOptions, _ threads: Int
      ) throws -> [String],
    resolve: @escaping (_ path: String, _ file: String) -> String, canonical: @escaping (_ path: String) -> String
  ) {
    self.source = source
    self.table = table
    self.resolve = resolve
    self.canonical = canonical
  }
}
