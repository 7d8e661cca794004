import Diagnostics
import Interchange

/// Which files may be read, once the files are closed: those that the program itself is told to read, while it reads them.
final class FileGate {
  var isClosed = false
  /// Its path without links, byte for byte, for it need not be UTF-8.
  private var admitted: [UInt8]?

  /// Has a file, or a folder with all that is in it, pass while something is done.
  func admitting<Result>(_ path: String, _ body: () throws -> Result) rethrows -> Result {
    let before = admitted
    admitted = TextFile.canonicalBytes(path)
    defer { admitted = before }
    return try body()
  }

  /// Throws if a path leads to another file. So does a link in a folder that leads out of it.
  func pass(_ path: String) throws(Diagnostic) {
    guard isClosed else { return }
    if let admitted {
      let path = TextFile.canonicalBytes(path)
      let slash = UInt8(ascii: "/")
      if path == admitted || path.starts(with: admitted.last == slash ? admitted : admitted + [slash]) { return }
    }
    throw Diagnostic(
      .outOfReach, "files are out of reach with --safe: `\(path)`",
      help: "state what is needed, or open it with --graph")
  }
}
