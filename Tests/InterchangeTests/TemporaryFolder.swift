import Glibc
import Interchange
import Testing

/// A folder that is there as long as a test runs.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/interchange-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { remove(path) }

  /// Writes a file and returns its path.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(path)/\(name)"
    let stream = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    return path
  }

  @discardableResult
  func folder(_ name: String) -> String {
    mkdir("\(path)/\(name)", 0o755)
    return "\(path)/\(name)"
  }

  func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }

  /// Removes a file, a link or a folder with all that is in it.
  private func remove(_ path: String) {
    guard Glibc.remove(path) != 0, let stream = opendir(path) else { return }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { remove("\(path)/\(name)") }
    }
    closedir(stream)
    Glibc.remove(path)
  }
}
