import Testing

@testable import Terms

@Suite struct TextTerminalTests {
  @Test(
    "ordinary text reaches the terminal as it is",
    arguments: ["", "plain", "VšĮ „Gintaras“", "Калининград", "日本語", "e\u{301}", "back\\slash \"quoted\"", "❤\u{FE0F}"])
  func showsOrdinaryText(text: String) {
    #expect(Array(Text.escapedForTerminal(text).utf8) == Array(text.utf8))
  }

  @Test(
    "what steers a terminal or can't be seen is escaped",
    arguments: [
      ("\u{1B}[31mred", "\\u{1B}[31mred"),
      ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
      ("\u{0}\u{7F}\u{9B}", "\\u{0}\\u{7F}\\u{9B}"),
      ("a\u{202E}b\u{202C}", "a\\u{202E}b\\u{202C}"),
      ("\u{2066}\u{2069}\u{200E}\u{200F}", "\\u{2066}\\u{2069}\\u{200E}\\u{200F}"),
      ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
      ("a\u{200B}b\u{200D}c\u{FEFF}", "a\\u{200B}b\\u{200D}c\\u{FEFF}"),
      ("so\u{AD}ft", "so\\u{AD}ft"),
      ("\u{E0041}\u{3164}", "\\u{E0041}\\u{3164}"),
    ])
  func escapesTheRest(text: String, shown: String) {
    #expect(Text.escapedForTerminal(text) == shown)
  }

  @Test(
    "width counts the columns of a terminal",
    arguments: [
      ("", 0), ("plain", 5), ("Žemė", 4), ("Z\u{30C}eme\u{307}", 4), ("Ёлка", 4), ("日本", 4), ("ﾊﾝ", 2), ("ＡＢ", 4),
      ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("👍🏽", 2), ("🇱🇹", 2),
      ("a\u{200B}b", 2), ("„“–…", 4),
    ])
  func width(text: String, columns: Int) {
    #expect(Text.displayWidth(text) == columns)
  }
}
