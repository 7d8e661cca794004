/// What a file that is not UTF-8 may be, as far as its bytes show it.
public enum ForeignEncoding {
  /// What to do with such a file, as a phrase.
  static func help(_ bytes: [UInt8], _ path: String?) -> String {
    if isUTF16(bytes) { return "this looks like UTF-16: " + conversion(from: "UTF-16", path) }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return "this looks like a ZIP archive, as those of spreadsheets are: save the sheet as CSV in UTF-8"
    }
    if bytes.prefix(1024).contains(0) { return "this looks like no text at all: it holds bytes of 0" }
    let readings = readings(bytes)
    guard let first = readings.first else { return "save the file as UTF-8" }
    let shown = readings.map { "`\($0.word)` in \($0.encoding)" }.joined(separator: ", ")
    let choice = readings.count > 1 ? "the one that is right tells how to convert it: " : ""
    return "a word of it reads \(shown); \(choice)" + conversion(from: first.encoding, path)
  }

  /// Whether a text begins as UTF-16 does: with a mark, or with most of every second byte 0 and no other.
  public static func isUTF16(_ bytes: some Collection<UInt8>) -> Bool {
    let start = Array(bytes.prefix(64))
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return true }
    guard start.count >= 8 else { return false }
    return [0, 1].contains { parity in
      let zeros = start.indices.filter { start[$0] == 0 }
      return 8 * zeros.count >= 3 * start.count && zeros.allSatisfy { $0 & 1 == parity }
    }
  }

  /// The command that converts a file.
  public static func conversion(from encoding: String, _ path: String?) -> String {
    "`iconv -f \(encoding) -t UTF-8 \(path ?? "FILE") > NEW`"
  }

  /// Upper case from 0xC0 on and then lower case, as far as they are letters in all of them.
  private static let encodings: [(name: String, letters: [Character])] = [
    ("WINDOWS-1257", Array("ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙")),
    ("WINDOWS-1252", Array("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ")),
    ("WINDOWS-1251", Array("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")),
  ]

  /// How a word of the text reads in each of the encodings in which it is one, the likeliest first: letters of which most are beyond
  /// ASCII are Cyrillic.
  private static func readings(_ bytes: [UInt8]) -> [(encoding: String, word: String)] {
    guard let word = foreignWord(bytes) else { return [] }
    let isMostlyForeign = 2 * word.count { $0 >= firstLetter } > word.count
    return (isMostlyForeign ? encodings.reversed() : encodings).map { encoding in
      (
        encoding.name,
        String(
          word.map { $0 < firstLetter ? Character(Unicode.Scalar($0)) : encoding.letters[Int($0 - firstLetter)] })
      )
    }
  }

  /// The first word of more than one letter of which one is beyond ASCII, all of these being letters.
  private static func foreignWord(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    let words = bytes.prefix(1 << 16).split { !isLetter($0) }
    return words.first { $0.count > 1 && $0.count <= 40 && $0.contains { $0 >= firstLetter } }
  }

  private static let firstLetter: UInt8 = 0xC0

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= firstLetter && byte != 0xD7 && byte != 0xF7 || (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
  }
}
