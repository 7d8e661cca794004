import Diagnostics
import Glibc
import Graphs
import Testing

@testable import Storage

/// A file system in memory that is full, where the tests may mount one.
@Suite(.serialized) struct FullDiskTests {
  private static let place = "/tmp/tiltas-tests-full-\(getpid())"

  /// Mounts a file system of a quarter of a megabyte; whether that could be done.
  private static let isMounted: Bool = {
    mkdir(place, 0o700)
    return mount("tmpfs", place, "tmpfs", 0, "size=256k") == 0
  }()

  @Test("a graph that is changed until the disk is full keeps what was acknowledged", .enabled(if: isMounted))
  func full() throws {
    defer {
      umount(Self.place)
      rmdir(Self.place)
    }
    let path = Self.place + "/a.tiltas"
    try JournalWorkload.begin(path)
    let workload = try JournalWorkload(path)
    let rows = (0..<400).map { Int64($0) }
    var acknowledged = 0
    var message: String?
    while message == nil {
      for row in rows { state(workload.graph, "batch", [.integer(Int64(acknowledged)), .integer(row)]) }
      do {
        _ = try workload.journal?.keep()
        acknowledged += 1
      } catch {
        message = (error as? Diagnostic)?.message
      }
    }
    #expect(
      message == "the change could not be put on the disk: cannot write `\(path).journal`: No space left on device")
    #expect(acknowledged > 3)
    let saving = #expect(throws: Diagnostic.self) { try workload.save() }
    #expect(saving?.message.contains("No space left on device") == true)
    workload.close()
    let graph = Graph()
    _ = try Snapshot.read(from: path, into: graph)
    #expect(graph.relation(named: "batch")?.factCount == acknowledged * rows.count)
  }
}
