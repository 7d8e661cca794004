import Diagnostics
import Foundation
import Testing
import Tiltas

@Suite("The catalogue of errors")
struct ErrorCatalogueTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Documentation/Errors.md"
  private static let entries = ErrorCatalogue.groups.flatMap(\.entries)

  /// What the program says to a text or a line for a shell, or nothing where it is right.
  private static func messages(_ text: String) -> String {
    if ErrorCatalogue.isCommand(text) { return printed(by: text) }
    let session = Session()
    do {
      try session.run(SourceFile(name: "example.dl", text: text), answer: { _ in })
      return ""
    } catch let problems as Diagnostics {
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
    process.currentDirectoryURL = URL(fileURLWithPath: NSTemporaryDirectory())
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

  @Test("each example is an error, and mended it is none", arguments: entries.indices)
  func examples(_ index: Int) {
    let entry = Self.entries[index]
    #expect(Self.messages(entry.example).hasPrefix("error: "), "\(entry.title)")
    #expect(Self.messages(entry.mended) == "", "\(entry.title)")
  }

  @Test("there are at least 70 errors")
  func number() { #expect(Self.entries.count >= 70) }

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
      `Tests/ConformanceTests/ErrorCatalogue.swift`, and a test holds it to what the program says.

      """
    for group in ErrorCatalogue.groups {
      text += "\n## \(group.title)\n"
      for entry in group.entries {
        text += "\n### \(entry.title)\n\n\(entry.explanation)\n\n"
        text += "```\n\(entry.example)\n```\n```\n\(messages(entry.example).trimmedAtEnd)\n```\n"
        text += "\nInstead:\n\n```\n\(entry.mended)\n```\n"
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
