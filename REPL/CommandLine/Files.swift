import Diagnostics
import Glibc
import Sessions

/// Paths and folders, as far as the program needs them.
enum Files {
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether an open file is one, and no pipe or terminal.
  static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The path without links and relative parts; `nil` where there is no such file, or its path is not UTF-8.
  /// - Parameter isOnlyCounted: whether names that are not UTF-8 may be other ones, for nothing is opened by them.
  static func resolved(_ path: String, isOnlyCounted: Bool = false) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return isOnlyCounted ? String(cString: pointer) : String(validatingCString: pointer)
  }

  /// A path as messages show it: relative where it is beneath the working folder.
  static func shown(_ path: String) -> String {
    guard path.hasPrefix("/"), let here = resolved("."), path.hasPrefix(here == "/" ? here : here + "/") else {
      return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }
    return String(path.dropFirst(here == "/" ? 1 : here.utf8.count + 1))
  }

  /// The file and line of a place, the file as ``shown(_:)`` has it.
  static func place(_ span: SourceSpan) -> String { "\(shown(span.file.name)):\(span.file.line(of: span.start))" }

  /// The folder that holds the file or folder of this path.
  static func parent(of path: String) -> String {
    var path = path[...]
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The names in a folder that are UTF-8, sorted; empty where it cannot be read.
  static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(validatingCString: $0) }
      }
      if let name, name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The first bytes of a file; `nil` where it cannot be read.
  static func beginning(of path: String, limit: Int = 4096) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &bytes, limit)
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// All of standard input, as a source for statements.
  static func standardInput() throws -> SourceFile {
    var bytes: [UInt8] = []
    let lines = Lines(descriptor: STDIN_FILENO)
    try Watchdog.receiving { while let chunk = try lines.chunk() { bytes += chunk } }
    return try Watchdog.watching(.reading) { try SourceFile.reading(.standardInput, bytes: bytes) }
  }

  /// Makes a folder and those above it, readable by its owner only.
  static func makeFolder(_ path: String) {
    if isFolder(path) || path.isEmpty { return }
    makeFolder(parent(of: path))
    mkdir(path, 0o700)
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Standard input, output and error, which a caller may have closed.
///
/// The next file that is opened gets the lowest free number. So the journal would become standard output, and answers would be
/// written into it.
enum StandardFiles {
  /// Puts `/dev/null` in the place of those that are closed; to be called before any file is opened. It is open for reading
  /// only, so that what is written to it fails and is told, as it is if the file stays closed.
  static func fillGaps() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
