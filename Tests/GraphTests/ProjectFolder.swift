import Glibc
import SessionSupport
import Sessions

/// The files of the project that these tests read.
enum ProjectFolder {
  static let root: String = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  static let tests = root + "/Tests/GraphTests"

  /// The lines of a text file, without the empty one after the last.
  static func lines(_ path: String) throws -> [String] {
    var lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  static func text(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Missing(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct Missing: Error {
    var path: String
  }

  /// The names of the saved queries, without their ending.
  static let queries: [String] = {
    guard let folder = opendir(root + "/Queries") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".dl") { names.append(String(name.dropLast(3))) }
    }
    return names.sorted()
  }()

  /// A session on the real graph.
  static func session() throws -> Session {
    let session = Session()
    try session.load(path: root + "/Graph")
    return session
  }
}

extension Answers {
  /// As the answer files have it: a header and rows with tabs between the columns, or `yes` or `no`.
  var lines: [String] {
    if columns.isEmpty { return [holds ? "yes" : "no"] }
    return ([columns] + texts).map { $0.joined(separator: "\t") }
  }
}
