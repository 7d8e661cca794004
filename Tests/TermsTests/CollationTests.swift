import TestSupport
import Testing

@testable import Terms

@Suite(.tellsSeed) struct CollationTests {
  private let ordered = [
    "", " ", "_", "-", "„Gintaras“", "1", "10", "2", "a", "A", "ą", "Ą", "aa", "Asta", "c", "C", "č", "Č",
    "ca", "ča", "cb", "Klaipeda", "Klaipėda", "Klaipėdos", "s", "š", "sa", "z", "Z", "ž", "Ž", "za", "Žemė", "zz", "а",
    "б", "е", "ё", "и", "й", "Калининград", "я", "한국", "日本",
  ]

  @Test("text is ordered by letters, then diacritics, then case, and Cyrillic follows Latin")
  func order() {
    #expect(ordered.reversed().sorted { Collation.compare($0, $1) < 0 } == ordered)
  }

  @Test("sort keys give the same order as comparison")
  func sortKeys() {
    var generator = SplitMix64(usually: 5)
    let texts = ordered + (0..<80).map { _ in randomText(&generator) }
    let keys = texts.map { Collation.sortKey($0) }
    for left in texts.indices {
      for right in texts.indices {
        let order = Collation.compare(texts[left], texts[right]).signum()
        #expect(order == (keys[left] == keys[right] ? 0 : keys[left].lexicographicallyPrecedes(keys[right]) ? -1 : 1))
        #expect(order == -Collation.compare(texts[right], texts[left]).signum())
        #expect((order == 0) == (Array(texts[left].utf8) == Array(texts[right].utf8)))
      }
    }
  }

  @Test("texts that the algorithm doesn't tell apart are ordered by their bytes")
  func tiesByBytes() {
    #expect(Collation.compare("a\u{1}", "a\u{2}") < 0)
    #expect(Collation.compare("a\u{2}", "a\u{1}") > 0)
    #expect(Collation.compare("a", "a\u{1}") < 0)
    #expect(Collation.compare("a", "a") == 0)
  }

  @Test("threads may compare at the same time")
  func comparesOnThreads() async {
    let expected = ordered
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<50).allSatisfy { _ in
            expected.reversed().sorted { Collation.compare($0, $1) < 0 } == expected
          }
        }
      }
      for await isOrdered in group { #expect(isOrdered) }
    }
  }

  private func randomText(_ generator: inout SplitMix64) -> String {
    let alphabet: [Unicode.Scalar] = ["a", "A", "ą", "b", "č", "C", " ", "-", "1", "ж", "\u{1}", "日", "😀", "\u{301}"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
    }
    return String(text)
  }
}
