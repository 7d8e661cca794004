import Testing

@Suite("Codes of errors")
struct CodeTests {
  /// The cases of `Code` with their numbers, in their order.
  private static let cases: [(name: String, number: String)] = SourceTree.lines(of: "Sources/Diagnostics/Code.swift")
    .compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 4, words[0] == "case", words[2] == "=" else { return nil }
      return (words[1], words[3].filter { $0 != "\"" })
    }

  @Test("no two codes have the same number, and all are in order")
  func unique() {
    let numbers = Self.cases.map(\.number)
    #expect(numbers == Set(numbers).sorted())
    #expect(numbers.allSatisfy { $0.count == 4 && $0.first == "T" })
  }

  @Test("each code is told by some place of the library or the program")
  func used() {
    let files = SourceTree.files.filter { $0.module != "Diagnostics" }
    let words = Set(
      files.flatMap(\.lines).flatMap { line in
        line.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }.filter { $0.first == "." }.map(
          String.init)
      })
    #expect(Self.cases.map(\.name).filter { !words.contains("." + $0) } == [])
  }
}
