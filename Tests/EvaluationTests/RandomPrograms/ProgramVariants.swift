import Diagnostics
import Language
import TestSupport

/// A program and its queries as they are written.
struct WrittenProgram {
  var text: String
  var queries: [String]

  init(_ program: ReferenceProgram, _ printer: ReferencePrinter = ReferencePrinter()) {
    text = printer.source(of: program)
    queries = program.queries.map { printer.source(of: $0) }
  }

  /// The same in canonical form.
  var formatted: WrittenProgram {
    var written = self
    written.text = Self.formatted(text)
    written.queries = queries.map { query in
      let formatted = Self.formatted("?- \(query).").dropFirst("?- ".count)
      return String(formatted.reversed().drop { $0 == "." || $0 == "\n" }.reversed())
    }
    return written
  }

  private static func formatted(_ text: String) -> String {
    (try? Formatter.format(SourceFile(name: "random.dl", text: text))) ?? "this could not be formatted"
  }
}

/// Programs that say the same as another, written otherwise.
enum ProgramVariants {
  static func shuffledLiterals(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    for index in variant.rules.indices { shuffle(&variant.rules[index].body, &random) }
    for index in variant.queries.indices { shuffle(&variant.queries[index].body, &random) }
    return variant
  }

  private static func shuffle(_ body: inout [ReferenceLiteral], _ random: inout SplitMix64) {
    body.shuffle(using: &random)
    for index in body.indices {
      switch body[index] {
      case .not(var inner):
        shuffle(&inner, &random)
        body[index] = .not(inner)
      case .either(let branches): body[index] = .either(branches.shuffled(using: &random))
      case .aggregate(let result, let kind, let columns, var inner):
        shuffle(&inner, &random)
        body[index] = .aggregate(result: result, kind, columns: columns, inner)
      default: continue
      }
    }
  }

  static func shuffledStatements(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    variant.rules.shuffle(using: &random)
    variant.facts.shuffle(using: &random)
    return variant
  }

  /// One literal of each rule and query stands in it twice.
  static func doubledLiteral(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    let double = { (body: inout [ReferenceLiteral], random: inout SplitMix64) in
      let repeatable = body.filter { $0.isRepeatable }
      if let literal = repeatable.randomElement(using: &random) { body.append(literal) }
    }
    for index in variant.rules.indices { double(&variant.rules[index].body, &random) }
    for index in variant.queries.indices { double(&variant.queries[index].body, &random) }
    return variant
  }

  /// Some positive literals of each rule and query are taken into a rule of their own.
  static func splitRules(_ program: ReferenceProgram, _ random: inout SplitMix64) -> ReferenceProgram {
    var variant = program
    for index in program.rules.indices {
      guard let part = part(of: program.rules[index].body, "part\(index)", &random) else { continue }
      variant.rules[index].body = part.rest
      variant.rules.append(part.rule)
    }
    for index in program.queries.indices {
      guard let part = part(of: program.queries[index].body, "part_q\(index)", &random) else { continue }
      variant.queries[index].body = part.rest
      variant.rules.append(part.rule)
    }
    return variant
  }

  private static func part(
    of body: [ReferenceLiteral], _ name: String, _ random: inout SplitMix64
  ) -> (rule: ReferenceRule, rest: [ReferenceLiteral])? {
    let moved = body.indices.filter { body[$0].isMovable }.filter { _ in Bool.random(using: &random) }
    if moved.isEmpty { return nil }
    let part = moved.map { body[$0] }
    let columns = part.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }.sorted().map { Operand.variable($0) }
    let head = ReferenceAtom(relation: name, arguments: columns)
    let rest = body.indices.filter { !moved.contains($0) }.map { body[$0] }
    return (ReferenceRule(head: head, body: part), [.atom(head)] + rest)
  }

  /// A variable's new name, another one for each number: Lithuanian, Cyrillic, with digits.
  static func renamed(_ number: Int) -> String { ["Žmogus", "Город", "X_", "Kiekis"][number % 4] + "\(97 - number)" }
}

extension ReferenceLiteral {
  /// Whether it says the same in a rule of its own, for it binds all its variables.
  fileprivate var isMovable: Bool {
    switch self {
    case .atom(let atom): atom.operands.allSatisfy { !$0.isExpression }
    case .similar(_, let words): words.variables.isEmpty
    case .path(let path, _, _): path.repetition != .zeroOrMore
    default: false
    }
  }

  /// Whether a second copy says the same: not where it has variables of its own, which would be shared by both.
  fileprivate var isRepeatable: Bool {
    variables.allSatisfy { $0 < ReferenceProgram.firstLocal }
  }
}
