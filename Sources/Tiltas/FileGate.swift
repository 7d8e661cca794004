import Language

/// Whether statements may reach files by `include` and `import`.
final class FileGate {
  var isClosed = false

  func pass() throws(Diagnostic) {
    if isClosed {
      throw Diagnostic("files are out of reach with --safe", help: "state what is needed, or open it with --graph")
    }
  }
}
