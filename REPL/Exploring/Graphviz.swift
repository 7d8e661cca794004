import Glibc
import Tiltas

/// The program `dot` of graphviz.
enum Graphviz {
  /// Runs it on a text, with its result into an open file.
  static func run(_ arguments: [String], input: String, output: Int32) throws {
    let source = try unnamedFile(input)
    defer { close(source) }
    let status = try ChildProcess.run(["dot"] + arguments, input: source, output: output)
    guard status != ChildProcess.notFound else {
      throw Diagnostic(
        "pictures are drawn by graphviz, which is not installed",
        help: "install it (`make setup` does), or write a .dot file")
    }
    guard status == 0 else { throw Diagnostic("graphviz could not draw the picture (status \(status))") }
  }

  /// A file that only its descriptor leads to, from its beginning.
  private static func unnamedFile(_ text: String) throws -> Int32 {
    var template = Array("/tmp/tiltas.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Diagnostic("cannot write a file in /tmp: \(Files.reason(errno))") }
    unlink(template)
    do {
      let file = Output(descriptor: descriptor, name: "a file in /tmp")
      try file.write(text)
      try file.flush()
    } catch {
      close(descriptor)
      throw error
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }
}
