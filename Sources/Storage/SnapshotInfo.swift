import Diagnostics

/// What a snapshot holds, as its header and catalogue tell.
public struct SnapshotInfo: Sendable {
  /// The version of the file's format.
  public var version: Int
  /// The length of the file.
  public var bytes: Int
  public var terms: Int
  public var types: Int
  /// The relations and types in the order of their names.
  public var relations: [(name: String, arity: Int, facts: Int)]
  /// The annotated statements of all relations.
  public var statements: Int

  /// What the journal beside it holds, or what is wrong with that; `nil` where it holds nothing.
  public var journal: Result<Journal, Diagnostic>?

  /// What was changed since the snapshot was written.
  public struct Journal: Sendable {
    /// How many changes there are, each of one entry of the prompt or one transaction.
    public var changes: Int
    /// How many bytes at the end belong to no whole change.
    public var tornBytes: Int
    /// Whether these may be a change that was acknowledged and is damaged.
    public var isEndDoubtful: Bool
  }

  init(_ reader: SnapshotReader) {
    version = Int(reader.layout.version)
    bytes = reader.layout.fileLength
    terms = reader.layout.termCount
    types = reader.catalogue.types.count
    relations = reader.catalogue.relations.map { ($0.name, $0.arity, $0.facts) }
    // The catalogue's numbers are not compared with the sections here, so their sum may be any.
    statements = reader.catalogue.relations.reduce(0) { $0 &+ $1.statements }
  }
}
