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
