import Diagnostics
import Language
import Terms
import TestSupport
import Testing

@Suite("Any text", .tellsSeed)
struct FuzzTests {
  /// Reads a text in every way there is.
  private func read(_ file: SourceFile) {
    for mode in [Parser.Mode.file, .prompt] {
      var parser = Parser(file, mode: mode)
      while parser.next() != nil {}
      for diagnostic in parser.diagnostics { _ = diagnostic.rendered(color: true) }
    }
    let terms = TermDictionary()
    var parser = Parser(file)
    var arguments: [Term] = []
    var annotations: [FastAnnotation] = []
    while parser.nextFact(into: terms, arguments: &arguments, annotations: &annotations) != nil || parser.next() != nil
    {}
    _ = try? Parser.query(in: file)
    _ = try? Parser.fact(in: file)
    _ = Parser.isIncomplete(String(decoding: file.bytes, as: UTF8.self))
  }

  @Test("random bytes are read or refused")
  func bytes() {
    var numbers = SplitMix64(usually: 1)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &numbers)).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      do {
        read(try SourceFile.reading(name: "random", bytes: bytes))
      } catch {
        #expect(error.rendered(color: false).hasPrefix("error[T114]: the text is not UTF-8"))
      }
      read(SourceFile(name: "unchecked", bytes: bytes))
    }
  }

  @Test("random signs of ASCII are read or refused")
  func signs() {
    var numbers = SplitMix64(usually: 2)
    let alphabet = Array("()[]{}.,;:-+*/^|@~?!=<>\\'\"$%#&_aX19 \n".utf8)
    for _ in 0..<4_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &numbers)).map { _ in alphabet.randomElement(using: &numbers) ?? 0
      }
      read(SourceFile(name: "random", bytes: bytes))
    }
  }

  @Test("random words of the language are read or refused")
  func words() {
    var numbers = SplitMix64(usually: 3)
    let words = [
      "p", "X", "_", "(", ")", ",", ";", ".", ":-", "?-", "?why", "not", "|", "select", "order", "by", "limit",
      "offset", "count",
      "{", "}", ":", "distance", "->", "^", "+", "*", "-", "/", "mod", "++", "=", "!=", "~", "@", "type", "relation",
      "param", "include",
      "import", "constraint", "\"s\"", "'n'", "1", "2.5", "2013-02", "$p", "true", "or", " ", "\n", "p(",
      "date(\"2013\")", "/*", "*/", "%",
    ]
    for _ in 0..<4_000 {
      let text = (0..<Int.random(in: 0..<30, using: &numbers))
        .map { _ in (words.randomElement(using: &numbers) ?? "") + (Bool.random(using: &numbers) ? " " : "") }
      read(SourceFile(name: "random", text: text.joined()))
    }
  }

  @Test("every beginning of a text is read or refused")
  func beginnings() {
    let text = """
      @ {source: report}. p('ą b', "š\\n", 2013-02-14/2014, -1_0.5e3) @ {line: 3}. r(A + 1) :- (a | ^b*)+(A, B), not (c(A) ; D = \
      sum{ X, Y : q(X, Y), X ~ "z" }). ?- p(X) | select X | order by X desc. constraint "c" :- distance{ a : A -> B } > $n.
      """
    let bytes = Array(text.utf8)
    for length in 0...bytes.count { read(SourceFile(name: "cut", bytes: Array(bytes[..<length]))) }
  }
}
