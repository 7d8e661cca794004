import Diagnostics
import Terms

extension SourceFile {
  /// A source of bytes as they were read: checked to be UTF-8 and brought to NFC.
  public static func reading(_ origin: Origin, bytes: [UInt8]) throws(Diagnostic) -> SourceFile {
    guard let bad = Text.firstInvalidUTF8(bytes) else { return SourceFile(origin, bytes: Text.nfc(bytes)) }
    let file = SourceFile(origin, bytes: bytes)
    throw Diagnostic(
      .notUTF8, "the text is not UTF-8: byte 0x\(hexadecimal(bytes[bad])) cannot stand here",
      at: SourceSpan(file, bad, bad + 1),
      help: isInFileName(bytes, bad) ? helpInFileName : ForeignEncoding.help(bytes, file.path))
  }

  public static func reading(name: String, bytes: [UInt8]) throws(Diagnostic) -> SourceFile {
    try reading(.file(name), bytes: bytes)
  }

  /// What to do where the name of a file is not UTF-8.
  public static let helpInFileName = "a file is named by UTF-8: rename it (`mv`), and write its new name here"

  /// Whether a place is in the text behind `include` or `import`.
  private static func isInFileName(_ bytes: [UInt8], _ place: Int) -> Bool {
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = bytes[start..<place].drop { $0 == 0x20 || $0 == 0x09 }
    let word = line.prefix { $0 != 0x20 && $0 != 0x09 }
    return line.contains(UInt8(ascii: "\"")) && ["include", "import"].contains { word.elementsEqual($0.utf8) }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
