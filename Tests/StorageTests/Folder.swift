import Glibc

/// A new folder for one test, which goes with it.
final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/tiltas-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    chmod(path, 0o700)
    for name in names { unlink(self / name) }
    rmdir(path)
  }

  struct Failure: Error {
    var code: Int32
  }

  /// The names of what is in the folder.
  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func / (folder: Folder, name: String) -> String { folder.path + "/" + name }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Failure(code: errno) }
    defer { fclose(file) }
    var status = stat()
    fstat(fileno(file), &status)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard fread(&bytes, 1, bytes.count, file) == bytes.count else { throw Failure(code: errno) }
    return bytes
  }

  static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    guard let file = fopen(path, "w") else { throw Failure(code: errno) }
    defer { fclose(file) }
    guard fwrite(Array(bytes), 1, bytes.count, file) == bytes.count else { throw Failure(code: errno) }
  }
}
