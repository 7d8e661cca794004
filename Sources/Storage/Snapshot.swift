import Graphs
import Language

/// The file that holds a whole graph, with the texts of its rules; `Documentation/SnapshotFormat.md` tells its bytes.
///
/// What can't be written or read is told by a ``Diagnostic`` without a place.
public enum Snapshot {
  /// Writes a graph, and the rules, parameters and constraints that were loaded with it, as texts with their files' names.
  ///
  /// The file is on the disk and whole when this returns; where it throws, one that was there before is as it was. The
  /// same graph gives the same bytes.
  public static func write(_ graph: Graph, rules: [(name: String, text: String)], to path: String) throws {
    do {
      try SnapshotWriter(graph: graph, sources: rules).write(to: path)
    } catch let fault as Catalogue.Fault {
      throw Diagnostic("cannot write `\(path)`: \(fault.reason)")
    }
  }

  /// Adds all that a snapshot holds to a graph, and returns the texts of its rules.
  ///
  /// Of a new graph only the terms are read; facts and statements are when they are first asked for, from the file as it
  /// was opened, also where another has taken its place since. What turns out to be damaged then is told by
  /// ``Graph/checkSupplies()``. Terms keep their numbers where the graph is new; else its own terms stay as they are, and
  /// all is read at once. Where it throws, the graph is as it was.
  public static func read(from path: String, into graph: Graph) throws -> [(name: String, text: String)] {
    let (stored, sources) = try reading(path) { (try $0.graph(), try $0.sources()) }
    if !graph.isNew { try provideAll(of: stored) }
    do {
      try graph.absorb(stored)
    } catch {
      throw Diagnostic(
        "cannot read `\(path)` into the graph: `\(error.relation)` has \(error.arities.here) arguments in the graph "
          + "and \(error.arities.there) in the file")
    }
    return sources
  }

  private static func provideAll(of graph: Graph) throws {
    for relation in graph.relationNames.compactMap({ graph.relation(named: $0) }) {
      relation.facts.provide()
      _ = relation.statements
    }
    try graph.checkSupplies()
  }

  /// What a snapshot holds. Only its header and its catalogue are read and checked.
  public static func info(of path: String) throws -> SnapshotInfo {
    try reading(path) { SnapshotInfo($0) }
  }

  /// Reads all of a snapshot and throws where any part of it is not as it was written.
  public static func verify(_ path: String) throws {
    try reading(path) { try $0.verify() }
  }

  private static func reading<Result>(_ path: String, _ body: (SnapshotReader) throws -> Result) throws -> Result {
    do {
      return try body(try SnapshotReader(try InputFile(path)))
    } catch let damage as Damage {
      throw damage.diagnostic(path)
    } catch is SnapshotLayout.NotASnapshot {
      throw Diagnostic(
        "`\(path)` is not a snapshot", help: "a file ending in `.tiltas` is one that `tiltas save` wrote")
    } catch let newer as SnapshotLayout.NewerVersion {
      throw Diagnostic(
        "the snapshot `\(path)` has version \(newer.version) of the format, and this program knows version "
          + "\(SnapshotLayout.newestVersion)", help: "open it with a newer `tiltas`")
    }
  }
}
