import Testing

@testable import Terms

@Suite("Words of a text, scanned")
struct WordScannerTests {
  private var scanner = WordScanner()

  private mutating func words(_ text: String) -> [String] {
    var words: [String] = []
    var text = text
    text.withUTF8 { bytes in scanner.forEachWord(of: bytes) { words.append(String(decoding: $0, as: UTF8.self)) } }
    return words
  }

  @Test("words are folded and parted at what is no letter or digit")
  mutating func folded() {
    #expect(words("VšĮ „Gintaras“, Žemė 2013") == ["vsi", "gintaras", "zeme", "2013"])
    #expect(words("Ёлка и Ярошук") == ["елка", "и", "ярошук"])
    #expect(words("Straße æther Łódź") == ["strasse", "aether", "lodz"])
    #expect(words("aleksandr_jarosuk") == ["aleksandr", "jarosuk"])
    #expect(words("") == [] && words("·×÷ —") == [])
  }

  @Test("each scalar alone and between letters gives what folding the text gives")
  mutating func everyScalar() throws {
    for code in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let text = "a\(scalar)b \(scalar)"
      #expect(words(text) == Text.words(text), "U+\(String(code, radix: 16))")
    }
  }
}
