import Diagnostics
import Glibc
import Storage
import Terms

extension TextFile {
  /// All files under a folder whose names have an ending, in the order of the bytes of their paths.
  ///
  /// The ending is given in small letters; those of the files may be in capitals.
  /// What is hidden is left out, and each folder is entered once, by whichever links lead to it.
  /// - Parameters:
  ///   - admit: throws for what is not to be read.
  ///   - tell: is told of files and folders that are left out, since their names are not UTF-8.
  public static func folder(
    _ path: String, endingWith ending: String, admitting admit: (_ path: String) throws(Diagnostic) -> Void = { _ in },
    telling tell: (String) -> Void = { _ in }
  ) throws(Diagnostic) -> [String] {
    var files: [String] = []
    var entered: Set<FileIdentity> = []
    var open = [path]
    var leftOut: [String] = []
    while let folder = open.popLast() {
      try admit(folder)
      guard let status = status(of: folder) else { throw unreadable(folder, errno) }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw Diagnostic(.notAFile, "`\(folder)` is not a folder") }
      guard entered.insert(FileIdentity(status)).inserted else { continue }
      let names = entries(of: folder) { name, isFolder in
        if isFolder || name.lowercased().hasSuffix(ending) { leftOut.append("\(folder)/\(name)") }
      }
      guard let names else { throw unreadable(folder, errno) }
      for name in names where !name.hasPrefix(".") {
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        switch kind(of: path) {
        case .folder: open.append(path)
        case .file:
          guard name.lowercased().hasSuffix(ending) else { break }
          try admit(path)
          files.append(path)
        case .other: break
        }
      }
    }
    if let first = leftOut.min() {
      let more = leftOut.count == 1 ? "is" : "and \(leftOut.count - 1) more are"
      tell("note: `\(first)` \(more) left out: \(leftOut.count == 1 ? "its name is" : "their names are") not UTF-8")
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path leads to a folder.
  public static func isFolder(_ path: String) -> Bool {
    guard let status = status(of: path) else { return false }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path that a statement in a file means: relative to the folder of that file.
  public static func resolve(_ path: String, relativeTo file: String) -> String {
    path.hasPrefix("/") ? path : divided(file).folder + path
  }

  /// The one path of a file among all that lead to it, or the path as it is if there is no such file, or that is not UTF-8.
  public static func canonical(_ path: String) -> String {
    String(validating: canonicalBytes(path), as: UTF8.self) ?? path
  }

  /// The one path of a file among all that lead to it, byte for byte, or the path as it is if there is no such file.
  public static func canonicalBytes(_ path: String) -> [UInt8] { SystemDisk.realPath(path) ?? Array(path.utf8) }

  /// What a path leads to, as far as reading folders needs to know.
  private enum Kind { case file, folder, other }

  /// A link that leads nowhere counts as a file, so that reading it tells that something is missing.
  private static func kind(of path: String) -> Kind {
    guard let status = status(of: path) else { return errno == ELOOP ? .other : .file }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  private struct FileIdentity: Hashable {
    let device: UInt
    let number: UInt
    init(_ status: stat) {
      device = UInt(status.st_dev)
      number = UInt(status.st_ino)
    }
  }

  static func status(of path: String) -> stat? {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    return status
  }

  /// The names in a folder, without `.` and `..`, or `nil` where it cannot be read.
  /// - Parameter leaveOut: is given those that are not UTF-8, with `\xFF` in the place of other bytes, but for hidden ones.
  static func entries(
    of folder: String, leavingOut leaveOut: (_ name: String, _ isFolder: Bool) -> Void = { _, _ in }
  ) -> [String]? {
    guard !folder.utf8.contains(0), let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if Text.firstInvalidUTF8(bytes) != nil {
        if bytes[0] != UInt8(ascii: ".") { leaveOut(shown(bytes), entry.pointee.d_type == DT_DIR) }
        continue
      }
      let name = String(decoding: bytes, as: UTF8.self)
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }
  }

  /// A path up to its last `/`, and the rest.
  static func divided(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    return (String(path[...slash]), String(path[path.utf8.index(after: slash)...]))
  }
}
