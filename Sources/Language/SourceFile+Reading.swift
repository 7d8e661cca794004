import Terms

extension SourceFile {
  /// A source of bytes as they were read: checked to be UTF-8 and brought to NFC.
  public static func reading(name: String, bytes: [UInt8]) throws(Diagnostic) -> SourceFile {
    guard let bad = Text.firstInvalidUTF8(bytes) else { return SourceFile(name: name, bytes: Text.nfc(bytes)) }
    let file = SourceFile(name: name, bytes: bytes)
    throw Diagnostic(
      "the text is not UTF-8: byte 0x\(hexadecimal(bytes[bad])) cannot stand here",
      at: SourceSpan(file, bad, bad + 1),
      help: ForeignEncoding.help(bytes, name))
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
