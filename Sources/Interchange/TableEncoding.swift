import Diagnostics
import Language
import Terms

/// Brings the bytes of a table into UTF-8.
struct TableEncoding {
  private let path: String
  /// The encoding by its name; `nil` if the bytes are to tell.
  private let told: String?
  /// What was decided without being told.
  private(set) var notes: [String] = []

  init(_ path: String, _ told: String?) {
    self.path = path
    self.told = told
  }

  /// The bytes as UTF-8, in which lines end with line feeds and no mark stands in front.
  mutating func decoded(_ bytes: [UInt8]) throws(Diagnostic) -> [UInt8] {
    var text = try converted(bytes)
    if !text.contains(0x0A), let first = text.firstIndex(of: 0x0D), first < text.count - 1 {
      notes.append("lines end with a carriage return alone")
      for index in text.indices where text[index] == 0x0D { text[index] = 0x0A }
    }
    notes = notes.map { "note: \(path): \($0)" }
    return text
  }

  private mutating func converted(_ bytes: [UInt8]) throws(Diagnostic) -> [UInt8] {
    if let told {
      switch told.lowercased() {
      case "utf-8", "utf8": return Self.withoutMark(bytes)
      case "utf-16", "utf16": return try utf16(bytes, isBigEndian: bytes.starts(with: [0xFE, 0xFF]))
      case "utf-16le": return try utf16(bytes, isBigEndian: false)
      case "utf-16be": return try utf16(bytes, isBigEndian: true)
      default: return try converted(bytes, from: told)
      }
    }
    if bytes.starts(with: TableLoading.byteOrderMark) { return Self.withoutMark(bytes) }
    if ForeignEncoding.isUTF16(bytes) {
      notes.append("the text is read as UTF-16")
      let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      return try utf16(bytes, isBigEndian: hasMark ? bytes[0] == 0xFE : bytes[0] == 0)
    }
    guard Text.firstInvalidUTF8(bytes) != nil, let guess = Self.guess(bytes),
      let text = try? converted(bytes, from: guess)
    else { return bytes }
    notes.append(
      "the text is no UTF-8 and is read as \(guess), which is a guess; `{encoding: \"…\"}` decides")
    return text
  }

  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: TableLoading.byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
  }

  private func converted(_ bytes: [UInt8], from encoding: String) throws(Diagnostic) -> [UInt8] {
    guard let letters = Text.letters(of: encoding) else {
      throw Diagnostic(
        .tableOption, "`\(Text.escapedForTerminal(encoding))` is no encoding that tables are read in",
        help: "such are utf-8, utf-16, windows-1257, windows-1252, windows-1251, iso-8859-1, iso-8859-2 and iso-8859-4")
    }
    let encoded = letters.map { $0.map { Array(String(Character($0)).utf8) } }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for (place, byte) in bytes.enumerated() {
      if byte < 0x80 {
        text.append(byte)
      } else if let letter = encoded[Int(byte)] {
        text += letter
      } else {
        throw undecodable(bytes, place, place + 1, encoding)
      }
    }
    return text
  }

  private func utf16(_ bytes: [UInt8], isBigEndian: Bool) throws(Diagnostic) -> [UInt8] {
    func unit(_ place: Int) -> UInt16 {
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var place = bytes.count >= 2 && unit(0) == 0xFEFF ? 2 : 0
    while place < bytes.count {
      guard place + 1 < bytes.count else { throw undecodable(bytes, place, place + 1, "UTF-16") }
      let first = unit(place)
      if let scalar = Unicode.Scalar(first) {
        if first < 0x80 { text.append(UInt8(first)) } else { text += String(Character(scalar)).utf8 }
        place += 2
      } else if first < 0xDC00, place + 3 < bytes.count, 0xDC00..<0xE000 ~= unit(place + 2),
        let scalar = Unicode.Scalar(0x1_0000 + UInt32(first & 0x3FF) << 10 + UInt32(unit(place + 2) & 0x3FF))
      {
        text += String(Character(scalar)).utf8
        place += 4
      } else {
        throw undecodable(bytes, place, place + 2, "UTF-16")
      }
    }
    return text
  }

  private func undecodable(_ bytes: [UInt8], _ start: Int, _ end: Int, _ encoding: String) -> Diagnostic {
    Diagnostic(
      .notUTF8, "the text is not \(encoding): a byte cannot stand here",
      at: SourceSpan(SourceFile(name: path, bytes: bytes), start, end),
      help: "`{encoding: \"…\"}` says what it is, such as windows-1257 or utf-16")
  }

  /// Which of the encodings around here a text of single bytes is probably in; `nil` where it seems to be UTF-8 with a mistake, or
  /// no text at all.
  static func guess(_ bytes: [UInt8]) -> String? {
    var counts = [Int](repeating: 0, count: 256)
    var pairs = 0
    var isBehindLead = false
    for byte in bytes {
      counts[Int(byte)] += 1
      if isBehindLead && byte & 0xC0 == 0x80 { pairs += 1 }
      isBehindLead = byte >= 0xC2 && byte < 0xF5
    }
    func count(_ those: some Sequence<Int>) -> Int { those.reduce(0) { $0 + counts[$1] } }
    let high = count(0x80...0xFF)
    guard counts[0] == 0, 3 * pairs < high else { return nil }
    let letters = count(0xC0...0xFF)
    let ascii = count(0x41...0x5A) + count(0x61...0x7A)
    // Words of Cyrillic have hardly any letters of ASCII among them, but the names of columns may be in these.
    if 2 * letters > ascii { return "windows-1251" }
    // ė, š, ū and ž against é, which of these no Baltic language has.
    return count([0xCB, 0xD0, 0xDB, 0xDE, 0xEB, 0xF0, 0xFB, 0xFE]) > count([0xC9, 0xE9])
      ? "windows-1257" : "windows-1252"
  }
}
