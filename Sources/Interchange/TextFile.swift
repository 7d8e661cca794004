import Diagnostics
import Glibc

/// Reading and writing whole files, and finding them.
///
/// Mistakes are diagnostics without a span: they concern the file as a whole.
public enum TextFile {
  /// What a path may lead to.
  public enum Admission: Sendable {
    /// Files and, for a path that whoever runs the program named, pipes and terminals.
    case anything
    /// Files only, for a path that stands in a file: of others none is known to end.
    case regularFile
  }

  /// All bytes of a file; of `-`, those of standard input. Pipes and terminals are read to their end.
  /// - Parameter most: how many bytes a regular file may have.
  public static func read(
    _ path: String, _ admitted: Admission = .anything, atMost most: Int = .max
  ) throws(Diagnostic) -> [UInt8] {
    if path == "-" && admitted == .anything { return try contents(STDIN_FILENO, path, size: 0) }
    let descriptor = try opened(path, admitted)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw unreadable(path, EISDIR)
    case S_IFREG: break
    case S_IFCHR where admitted == .anything && (isatty(descriptor) == 1 || isNull(status)): break
    case S_IFIFO where admitted == .anything, S_IFSOCK where admitted == .anything: break
    default: throw Diagnostic(.notAFile, "cannot read `\(path)`: it is a device or a pipe, and not a file")
    }
    guard status.st_size <= most else {
      throw Diagnostic(.fileTooLarge, "cannot read `\(path)`: it has more than \(most >> 20) MiB")
    }
    return try contents(descriptor, path, size: Int(status.st_size))
  }

  /// A file as a source of statements: checked to be UTF-8 and brought to NFC.
  public static func source(_ path: String, _ admitted: Admission = .anything) throws(Diagnostic) -> SourceFile {
    try SourceFile.reading(path == "-" ? .standardInput : .file(path), bytes: read(path, admitted))
  }

  /// `/dev/null`, which holds nothing.
  private static func isNull(_ status: stat) -> Bool {
    var null = stat()
    return stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
  }

  static func opened(_ path: String, _ admitted: Admission) throws(Diagnostic) -> Int32 {
    // A C string would end at the NUL and so name another file.
    guard !path.utf8.contains(0) else { throw unreadable(path, ENOENT) }
    while true {
      // To open a pipe waits for its writer, unless told not to.
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | (admitted == .regularFile ? O_NONBLOCK : 0))
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw unreadable(path, errno) }
    }
  }

  /// The size is a first guess: files in `/proc` have none, others may grow while they are read.
  private static func contents(_ descriptor: Int32, _ path: String, size: Int) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    var capacity = max(size + 1, 1 << 16)
    while true {
      let block = try block(descriptor, path, capacity: capacity)
      if bytes.isEmpty { bytes = block } else { bytes += block }
      if block.count < capacity { return bytes }
      capacity = max(1 << 16, min(bytes.count, 1 << 26))
    }
  }

  /// As many bytes as fit, fewer only at the end of the file.
  private static func block(_ descriptor: Int32, _ path: String, capacity: Int) throws(Diagnostic) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      while count < capacity {
        let length = Glibc.read(descriptor, start + count, capacity - count)
        if length > 0 {
          count += length
        } else if length == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    if failure != 0 { throw unreadable(path, failure) }
    return bytes
  }

  static func unreadable(_ path: String, _ code: Int32) -> Diagnostic {
    switch code {
    case ENOENT:
      Diagnostic(.noSuchFile, "cannot read `\(path)`: there is no such file", help: nearestFile(to: path))
    case EISDIR:
      Diagnostic(.notAFile, "`\(path)` is a folder", help: "name a file in it")
    case ENOTDIR:
      Diagnostic(.noSuchFile, "cannot read `\(path)`: a part of the path is a file and not a folder")
    case EACCES, EPERM:
      Diagnostic(.noPermission, "cannot read `\(path)`: you have no permission to read it")
    default:
      Diagnostic(.cannotRead, "cannot read `\(path)`: \(reason(code))")
    }
  }

  /// Whether a path leads to a regular file, which may be read without waiting for anybody.
  public static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The system's words for an error, begun in lower case as messages are.
  static func reason(_ code: Int32) -> String {
    let words = String(cString: strerror(code))
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// Does something with a file, of which it is told what may have been meant if it is not there.
  public static func hinting<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch var problem as Diagnostic where problem.code == .noSuchFile && problem.help == nil {
      problem.help = nearestFile(to: path)
      throw problem
    }
  }

  private static func nearestFile(to path: String) -> String? {
    let (folder, name) = divided(path)
    guard let names = entries(of: folder.isEmpty ? "." : folder) else {
      return composedOtherwise(String(folder.dropLast())) ?? "there is no folder `\(folder)`"
    }
    if let other = composedOtherwise(path) { return other }
    let visible = names.filter { !$0.hasPrefix(".") }.sorted()
    return Suggestion.nearest(to: name, among: visible).map { "did you mean `\(folder)\($0)`?" }
  }

  /// Equal texts may have other bytes, which name other files.
  private static func composedOtherwise(_ path: String) -> String? {
    let (folder, name) = divided(path)
    let names = entries(of: folder.isEmpty ? "." : folder) ?? []
    guard let same = names.first(where: { $0 == name && !$0.utf8.elementsEqual(name.utf8) }) else { return nil }
    return "`\(folder)\(same)` is there, with its letters composed otherwise: `mv '\(folder)\(same)' '\(path)'`"
  }
}
