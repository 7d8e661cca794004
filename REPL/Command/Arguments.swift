import Glibc

/// The arguments of the command line, and texts from the surroundings of the program.
enum Arguments {
  /// The arguments without the program's name, and `TILTAS_GRAPH`, are to be UTF-8: of another name of a file Swift would make
  /// that of another file.
  static func checked() throws(UsageError) -> [String] {
    var arguments: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      guard let text = String(validatingCString: argument) else { throw problem("the argument", argument) }
      arguments.append(text)
    }
    if let graph = getenv("TILTAS_GRAPH"), String(validatingCString: graph) == nil {
      throw problem("the variable TILTAS_GRAPH,", graph)
    }
    return arguments
  }

  private static func problem(_ what: String, _ bytes: UnsafePointer<CChar>) -> UsageError {
    UsageError(
      .argumentNotUTF8, "\(what) `\(shown(bytes))` is not UTF-8",
      help: "queries and the names of files are to be; rename the file")
  }

  /// With `\xFF` in the place of bytes that are not UTF-8.
  private static func shown(_ bytes: UnsafePointer<CChar>) -> String {
    let buffer = UnsafeBufferPointer(start: bytes, count: strlen(bytes))
    return buffer.reduce(into: "") { text, byte in
      let byte = UInt8(bitPattern: byte)
      text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }
  }
}
