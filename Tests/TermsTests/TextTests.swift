import TestSupport
import Testing

@testable import Terms

@Suite(.tellsSeed) struct TextTests {
  @Test(
    "the first invalid byte of UTF-8 is found",
    arguments: [
      ([0x61, 0x62], nil),
      ([], nil),
      (Array("žemė Ėя 日本 😀".utf8), nil),
      ([0x61, 0xFF], 1),
      ([0x61, 0xC5], 1),
      ([0xC5, 0xBE, 0x80], 2),
      ([0xC0, 0xAF], 0),
      ([0x61, 0xED, 0xA0, 0x80], 1),
      ([0xF4, 0x90, 0x80, 0x80], 0),
      ([0x61, 0xE2, 0x82, 0x61], 1),
      ([0x61, 0xF0, 0x9F, 0x98], 1),
      (Array("žemė žemė žemė".utf8) + [0xC5], 20),
      (Array("abcdefgh 日本 ž".utf8) + [0xC5, 0x61, 0xFF], 18),
      (Array("abcdefghi".utf8) + [0xC1, 0x80], 9),
    ] as [([UInt8], Int?)])
  func firstInvalidByte(bytes: [UInt8], offset: Int?) {
    #expect(Text.firstInvalidUTF8(bytes) == offset)
  }

  @Test("bytes at random are valid UTF-8, up to where they are not, as the library says")
  func randomBytes() {
    var generator = SplitMix64(usually: 11)
    let pieces: [[UInt8]] = [
      [0x61], Array("abcdefgh".utf8), [0xC5, 0xBE], [0xD0, 0x96], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xC5],
      [0x80], [0xC0], [0xFF], [0xE2, 0x82],
    ]
    for _ in 0..<2_000 {
      let likely = Bool.random(using: &generator) ? 6 : pieces.count
      let bytes = (0..<Int.random(in: 0..<12, using: &generator)).flatMap { _ in
        pieces[Int.random(in: 0..<likely, using: &generator)]
      }
      #expect((Text.firstInvalidUTF8(bytes) == nil) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }

  @Test("characters are counted as readers see them")
  func characters() {
    for text in ["", "Visit, no. 7", "Žvėrynas", "a\r\nb", "a\rb", "e\u{301}x", "👨‍👩‍👧🇱🇹"] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { Text.characterCount(utf8: $0) } == text.count, "\(text)")
    }
  }

  @Test("letters with marks become one scalar each")
  func composes() {
    #expect(nfc("z\u{30C}eme\u{307}") == scalars("\u{17E}em\u{117}"))
    #expect(nfc("и\u{306}") == scalars("\u{439}"))
    #expect(nfc("\u{212B}") == scalars("\u{C5}"))
    #expect(nfc("\u{1112}\u{1161}\u{11AB}") == scalars("\u{D55C}"))
    #expect(nfc("a\u{301}\u{328}") == scalars("\u{105}\u{301}"))
    #expect(nfc("x\u{301}") == scalars("x\u{301}"))
  }

  @Test("text in normal form C stays as it is", arguments: ["", "abc", "Žemė", "Калининград", "日本語", "😀", "ķ č"])
  func keepsComposed(text: String) {
    #expect(nfc(text) == scalars(text))
  }

  @Test("long text is normalised the same wherever it is divided")
  func normalisesLongText() {
    let scalars = "z\u{30C}日\u{1112}\u{1161}\u{11AB}"
    let composed = "\u{17E}日\u{D55C}"
    let count = 200_000
    #expect(
      Text.nfc(Array(String(repeating: scalars, count: count).utf8))
        == Array(String(repeating: composed, count: count).utf8))
  }

  @Test("a long run of marks is brought into canonical order, those of one class staying as they were")
  func ordersLongRunsOfMarks() {
    var generator = SplitMix64(usually: 12)
    // A mark as it is written, what it is decomposed into, and the classes of that.
    let marks: [(written: String, parts: [(class: Int, text: String)])] = [
      ("\u{3099}", [(8, "\u{3099}")]), ("\u{F73}", [(129, "\u{F71}"), (130, "\u{F72}")]),
      ("\u{F71}", [(129, "\u{F71}")]), ("\u{31B}", [(216, "\u{31B}")]), ("\u{323}", [(220, "\u{323}")]),
      ("\u{344}", [(230, "\u{308}"), (230, "\u{301}")]), ("\u{306}", [(230, "\u{306}")]),
    ]
    let chosen = (0..<6_000).map { _ in marks[Int.random(in: 0..<marks.count, using: &generator)] }
    let parts = chosen.flatMap(\.parts).enumerated().sorted {
      ($0.element.class, $0.offset) < ($1.element.class, $1.offset)
    }
    let written = "x" + chosen.map(\.written).joined() + "z\u{30C}"
    #expect(nfc(written) == scalars("x" + parts.map(\.element.text).joined() + "\u{17E}"))
  }

  @Test("normalising twice gives what normalising once gives")
  func normalisesOnce() {
    var generator = SplitMix64(usually: 4)
    for _ in 0..<2_000 {
      let once = Text.nfc(Array(randomText(&generator).utf8))
      #expect(Text.nfc(once) == once)
    }
  }

  @Test("a byte that is no letter, digit or `_` keeps a name of any length from being bare, wherever it stands")
  func bareBytes() {
    for length in 6...20 {
      for place in 1..<length {
        for byte in UInt8(1)...127 {
          var bytes = [UInt8](repeating: UInt8(ascii: "q"), count: length)
          bytes[place] = byte
          let isWord = Unicode.Scalar(byte).properties.isAlphabetic || (48...57).contains(byte) || byte == 95
          #expect(bytes.withUnsafeBufferPointer { Text.isBareName(utf8: $0) } == isWord, "\(bytes)")
        }
      }
    }
  }

  @Test("names without quotes start with a letter that is not upper-case")
  func bareNames() {
    for name in ["klaipeda", "žemė", "a1_B", "я", "日本", "ª", "nota"] { #expect(Text.isBareName(name), "\(name)") }
    for name in ["", "Klaipėda", "Žemė", "_x", "1a", "a b", "a-b", "true", "false", "not", "mod", "ǅ", "a\u{301}"] {
      #expect(!Text.isBareName(name), "\(name)")
    }
  }

  @Test("letters, capitals and digits are told apart in every script")
  func classes() {
    #expect(Text.isLetter("ž") && Text.isLetter("Ж") && Text.isLetter("日") && Text.isLetter("Q"))
    #expect(!Text.isLetter("_") && !Text.isLetter("1") && !Text.isLetter("\u{301}") && !Text.isLetter("@"))
    #expect(Text.isUpper("Ž") && Text.isUpper("Ж") && Text.isUpper("A") && Text.isUpper("ǅ"))
    #expect(!Text.isUpper("ž") && !Text.isUpper("日") && !Text.isUpper("a") && !Text.isUpper("["))
    #expect(Text.isDigit("7") && Text.isDigit("٣") && !Text.isDigit("a") && !Text.isDigit("½"))
  }

  /// The scalars, since Swift takes canonically equivalent strings for equal.
  private func nfc(_ text: String) -> [Unicode.Scalar] {
    Array(String(decoding: Text.nfc(Array(text.utf8)), as: UTF8.self).unicodeScalars)
  }

  private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

  private func randomText(_ generator: inout SplitMix64) -> String {
    let alphabet: [Unicode.Scalar] = [
      "a", "z", "C", " ", "\u{30C}", "\u{301}", "\u{328}", "\u{323}", "ė", "й", "日", "\u{1112}", "\u{1161}",
      "\u{11AB}", "\u{212B}", "\u{1E9B}", "\u{3099}", "か", "😀",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
    }
    return String(text)
  }

  @Test("a text that is longer in normal form C than it was is brought there whole")
  func longerInNormalForm() {
    #expect(
      Text.nfc(String(repeating: "\u{1D160}", count: 500)).unicodeScalars.elementsEqual(
        String(repeating: "\u{1D158}\u{1D165}\u{1D16E}", count: 500).unicodeScalars))
  }
}
