import Graphs
import TestSupport
import Testing

@testable import Interchange
@testable import Terms

/// A table is read alike in memory and piece by piece, on one thread and on two.
@Suite("Long tables")
struct LongTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What came of reading a table.
  private struct Reading {
    var terms: [Value] = []
    var rows: [[UInt32]] = []
    /// Each with the line and column where it is.
    var problems: [String] = []

    /// Whether two have the same rows, however their terms are numbered, and the same problems.
    func isSame(as other: Reading) -> Bool {
      let numbers = Dictionary(uniqueKeysWithValues: zip(other.terms, UInt32(0)...))
      let translation = terms.map { numbers[$0] ?? .max }
      return problems == other.problems
        && Set(rows.map { $0.map { translation[Int($0)] } }) == Set(other.rows)
    }
  }

  /// The size of pieces of which no file here is longer than two.
  private static let inMemory = Int.max / 4
  private static let pieceSize = 5_003

  private func read(
    _ path: String, _ types: [[PositionType]]?, threads: Int, pieceSize: Int
  ) throws -> Reading {
    let graph = Graph()
    if let types { graph.addRelation("r", RelationDeclaration(positions: types)) }
    var reading = Reading()
    do {
      _ = try Table.read(path, into: "r", of: graph, threads: threads, pieceSize: pieceSize)
    } catch let error {
      reading.problems = error.all.map { problem in
        let place = problem.span.map { $0.file.position(of: $0.start) }
        return "\(place?.line ?? 0):\(place?.column ?? 0) \(problem.message)"
      }
    }
    graph.relation(named: "r")?.facts.forEachTuple {
      reading.rows.append(Array($0))
      return true
    }
    reading.terms = (0..<graph.terms.count).map { graph.terms.value(Term(UInt32($0))) }
    return reading
  }

  /// Checks that a table has so many different rows, or problems, however it is read, and that terms are numbered alike on one
  /// thread and on two.
  private func expectSame(
    _ text: String, _ types: [[PositionType]]? = nil, rowCount: Int, _ name: String = "r.facts"
  ) throws {
    let path = try folder.file(name, text)
    let inMemory = try [1, 2].map { try read(path, types, threads: $0, pieceSize: Self.inMemory) }
    let inPieces = try [1, 2].map { try read(path, types, threads: $0, pieceSize: Self.pieceSize) }
    let hasProblems = !inMemory[0].problems.isEmpty
    #expect(inMemory[0].rows.count == (hasProblems ? 0 : rowCount))
    // The rows themselves would fill screens.
    let areSame = (inMemory[1...] + inPieces).map { $0.isSame(as: inMemory[0]) }
    #expect(areSame == [true, true, true])
    let haveSameTerms = [inMemory, inPieces].map { $0[0].terms == $0[1].terms }
    #expect(hasProblems || haveSameTerms == [true, true])
  }

  @Test(
    "rows of names, dates and numbers are the same, or their mistakes are",
    arguments: [
      [:], [7: "a b\t2013\t1\n"], [1: "'Ž'\t2013/2014\t-9\n", 8_000: "\n\r\n'y z'\t2013-02\t4\r\n"],
      [5_000: "x\ty\n"], [10_999: "x\t2013\tx\n", 3: "x\t2013-13\t4\n"],
    ] as [[Int: String]])
  func threads(others: [Int: String]) throws {
    let types: [[PositionType]] = [[.entity], [.date], [.integer]]
    let text = (0..<11_000).map { row in
      let number = row % 7000 * (row % 2 == 0 ? 1 : 1_000_003)
      return others[row] ?? "name_\(row / 3)\t20\(10 + row % 80)-01-0\(1 + row % 9)\t\(number)\n"
    }
    #expect(text.joined().utf8.count > Table.fewThreadedBytes)
    try expectSame(text.joined(), types, rowCount: 11_000)
  }

  @Test(
    "rows of integers are the same, whatever stands between",
    arguments: [
      [:], [0: "-5\t12345678\n", 5_000: "\n\r\n1_000\t0012\r\n", 10_999: "99999999999999999\t7"],
      [0: "1\t2\t3\n"], [21_999: "1\tx"], [11_000: "1\t-2\n", 16_000: "\n1\t2\n"],
      Dictionary(uniqueKeysWithValues: (0..<400).map { (50 * $0, "\($0 % 7)th\t\($0)\n") }),
      [700: "1\t2\t3\n", 701: "4\n", 8_000: "9999999999999999999\t1\n"],
    ] as [[Int: String]])
  func integers(others: [Int: String]) throws {
    let text = (0..<22_000).map { row in
      others[row] ?? "\(row * 7919 % 30_011)\t\(row % 3 == 0 ? row : row * 104_729 % 900_011)\n"
    }
    #expect(text.joined().utf8.count > Table.fewThreadedBytes)
    try expectSame(text.joined(), nil, rowCount: 22_000)
  }

  @Test(
    "what a column holds is decided by all of its fields, wherever the one stands that decides it",
    arguments: [("x", 29_999), ("007", 20_000), ("1.5", 64), ("-0", 0), ("99999999999999999999", 63)])
  func kinds(_ field: String, _ place: Int) throws {
    let rows = (0..<30_000).map { $0 == place ? "\(field)\tn\($0)\t1\n" : "\($0 % 997)\tn\($0)\t\($0 % 31)\n" }
    try expectSame(rows.joined(), rowCount: 30_000)
    let integers = (0..<30_000).map { $0 == place ? "7\t\(field)\n" : "\(10_000 + $0)\t\($0 % 31)\n" }
    try expectSame(integers.joined(), rowCount: 30_000)
    let path = try folder.file("r.facts", rows.joined())
    let reading = try read(path, nil, threads: 2, pieceSize: Self.pieceSize)
    let first = Set(reading.rows.map { reading.terms[Int($0[0])] })
    let isText = field != "1.5"
    #expect(first.contains(isText ? .string(field) : .decimal(1.5)))
    #expect(first.contains(isText ? .string("5") : .integer(5)) && first.count <= 998)
  }

  @Test("rows with empty fields are read alike, and those of nothing else are left out", arguments: [0, 19_999])
  func emptyFields(place: Int) throws {
    let rows = (0..<20_000).map { $0 == place ? "\t\n" : $0 % 3 == 0 ? "name_\($0)\t\n" : "name_\($0)\t\($0)\n" }
    try expectSame("name\tage\n" + rows.joined(), rowCount: 19_999, "r.tsv")
  }

  @Test("texts that end in numbers are the same")
  func numberedTextsOnTwoThreads() throws {
    let text = (0..<22_000).map { "q\($0 * 7919 % 30_011)\t\(TableTests.ids[$0 * 13 % TableTests.ids.count])\n" }
      .joined()
    #expect(text.utf8.count > Table.fewThreadedBytes)
    try expectSame(text, nil, rowCount: Set(text.split(separator: "\n")).count)
  }

  @Test("what looks like rows of integers within a field in quotes is none")
  func quotedRows() throws {
    let quoted = "\"" + String(repeating: "1,2\n", count: 60_000) + "\",3\n"
    try expectSame("4,5\n" + quoted + "6,7\n", nil, rowCount: 3, "r.csv")
  }

  @Test("text that is not in normal form C is brought to it", arguments: [0, 90_000, 179_990])
  func normalForm(place: Int) throws {
    let rows = (0..<18_000).map { $0 == place / 10 ? "Z\u{30C}em\u{117}\t1\n" : "Žemė_\($0)\t1\n" }
    try expectSame(rows.joined(), rowCount: 18_000)
    let graph = Graph()
    _ = try Table.read(
      folder.file("n.facts", rows.joined()), into: "n", of: graph, threads: 1, pieceSize: Self.pieceSize)
    #expect(graph.terms.find(.string("Žemė")) != nil)
  }

  @Test("bytes that are no UTF-8 are told with their place", arguments: [1, 9_000, 39_999])
  func invalid(line: Int) throws {
    let rows = (0..<40_000).map { Array("žemė_\($0)\t\($0)\n".utf8) }
    let path = try folder.file(
      "r.facts", rows.enumerated().flatMap { $0 == line ? [0x61, 0xFF, 0x09, 0x31, 0x0A] : $1 })
    for pieceSize in [Self.inMemory, Self.pieceSize] {
      let problems = try read(path, nil, threads: 1, pieceSize: pieceSize).problems
      #expect(problems == ["\(line + 1):2 the text is not UTF-8: byte 0xFF cannot stand here"])
    }
  }

  @Test("a line may be longer than a piece", arguments: [0, 11_000, 21_999])
  func longLine(place: Int) throws {
    let rows = (0..<22_000).map { $0 == place ? String(repeating: "x", count: 300_000) + "\t1\n" : "y\($0)\t1\n" }
    try expectSame(rows.joined(), rowCount: 22_000)
  }

  @Test(
    "a mark of the order of bytes, a header, empty lines, other ends of lines and none at the end make no difference",
    arguments: ["7", "name"])
  func surroundings(field: String) throws {
    let lines = (0..<17_000).map { "\(field)\($0)\t\($0 * 31 % 977)\t\($0 % 10)\t\($0 % 7)" }
    let plain = lines.joined(separator: "\n")
    try expectSame("\u{FEFF}\n\na\tb\tc\td\n\n" + plain, rowCount: 17_000, "r.tsv")
    try expectSame(plain + "\n\n\n", rowCount: 17_000)
    try expectSame(lines.joined(separator: "\r\n"), rowCount: 17_000)
    try expectSame(lines.joined(separator: "\n\n"), rowCount: 17_000)
  }

  @Test("parts of whole lines make the whole, wherever pieces end", arguments: [64, 65, 100, 1_000])
  func parts(pieceSize: Int) throws {
    let text = Array((0..<2_000).map { String(repeating: "\($0)", count: $0 % 9) + "\n" }.joined().utf8) + [0x37]
    let path = try folder.file("r.facts", text)
    let table = try #require(TableText(path, .facts, .anything, pieceSize: pieceSize))
    let memory = TableText.Memory()
    var read: [UInt8] = []
    while let part = try table.part(from: read.count, in: memory) {
      #expect(part.bytes.last == 0x0A)
      #expect(part.range.lowerBound == read.count)
      read += part.bytes.prefix(part.range.count)
      #expect(part.range.upperBound == read.count)
    }
    #expect(read == text)
    for count in 1...5 {
      let stretches = try table.stretches(from: 7, count)
      #expect(stretches.first?.lowerBound == 7 && stretches.last?.upperBound == text.count)
      for (one, next) in zip(stretches, stretches.dropFirst()) {
        #expect(one.upperBound == next.lowerBound && text[one.upperBound - 1] == 0x0A)
      }
    }
  }

  @Test("a file that has become shorter while it is read is not read piece by piece")
  func shorter() throws {
    let path = try folder.file("r.facts", String(repeating: "1\t2\n", count: 1_000))
    let table = try #require(TableText(path, .facts, .anything, pieceSize: 100))
    try folder.file("r.facts", "1\t2\n")
    #expect(throws: TableText.Unfit.self) { try table.part(from: 2_000, in: TableText.Memory()) }
  }

  @Test(
    "nothing is stated where it is not to go on, which is asked now and then",
    arguments: [("7", 1), ("name", 1), ("name", 3)], [1, 2])
  func stopped(_ asking: (field: String, times: Int), threads: Int) throws {
    let (field, times) = asking
    let path = try folder.file("r.facts", (0..<30_000).map { "\(field)\($0)\t\($0)\n" }.joined())
    let graph = Graph()
    var asked: [Int] = []
    let count = try Table.read(
      path, into: "r", of: graph, threads: threads, pieceSize: Self.pieceSize,
      proceed: {
        asked.append($0)
        return asked.count < times
      })
    #expect(count == 0)
    #expect(graph.relation(named: "r") == nil)
    #expect(asked.count == times)
    #expect(asked == asked.sorted())
  }
}
