import Diagnostics
import Glibc
import Sessions

/// A file of Markdown to which each entry is added with what was shown for it.
final class Transcript {
  private let descriptor: Int32
  private let name: String
  private var entry: String?
  private var shown: [UInt8] = []

  /// Goes on with the file where there is one.
  init(path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    name = path
    guard descriptor >= 0 else { throw Diagnostic(.cannotWrite, "cannot write `\(path)`: \(Files.reason(errno))") }
  }

  deinit { close(descriptor) }

  func begin(_ entry: String) {
    self.entry = entry.trimmed
    shown = []
  }

  func add(_ bytes: [UInt8]) { if entry != nil { shown += bytes } }

  /// Writes what was begun.
  func end() {
    guard let entry else { return }
    self.entry = nil
    let text = Self.withoutColours(String(decoding: shown, as: UTF8.self))
    let prompted = "?- " + Text.escapedLines(entry).replacingLineBreaks(by: "\n   ")
    let fence = String(repeating: "`", count: max(3, Self.longestFence(prompted + text) + 1))
    let block = "\(fence)\n\(prompted)\n\(text)\(text.isEmpty || text.utf8.last == 0x0A ? "" : "\n")\(fence)\n\n"
    try? Output(descriptor: descriptor, name: name).writeAll(block)
  }

  /// The bytes of a text without the sequences that set colours.
  static func withoutColours(_ bytes: [UInt8]) -> [UInt8] {
    Array(withoutColours(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  /// The text without the sequences that set colours, the only ones that the program itself writes.
  private static func withoutColours(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isInSequence = false
    for scalar in text.unicodeScalars {
      if isInSequence {
        isInSequence = scalar != "m"
      } else if scalar == "\u{1B}" {
        isInSequence = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func longestFence(_ text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest < 3 ? 0 : longest
  }
}

extension String {
  func replacingLineBreaks(by text: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: text)
  }
}

extension Text {
  /// As ``escapedForTerminal(_:)``, line by line.
  static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escapedForTerminal(String($0)) }
      .joined(separator: "\n")
  }
}
