import Diagnostics
import Graphs
import Language
import Terms

/// A source read to its end: its statements in order, with plain facts kept as terms.
struct ParsedFile {
  /// A run of plain facts, or any other statement.
  enum Item {
    case facts(Range<Int>)
    case statement(Statement)
  }

  /// A plain fact: the number of its relation's name, where its arguments and annotations begin, and where it stands.
  struct Fact {
    var relation: Int
    var arguments: Range<Int>
    var annotations: Range<Int>
    var start: Int
    var end: Int
  }

  let file: SourceFile
  private(set) var items: [Item] = []
  private(set) var facts: [Fact] = []
  private(set) var arguments: [Term] = []
  private(set) var annotations: [FastAnnotation] = []
  private(set) var relationNames: [String] = []
  private(set) var annotationKeys: [String] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - pace: where it is told to end, the rest is not read.
  ///   - tell: is told now and then how many facts were read.
  init(
    _ file: SourceFile, mode: Parser.Mode, terms: TermDictionary, pace: Pace, tell: (Int) -> Void = { _ in }
  ) {
    self.file = file
    var parser = Parser(file, mode: mode, pace: pace)
    var factArguments: [Term] = []
    var factAnnotations: [FastAnnotation] = []
    var firstFact = 0
    while pace.goesOn(after: 4) {
      if let fact = parser.nextFact(into: terms, arguments: &factArguments, annotations: &factAnnotations) {
        facts.append(
          Fact(
            relation: fact.relation, arguments: arguments.count..<arguments.count + factArguments.count,
            annotations: annotations.count..<annotations.count + factAnnotations.count, start: fact.start,
            end: fact.end))
        arguments += factArguments
        annotations += factAnnotations
        if facts.count & 0x3FFF == 0 { tell(facts.count) }
        continue
      }
      guard let statement = parser.next() else { break }
      closeRun(from: &firstFact)
      items.append(.statement(statement))
    }
    closeRun(from: &firstFact)
    relationNames = parser.relationNames
    annotationKeys = parser.annotationKeys
    diagnostics = parser.diagnostics
  }

  /// Whether `?why` stands in it without a fact.
  var asksAboutAnswers: Bool {
    items.contains { if case .statement(.whyAnswer) = $0 { true } else { false } }
  }

  /// Where an argument of a plain fact stands.
  func argumentSpan(_ fact: Fact, _ position: Int) -> SourceSpan {
    let whole = SourceSpan(file, fact.start, fact.end)
    guard let atom = try? Parser.fact(in: file, at: fact.start), position < atom.arguments.count else { return whole }
    return atom.arguments[position].span
  }

  /// Where the value of an annotation of a plain fact stands.
  func annotationSpan(_ fact: Fact, _ number: Int) -> SourceSpan {
    let whole = SourceSpan(file, fact.start, fact.end)
    guard let atom = try? Parser.fact(in: file, at: fact.start), number < atom.annotations.count else { return whole }
    return atom.annotations[number].value.span
  }

  /// Diagnostics without those of relations that seem unknown only because a statement of them could not be parsed.
  func withoutConsequences(_ problems: [Diagnostic]) -> [Diagnostic] {
    let unread = diagnostics.compactMap(\.span).reduce(into: Set<String>()) { $0.formUnion(relations(onLineOf: $1)) }
    return problems.filter { problem in
      problem.code != .unknownRelation || problem.unknownName.map(unread.contains) != true
    }
  }

  /// The names before a parenthesis on the line of a place, and on the lines of its statement before that.
  private func relations(onLineOf span: SourceSpan) -> Set<String> {
    let bytes = file.bytes
    var start = min(span.start, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A || (start > 1 && bytes[start - 2] != UInt8(ascii: ".")) {
      if span.start - start > 10_000 { break }
      start -= 1
    }
    var end = min(span.start, bytes.count)
    while end < bytes.count, bytes[end] != 0x0A, end - span.start < 10_000 { end += 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    let words = text.split(separator: "(", omittingEmptySubsequences: false).dropLast()
    return Set(
      words.map { word in
        String(
          word.reversed().drop(while: \.isWhitespace).prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      })
  }

  private mutating func closeRun(from first: inout Int) {
    if first < facts.count { items.append(.facts(first..<facts.count)) }
    first = facts.count
  }
}
