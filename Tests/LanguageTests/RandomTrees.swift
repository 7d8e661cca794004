import Diagnostics
import Language
import Terms
import TestSupport

/// Makes trees of all constructs, as the parser may build them, the same ones for the same seed.
struct RandomTrees {
  private var numbers: SplitMix64
  private let file = SourceFile(name: "made", text: "")
  private var nowhere: SourceSpan { SourceSpan(file, 0, 0) }

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }

  private mutating func one<Element>(of elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

  private mutating func few<Element>(_ range: ClosedRange<Int>, _ make: (inout Self) -> Element) -> [Element] {
    (0..<number(range)).map { _ in make(&self) }
  }

  private static let names = [
    "a", "partner", "žemė", "город", "x1_y", "not", "mod", "true", "or", "by", "select", "count", "type", "relation",
    "Big", "two words", "it's", "a\\b", "50 %", "/* */", "_x", "9", "line\nbreak", "\u{200D}", "„G“", "a, b", ".",
  ]

  private mutating func name() -> Identifier { Identifier(one(of: Self.names), nowhere) }

  /// `date("2013")` in a body is a date, so no relation or function here is called so.
  private mutating func relation() -> Identifier {
    Identifier(one(of: Self.names + ["QAflies", "Žemė", "length", "min"]), nowhere)
  }

  private mutating func variable() -> Identifier {
    Identifier(one(of: ["X", "Y", "Org", "Žmogus", "_", "_skip", "X1"]), nowhere)
  }

  private mutating func text() -> String {
    one(of: Self.names + ["", "\"", "tab\tand \\", "% no comment", "/*", "2013", "😀", "e\u{301}x"])
  }

  mutating func value() -> Value {
    switch number(0...9) {
    case 0, 1, 2: .name(one(of: Self.names))
    case 3: .string(String(decoding: Text.nfc(Array(text().utf8)), as: UTF8.self))
    case 4: .integer(one(of: [0, 1, -1, 42, 2013, .max, .min]))
    case 5: .decimal(one(of: [0.5, -0.5, 1e300, -1e300, 1.25e-7, 2.5e-300, 1.7976931348623157e308, 0.1]))
    case 6: .boolean(number(0...1) == 0)
    default:
      one(
        of: ["2013", "2013-02", "2013-02-14", "2013/2014", "2013-02/2014", "2013/2014-05", "2014-03-05/2014-03-07"]
      ).asDate
    }
  }

  private mutating func constant() -> Expression { .constant(value(), nowhere) }

  mutating func expression(_ depth: Int) -> Expression {
    if depth == 0 || number(0...3) == 0 { return number(0...1) == 0 ? constant() : .variable(variable()) }
    switch number(0...7) {
    case 0: return .parameter(Identifier(one(of: ["min", "X", "2nd"]), nowhere))
    case 1: return .negative(operand(depth - 1), nowhere)
    case 2, 3, 4: return .binary(one(of: BinaryOperator.allCases), operand(depth - 1), operand(depth - 1), nowhere)
    case 5: return .call(relation(), few(0...3) { $0.expression(depth - 1) }, nowhere)
    case 6: return .aggregate(aggregate(depth - 1))
    default:
      return .distance(path(depth), from: expression(depth - 1), to: expression(depth - 1), nowhere)
    }
  }

  /// What arithmetic is done with: no names and truth values, since `a + (X)` begins a path.
  private mutating func operand(_ depth: Int) -> Expression {
    let operand = expression(depth)
    switch operand {
    case .constant(.name, _), .constant(.boolean, _): return .variable(variable())
    default: return operand
    }
  }

  private mutating func aggregate(_ depth: Int) -> Aggregate {
    Aggregate(
      kind: one(of: Aggregate.Kind.allCases), columns: few(1...3) { $0.expression(depth) }, body: formula(depth),
      span: nowhere)
  }

  mutating func path(_ depth: Int) -> PathExpression {
    if depth == 0 { return .relation(name()) }
    return switch number(0...4) {
    case 0: .relation(name())
    case 1: .inverse(path(depth - 1))
    case 2: .oneOrMore(path(depth - 1))
    case 3: .zeroOrMore(path(depth - 1))
    default: .alternatives(few(2...3) { $0.path(depth - 1) })
    }
  }

  private mutating func annotations() -> [Annotation] {
    number(0...2) > 0 ? [] : few(1...3) { Annotation(key: $0.name(), value: $0.expression(1)) }
  }

  private mutating func atom(_ depth: Int) -> Atom {
    let arguments = few(0...3) { $0.expression(depth) }
    return Atom(
      relation: relation(), arguments: arguments, columns: columns(most: arguments.count), annotations: annotations(),
      span: nowhere)
  }

  /// A conjunction within a conjunction lies flat, so none is made there.
  mutating func formula(_ depth: Int, within isConjunction: Bool = false) -> Formula {
    switch depth == 0 ? 0 : number(0...7) {
    case 0, 1: return .atom(atom(depth))
    case 2:
      let path = path(2)
      if case .relation = path { return .atom(atom(depth)) }
      return .path(path, from: expression(1), to: expression(1), annotations: annotations(), nowhere)
    case 3: return .comparison(one(of: Comparison.allCases), expression(depth - 1), expression(depth - 1), nowhere)
    case 4: return .similar(expression(depth - 1), expression(depth - 1), nowhere)
    case 5: return .not(formula(depth - 1), nowhere)
    case 6 where !isConjunction: return .and(few(2...8) { $0.formula(depth - 1, within: true) })
    default: return .or(few(2...4) { $0.formula(depth - 1) })
    }
  }

  /// Different names for some of the columns.
  private mutating func columns(most: Int) -> [Identifier] {
    var seen: Set<String> = []
    return few(0...most) { $0.name() }.filter { seen.insert($0.name).inserted }
  }

  mutating func statement() -> Statement {
    switch number(0...14) {
    case 0: return .type(name: name(), supertypes: few(0...3) { $0.name() })
    case 1:
      let names = columns(most: 4)
      let columns = few(0...4) { tree in ColumnDeclaration(types: tree.few(1...3) { $0.name() }) }
      return .relation(
        name: relation(),
        columns: columns.enumerated().map { place, column in
          ColumnDeclaration(name: place < names.count ? names[place] : nil, types: column.types)
        })
    case 2: return .rule(Rule(head: fact(), body: nil, span: nowhere))
    case 3: return .defaults(few(0...3) { Annotation(key: $0.name(), value: $0.constant()) }, nowhere)
    case 4: return .parameter(name: name(), value: value(), description: number(0...1) == 0 ? nil : "how many")
    case 5: return .include(path: text(), nowhere)
    case 6:
      let options = few(0...2) { Annotation(key: $0.name(), value: $0.constant()) }
      return .importFile(relation: name(), path: text(), options: options, nowhere)
    case 14:
      let isBodiless = number(0...2) == 0
      return .update(
        Update(
          number(0...1) == 0 ? .add : .remove, heads: few(1...3) { $0.atom(2) }, body: isBodiless ? nil : formula(3),
          span: nowhere))
    case 7: return .constraint(description: text(), body: formula(4), nowhere)
    case 8:
      if number(0...2) == 0 { return .whyAnswer(number(1...12), nowhere) }
      return .why(fact(), negated: number(0...1) == 0, nowhere)
    case 9, 10, 11: return .rule(Rule(head: atom(2), body: formula(4), span: nowhere))
    default: return .query(query())
    }
  }

  private mutating func fact() -> Atom {
    Atom(
      relation: relation(), arguments: few(0...3) { $0.constant() },
      annotations: few(0...2) { Annotation(key: $0.name(), value: $0.constant()) }, span: nowhere)
  }

  private mutating func query() -> Query {
    Query(
      body: formula(4), selection: number(0...1) == 0 ? nil : few(1...4) { $0.variable() },
      order: few(0...3) { Query.Order(variable: $0.variable(), descending: $0.number(0...1) == 0) },
      limit: number(0...1) == 0 ? nil : .constant(.integer(10), nowhere),
      offset: number(0...1) == 0 ? nil : .parameter(Identifier("from", nowhere)), span: nowhere)
  }
}

extension String {
  fileprivate var asDate: Value { DateSpan(self).map { .date($0) } ?? .name("no date") }
}
