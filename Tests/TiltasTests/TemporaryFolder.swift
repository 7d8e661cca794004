import Glibc

/// A folder that goes with the value.
final class TemporaryFolder {
  private let name: String

  init() throws {
    var template = Array("/tmp/tiltas-database-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(number: errno) }
    name = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    guard let entries = opendir(name) else { return }
    while let entry = readdir(entries) {
      withUnsafePointer(to: entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: 256) { _ = unlink(path(String(cString: $0))) }
      }
    }
    closedir(entries)
    rmdir(name)
  }

  struct Failure: Error { let number: Int32 }

  func path(_ file: String) -> String { name + "/" + file }

  func write(_ text: String, to file: String) throws {
    guard let stream = fopen(path(file), "w") else { throw Failure(number: errno) }
    defer { fclose(stream) }
    fputs(text, stream)
  }
}
