import Testing

@testable import Terms

/// What ids begin with, and the numbers behind it.
@Suite struct NumberedPrefixTests {
  private func prefix(of text: String) -> NumberedPrefix? {
    var text = text
    return text.withUTF8 { NumberedPrefix(of: $0, isName: true) }
  }

  /// The number behind a prefix at the beginning of a text, and how many digits it has.
  private func number(_ prefix: NumberedPrefix, in text: String) -> [UInt64]? {
    let bytes = Array(text.utf8) + Array(repeating: 0x09, count: NumberedPrefix.room)
    return bytes.withUnsafeBytes { prefix.digits(of: $0.baseAddress!).map { [$0.number, $0.bitCount / 8] } }
  }

  @Test(
    "a word that ends in a number of one to seven digits has a prefix of one byte to sixteen",
    arguments: [("q1", 1), ("person_42", 7), ("eighth__0", 8), ("a1b22", 3), ("sixteen_letters_9999999", 16)])
  func prefixes(_ word: String, _ length: Int) throws {
    let prefix = try #require(self.prefix(of: word))
    #expect(prefix.length == length)
    #expect(prefix.text(5) == word.prefix(length) + "5")
  }

  @Test(
    "another word has none", arguments: ["", "7", "42", "q", "q07", "q00", "q12345678", "q1x", "seventeen_letters1"])
  func none(_ word: String) { #expect(prefix(of: word) == nil) }

  @Test("the number behind a prefix is found by it and by no other")
  func numbers() throws {
    for word in ["q1", "person_1", "eighth__1", "ninth_id_1", "sixteen_letters_1"] {
      let prefix = try #require(self.prefix(of: word))
      let text = String(word.dropLast())
      for number in [0, 7, 10, 999, 123_456, 9_999_999] {
        #expect(self.number(prefix, in: text + "\(number)") == [UInt64(number), UInt64("\(number)".count)])
      }
      for other in ["", "x1", "01", "00", "12345678", "_1"] { #expect(number(prefix, in: text + other) == nil) }
      #expect(number(prefix, in: "z" + text.dropFirst() + "1") == nil)
      #expect(number(prefix, in: text.dropLast() + "y1") == nil)
    }
  }
}
