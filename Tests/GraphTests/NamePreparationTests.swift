import Diagnostics
import Sessions
import Testing

@Suite("An index of names that is made beside other work")
struct NamePreparationTests {
  private let session = Session()
  /// More seconds than any machine needs.
  private static let endless = 1e6

  init() throws {
    try load("person(jonas_kalnas). label(jonas_kalnas, \"Jonas Kalnas\"). person(jonas_kalnius).")
  }

  private func load(_ text: String) throws { try session.load(SourceFile(name: "test.dl", text: text)) }

  private func found(_ words: String) -> [String] {
    session.graph.find(words).map { session.graph.terms.value($0).plainText }
  }

  @Test("it finds what is found without it")
  func same() {
    let before = found("kaln")
    session.graph.prepareNames()
    #expect(found("kaln") == before)
    #expect(before == ["jonas_kalnas", "jonas_kalnius"])
  }

  @Test("it is ready after a while, and stays so when facts are added")
  func ready() throws {
    #expect(!session.graph.isNameIndexReady)
    session.graph.prepareNames()
    while !session.graph.isNameIndexReady {}
    try load("person(ona).")
    #expect(session.graph.isNameIndexReady)
  }

  @Test("what is stated while it is made is found, what is taken back is not")
  func changes() throws {
    session.graph.prepareNames()
    try load("person(petras_kalnas). alias(petras_kalnas, \"Pėteris\").")
    _ = try session.enter("-label(jonas_kalnas, \"Jonas Kalnas\"). -person(jonas_kalnas).", answer: { _ in })
    #expect(found("kalnas") == ["petras_kalnas"])
    #expect(found("peteris") == ["petras_kalnas"])
  }

  @Test("when more is stated meanwhile than it can note, it is made anew")
  func many() throws {
    session.graph.prepareNames()
    try load((0..<5000).map { "person(asmuo_\($0))." }.joined(separator: "\n"))
    #expect(found("asmuo 4999") == ["asmuo_4999"])
  }

  @Test("it can be left and gone on with, and is begun anew when the graph has changed meanwhile")
  func interrupted() throws {
    try load((0..<10_000).map { "person(asmuo_\($0))." }.joined(separator: "\n"))
    #expect(!session.graph.prepareNames(while: { false }))
    #expect(!session.graph.isNameIndexReady)
    try load("person(ona_nauja). label(ona_nauja, \"Ona Nauja\").")
    var asked = 0
    while !session.graph.prepareNames(while: {
      asked += 1
      return asked > 1
    }) {}
    #expect(asked > 2)
    #expect(found("nauja") == ["ona_nauja"])
    #expect(found("asmuo 9999") == ["asmuo_9999"])
    #expect(found("jonas kalnas") == ["jonas_kalnas"])
  }

  @Test("without it names are found by how they begin")
  func without() {
    let names = session.graph.namesWithoutIndex(prefix: "jonas_kalni", limit: 10, seconds: Self.endless)
    #expect(names.map { session.graph.terms.value($0).plainText } == ["jonas_kalnius"])
    #expect(session.graph.namesWithoutIndex(prefix: "jonas", limit: 1, seconds: Self.endless).count == 1)
  }
}
