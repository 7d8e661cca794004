import Diagnostics
import Glibc
import Graphs
import Terms
import Testing

@testable import Storage

/// What a repair makes of a file that was made up has bounds: no byte of it counts for more than one fact or annotation.
@Suite struct ForgedRepairTests {
  private let folder: Folder
  private let path: String
  private let new: String

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    new = folder / "new.tiltas"
  }

  /// The file of a graph.
  private func file(of graph: Graph) throws -> Forgery {
    try Snapshot.write(graph, rules: [], to: path)
    return Forgery(bytes: try Folder.bytes(path))
  }

  /// What is left of a forged file; it must be refused before.
  private func repaired(_ forgery: Forgery) throws -> Graph {
    try Folder.write(forgery.sealed, to: path)
    #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    _ = try Snapshot.repair(path, to: new, on: HastyDisk())
    let graph = Graph()
    _ = try Snapshot.read(from: new, into: graph)
    return graph
  }

  /// Has every second number of some tell an end: each second range of two that follow reaches over those behind it.
  private func overlap(_ forgery: inout Forgery, from start: Int, count: Int, end: Int) {
    for index in 0..<count { forgery.set(start + 4 * index, 4, to: UInt64(index % 2 == 0 ? index / 2 : end)) }
  }

  @Test("of more columns no node is beneath two others, though all of them claim it")
  func moreColumns() throws {
    let (columns, count) = (8, 6)
    let graph = Graph()
    for index in 0..<count { state(graph, "eight", (0..<columns).map { .integer(Int64(index * columns + $0)) }) }
    var forgery = try file(of: graph)
    let relation = try #require(graph.relationNames.firstIndex(of: "eight"))
    var place = forgery.start(.facts, relation: relation) + 8 * columns
    for _ in 1..<columns {
      overlap(&forgery, from: place + 4 * count, count: count + 1, end: count)
      place += 4 * (2 * count + 1)
    }
    #expect(try repaired(forgery).factCount <= count)
  }

  @Test("of two columns no fact is in two rows")
  func twoColumns() throws {
    let count = 40
    let graph = Graph()
    for index in 0..<count { state(graph, "two", [.integer(Int64(index)), .integer(Int64(index + 7))]) }
    var forgery = try file(of: graph)
    let relation = try #require(graph.relationNames.firstIndex(of: "two"))
    for kind in [SnapshotLayout.Kind.facts, .backwardFacts] {
      let start = forgery.start(kind, relation: relation)
      let (limit, keys) = (forgery.number(start, 8), forgery.number(start + 8, 8))
      let rows = limit == 0 ? keys : limit
      overlap(&forgery, from: start + 16 + (limit == 0 ? 4 * keys : 0), count: rows + 1, end: count)
    }
    #expect(try repaired(forgery).factCount <= 2 * count)
  }

  @Test("no annotation is in two sets")
  func annotations() throws {
    let count = 40
    let graph = Graph()
    for index in 0..<count { state(graph, "p", [.integer(Int64(index))], [("key\(index)", .integer(Int64(index)))]) }
    var forgery = try file(of: graph)
    let sets = forgery.number(forgery.entry(.annotationOffsets) + 16, 8) / 4
    overlap(&forgery, from: forgery.start(.annotationOffsets), count: sets, end: count)
    let repaired = try repaired(forgery)
    let kept = (0..<UInt32(repaired.annotationSets.count)).map {
      repaired.annotationSets.entries(AnnotationSet($0)).count
    }
    #expect(kept.reduce(0, +) <= count)
  }

  @Test("the texts of terms are read a few times at most, however many terms claim all of them")
  func texts() throws {
    let block = TermDictionary.blockSize
    let graph = Graph()
    for index in 0..<24 * block { state(graph, "p", [.integer(Int64(index))]) }
    state(graph, "p", [.string(String(repeating: "a", count: 1 << 22))])
    var forgery = try file(of: graph)
    let length = forgery.number(forgery.entry(.texts) + 16, 8)
    let kinds = forgery.start(.termKinds)
    for index in stride(from: 0, to: 24 * block, by: block) {
      forgery.bytes[kinds + index] = TermDictionary.Kind.string.rawValue
      // Each of another length, so that each is another text.
      forgery.set(forgery.start(.termPayloads) + 8 * index, 8, to: UInt64(length - index / block))
    }
    let repaired = try repaired(forgery)
    let texts = values(of: repaired).count { if case .string = $0 { true } else { false } }
    #expect(texts <= 16 * forgery.bytes.count / (length - 24))
  }
}
