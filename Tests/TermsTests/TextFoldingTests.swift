import Testing

@testable import Terms

@Suite struct TextFoldingTests {
  @Test(
    "folding takes away case and diacritics",
    arguments: [
      ("", ""),
      ("Klaipeda 42", "klaipeda 42"),
      ("KLAIPĖDA", "klaipeda"),
      ("ĄČĘĖĮŠŲŪŽ ąčęėįšųūž", "aceeisuuz aceeisuuz"),
      ("Ģirts Ķēniņš, Ļeņingrad", "girts kenins, leningrad"),
      ("Łódź, Gdańsk, Świętokrzyskie", "lodz, gdansk, swietokrzyskie"),
      ("Straße STRASSE GRÖẞE Übung", "strasse strasse grosse ubung"),
      ("Ёлка, Йошкар-Ола", "елка, иошкар-ола"),
      ("КАЛИНИНГРАД", "калининград"),
      ("Øresund Ærø Œuvre", "oresund aero oeuvre"),
      ("Đuro Ħamrun ŧ Þór ð", "duro hamrun t thor d"),
      ("Iıİi", "iiii"),
      ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
      ("ﬁn Ⅷ ①", "fin viii 1"),
      ("z\u{30C}eme\u{307}", "zeme"),
      ("Jaros\u{AD}uk\u{200D}", "jarosuk"),
      ("„Gintaras“", "„gintaras“"),
      ("日本", "日本"),
    ])
  func folds(text: String, folded: String) {
    #expect(Array(Text.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
  }

  @Test("texts with composed and with combining marks fold alike")
  func composedAndDecomposed() {
    #expect(Text.fold("Žemė") == Text.fold("Z\u{30C}eme\u{307}"))
  }

  @Test("folding twice gives what folding once gives, for every scalar of the basic plane")
  func foldsOnce() {
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = Text.fold(String(scalar))
      if !Text.fold(once).unicodeScalars.elementsEqual(once.unicodeScalars) {
        Issue.record("U+\(String(value, radix: 16))")
      }
    }
  }

  @Test(
    "words are what remains between everything that is no letter and no digit",
    arguments: [
      ("VšĮ „Gintaras“", ["vsi", "gintaras"]),
      ("Aleksandr Jarošuk", ["aleksandr", "jarosuk"]),
      ("  A-1/b_c.d  ", ["a", "1", "b", "c", "d"]),
      ("Йошкар-Ола 2013", ["иошкар", "ола", "2013"]),
      ("…—!", []),
      ("", []),
    ])
  func words(text: String, words: [String]) {
    #expect(Text.words(text) == words)
  }
}
