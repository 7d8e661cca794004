import Glibc

/// A folder that goes when the test does.
///
/// It goes without Foundation, whose ICU the modules of the library can't be tested beside.
public final class TemporaryFolder {
  public let path: String

  public struct Failure: Error { let number: Int32 }

  /// - Parameter files: the files to write into it, by their paths within it.
  public init(_ files: [String: String] = [:]) throws {
    var template = Array("/tmp/tiltas-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(number: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files { try write(name, text) }
  }

  deinit { Self.remove(path) }

  public func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file, in folders that are made if they are not there.
  public func write(_ name: String, _ text: String) throws { try file(name, Array(text.utf8)) }

  /// Writes a file and returns its path.
  @discardableResult
  public func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  @discardableResult
  public func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    guard let stream = fopen(path(name), "w") else { throw Failure(number: errno) }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Failure(number: errno) }
    return path(name)
  }

  /// Makes a folder and returns its path.
  @discardableResult
  public func folder(_ name: String) -> String {
    mkdir(path(name), 0o755)
    return path(name)
  }

  public func link(_ name: String, to target: String) { symlink(target, path(name)) }

  /// The text of a file; `nil` if it can't be read.
  public func read(_ name: String) -> String? {
    guard let stream = fopen(path(name), "r") else { return nil }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, stream), count > 0 { bytes += block[..<count] }
    return ferror(stream) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  public func entries(_ name: String = "") throws -> [String] {
    guard let entries = Self.entries(of: path(name)) else { throw Failure(number: errno) }
    return entries.sorted()
  }

  private static func entries(of folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a file, a link or a folder with all that is in it.
  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    chmod(path, 0o700)
    for name in entries(of: path) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }
}
