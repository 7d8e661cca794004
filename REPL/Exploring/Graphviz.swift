import Diagnostics
import Glibc
import Sessions

/// The program `dot` of graphviz.
enum Graphviz {
  /// Runs it on a text, with its result into an open file.
  static func run(_ arguments: [String], input: String, output: Int32) throws {
    try Gate.pass("no picture is drawn", help: "graphviz would have to be started; write a .dot file")
    let source = try TemporaryText.descriptor(Array(input.utf8))
    defer { close(source) }
    let status = try ChildProcess.run(["dot"] + arguments, input: source, output: output)
    guard status != ChildProcess.notFound else {
      throw Diagnostic(
        .programFailed, "pictures are drawn by graphviz, which is not installed",
        help: "install it (`make setup` does), or write a .dot file")
    }
    guard status == 0 else {
      throw Diagnostic(.programFailed, "graphviz could not draw the picture (status \(status))")
    }
  }
}
