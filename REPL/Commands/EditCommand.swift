import Diagnostics
import Glibc
import Sessions

/// `:edit` opens the last entry or a saved query in an editor.
enum EditCommand: ShellCommand {
  static let name = "edit"
  static let command = ShellCommandDescription(
    operands: "[QUERY]", argument: .savedQuery, summary: "the last entry or a saved query in $EDITOR",
    reach: .programs, takesTerminal: true)

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.edit(Interpreter.words(rest)) }
}

extension Interpreter {
  /// `:edit` takes the last entry to an editor and carries out what comes back; `:edit QUERY` opens a saved query.
  fileprivate func edit(_ words: [String]) throws {
    guard isInteractive else { throw Diagnostic(.needsTerminal, "`:edit` needs a terminal") }
    if let name = words.first {
      guard let path = savedQuery(name) else {
        let near = Suggestion.nearest(to: name, among: savedQueryNames)
        throw Diagnostic(
          .noSuchSavedQuery, "there is no saved query `\(name)`", help: near.map { "did you mean `\($0)`?" })
      }
      return try runEditor(path)
    }
    var template = Array("/tmp/tiltas-XXXXXX.dl".utf8CString)
    let descriptor = mkstemps(&template, 3)
    let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    guard descriptor >= 0 else { throw Diagnostic(.cannotWrite, "cannot write a file in /tmp: \(Files.reason(errno))") }
    defer { unlink(path) }
    try Output(descriptor: descriptor, name: path).writeAll(lastStatements + "\n")
    close(descriptor)
    try runEditor(path)
    let source = try Session.source(path)
    let text = String(decoding: source.bytes, as: UTF8.self).trimmed
    if text.isEmpty || text == lastStatements { return reporter.note("nothing was changed") }
    edited = text
  }

  private func runEditor(_ path: String) throws {
    try printer.output.flush()
    let editor = Environment.value("VISUAL") ?? Environment.value("EDITOR") ?? "vi"
    // An editor may be given with options, as in `code --wait`.
    let status = try ChildProcess.run(["sh", "-c", "\(editor) \"$1\"", "sh", path])
    guard status == 0 else {
      throw Diagnostic(
        .programFailed, "the editor `\(editor)` ended with status \(status)",
        help: "the variables VISUAL and EDITOR name the editor")
    }
  }
}
