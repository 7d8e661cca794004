import Diagnostics
import Sessions
import Testing

@testable import Evaluation

/// The types that are inferred for derived relations, against what their rules derive.
@Suite("The types of derived relations")
struct DerivedTypesTests {
  private static func engine(_ sources: [SourceFile]) throws -> Engine {
    let engine = Engine(
      Graph(),
      files: FileAccess(
        source: { try Session.source($0) }, table: { _, _, _, _, _ in [] },
        resolve: { path, file in String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)) + "/" + path },
        canonical: { $0 }), interruption: Interruption())
    engine.supervisor.limits.seconds = 2
    // A case may be one of a mistake: what it defines besides is worth looking at all the same.
    do { try engine.knowledge.load(sources) } catch is Diagnostic {}
    return engine
  }

  private static func base(_ engine: Engine) -> ClauseBase {
    ClauseBase(graph: engine.graph, program: engine.knowledge.program, ahead: FilesInProgress())
  }

  private static func fits(_ value: Value, _ type: PositionType) -> Bool {
    switch (type, value) {
    case (.any, _), (.entity, .name), (.member, .name), (.string, .string), (.integer, .integer): true
    case (.decimal, .integer), (.decimal, .decimal), (.boolean, .boolean), (.date, .date): true
    default: false
    }
  }

  @Test("hold of every row of every derived relation of every case", arguments: ConformanceCase.all)
  func rows(_ conformanceCase: ConformanceCase) throws {
    let engine = try Self.engine([try Session.source(conformanceCase.path)])
    let base = Self.base(engine)
    for name in engine.knowledge.derivedRelations where base.isInferred(.named(name)) {
      guard let arity = base.arity(of: .named(name)), arity > 0 else { continue }
      let variables = (0..<arity).map { "V\($0)" }.joined(separator: ", ")
      let text = "\(Value.name(name).description)(\(variables))"
      let query = try Parser.query(in: SourceFile(.query, text: text))
      guard let answers = try? engine.answer(query) else { continue }
      for column in 0..<arity {
        let types = base.expectedTypes(of: .named(name), at: column)
        for row in 0..<answers.rowCount {
          let value = answers.value(row: row, column: column)
          #expect(types.contains { Self.fits(value, $0) }, "\(text): \(value.description) is none of \(types)")
        }
      }
    }
  }

  @Test(
    "are the union of what the rules give, and within a rule what all literals allow",
    arguments: [
      ("p(X) :- city(X).", ["city"]), ("p(X) :- port(X), city(X).", ["port"]),
      ("p(X) :- city(X). p(X) :- visit(X, _).", ["city", "person"]), ("p(D) :- held(_, D).", ["date"]),
      ("p(X) :- city(X). p(\"x\").", ["any"]), ("p(X) :- city(X). p(\"x\") :- city(_).", ["city", "string"]),
      ("p(X) :- plain(X).", ["any"]), ("p(X) :- plain(X), city(X).", ["city"]),
      ("p(N) :- N = count{ X : city(X) }.", ["integer"]), ("p(Y) :- city(X), Y = X.", ["city"]),
      ("p(Y) :- held(_, D), Y = year(D).", ["integer"]), ("p(X) :- (city(X) ; visit(X, _)).", ["city", "person"]),
      ("p(X) :- near+(X, _).", ["city"]), ("p(X) :- city(Y), near*(X, Y).", ["city"]),
      ("p(X) :- visit(Y, _), near*(X, Y).", ["city", "person"]), ("p(X) :- q(X). q(X) :- p(X).", []),
      ("p(X) :- q(X). q(X) :- p(X). q(X) :- city(X).", ["city"]), ("p(R) :- triple(_, R, _).", ["entity"]),
      ("p(X) :- X ~ \"a\".", ["entity"]), ("p(L) :- label(_, L).", ["string"]), ("p(a) :- city(_).", ["entity"]),
    ])
  func union(_ rules: String, _ expected: [String]) throws {
    let schema = """
      type city. type port : city. type person.
      relation near(city, city). relation visit(person, city). relation held(entity, date).
      plain(a).
      """
    let engine = try Self.engine([SourceFile(name: "rules.dl", text: schema + rules)])
    let types = Self.base(engine).expectedTypes(of: .named("p"), at: 0).map(\.name)
    #expect(types == expected, "\(rules)")
  }
}
