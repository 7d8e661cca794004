import Diagnostics
import Foundation
import Sessions
import Testing

@Suite("The catalogue of errors")
struct ErrorCatalogueTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Documentation/Errors.md"
  private static let entries = ErrorCatalogue.groups.flatMap(\.entries)
  private static let exampleList = entries.flatMap { entry in entry.examples.map { (entry.code, $0) } }

  /// What the program says to a text or a line for a shell, or nothing where it is right.
  private static func messages(_ text: String, isCommand: Bool) -> String {
    if isCommand { return printed(by: text) }
    let session = Session()
    do {
      try session.run(SourceFile(name: "example.dl", text: text), answer: { _ in })
      return ""
    } catch let problems as Diagnostic {
      return problems.all.map { $0.rendered(color: false) }.joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  /// What a line of bash writes to standard error, in which `tiltas` is the program that lies beside the tests.
  private static func printed(by line: String) -> String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.environment = [
      "PATH": (tests as NSString).deletingLastPathComponent + ":/usr/bin:/bin", "LANG": "C.UTF-8",
      "LLVM_PROFILE_FILE": "/dev/null",
    ]
    .merging(ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }) { $1 }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    process.currentDirectoryURL = folder
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
      let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let text = String(decoding: bytes, as: UTF8.self)
      return process.terminationStatus == 0 || !text.isEmpty ? text : "status \(process.terminationStatus)"
    } catch {
      return "\(error)"
    }
  }

  @Test("each example is told with its entry's code, and mended nothing is told", arguments: exampleList.indices)
  func examples(_ index: Int) {
    let (code, example) = Self.exampleList[index]
    let said = Self.messages(example.wrong, isCommand: example.isCommand)
    let isTold = said.hasPrefix("error[\(code.rawValue)]: ") || said.hasPrefix("warning[\(code.rawValue)]: ")
    #expect(isTold, "\(code) \(example.wrong)\n\(said)")
    #expect(Self.messages(example.mended, isCommand: example.isCommand) == "", "\(code) \(example.mended)")
  }

  @Test("each code has one entry")
  func entriesOfCodes() {
    #expect(Self.entries.map(\.code.rawValue).sorted() == Code.allCases.map(\.rawValue))
  }

  @Test("an entry has an example, or says why it has none")
  func reasons() {
    #expect(Self.entries.filter { $0.examples.isEmpty != ($0.reasonForNone != nil) }.map(\.code) == [])
  }

  /// With `TILTAS_WRITE_DOCUMENTATION` set, as `make documentation` does, the file is written anew.
  @Test("the documentation has each error with what the program says")
  func documentation() throws {
    let text = Self.markdown
    if getenv("TILTAS_WRITE_DOCUMENTATION") != nil { try Session.write(text, to: Self.path) }
    let file = try Session.source(Self.path)
    #expect(String(decoding: file.bytes, as: UTF8.self) == text, "run `make documentation`")
  }

  private static var markdown: String {
    var text = """
      # Errors

      What goes wrong, what the program says to it, and what to write instead. This page is made by `make documentation` from
      `Sources/Diagnostics/Catalogue`, and a test holds it to what the program says. `tiltas help T101` shows one of them.

      """
    for group in ErrorCatalogue.groups {
      text += "\n## \(group.title)\n"
      for entry in group.entries {
        text += "\n### \(entry.code.rawValue): \(entry.title)\n\n\(entry.explanation)\n"
        if let reason = entry.reasonForNone { text += "\nThere is no example here: \(reason).\n" }
        for example in entry.examples {
          if let title = example.title { text += "\n\(title): \(example.explanation ?? "")\n" }
          let said = messages(example.wrong, isCommand: example.isCommand).trimmedAtEnd
          text += "\n```\n\(example.wrong)\n```\n```\n\(said)\n```\n"
          text += "\nInstead:\n\n```\n\(example.mended)\n```\n"
        }
      }
    }
    return text
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
