import Glibc

/// The project's own files of statements.
enum ProjectFiles {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// The `.dl` files of the project beneath some folders.
  static let all: [String] = ["Graph", "Queries", "Tests/Conformance"].flatMap { list(root + "/" + $0) }

  private static func list(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return path.hasSuffix(".dl") ? [path] : [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { found += list(path + "/" + name) }
    }
    return found.sorted()
  }

  static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return bytes
  }
}
