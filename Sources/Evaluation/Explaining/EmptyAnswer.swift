import Diagnostics
import Graphs
import Terms

/// Finds which conditions of a query without rows it is that nothing matches.
///
/// Each sentence rests on a question that was asked of the graph. What would take long to find out is not said.
struct EmptyAnswer {
  private let base: ClauseBase
  private let clause: Clause
  /// Whether literals hold together for anything; `nil` where that is not soon found out, or fails.
  private let holds: ([Literal]) -> Bool?

  init(_ clause: Clause, _ base: ClauseBase, holds: @escaping ([Literal]) -> Bool?) {
    self.clause = clause
    self.base = base
    self.holds = holds
  }

  /// Why the clause gives no row; none where no reason was found.
  func reasons() -> [String] {
    let atoms = clause.body.compactMap { literal in
      if case .atom(let atom) = literal, !mayBeOfNoStep(literal) { atom } else { nil }
    }
    let known = atoms.map { holds(whole($0)) }
    let empty = zip(atoms, known).filter { $1 == false }.map { sentence(about: $0.0) }
    if !empty.isEmpty { return Array(empty.prefix(Self.mostReasons)) }
    let ruled = zip(atoms, known).filter { $1 == true }.flatMap { conditionsThatRuleOut($0.0) }
    if !ruled.isEmpty { return Array(ruled.prefix(Self.mostReasons)) }
    return together().map { [$0] } ?? []
  }

  private static let mostReasons = 3

  /// An atom with what its arguments compute, which is a part of what the user wrote.
  private func whole(_ atom: ClauseAtom) -> [Literal] { [.atom(atom)] + clause.body.filter { isPart($0, of: atom) } }

  private func isPart(_ literal: Literal, of atom: ClauseAtom) -> Bool {
    if isAtom(literal) || literal.span == atom.span { return false }
    return atom.span.start <= literal.span.start && literal.span.end <= atom.span.end
  }

  /// Whether a literal may be of a path that may have no step, as one with `*` in its text. What the ends of such a path range
  /// over is known by the rest of the query, and it has become several literals, so nothing can be said of one alone.
  private func mayBeOfNoStep(_ literal: Literal) -> Bool {
    switch literal {
    case .atom(let atom): if case .auxiliary = atom.relation { text(literal).contains("*") } else { false }
    case .comparison(_, let left, let right, _): !left.isComputed && !right.isComputed && text(literal).contains("*")
    case .negation, .aggregate, .condition, .similar: false
    }
  }

  // MARK: One literal

  private func sentence(about atom: ClauseAtom) -> String {
    if whole(atom).count > 1, holds([.atom(atom)]) == true {
      return "`\(base.name(of: atom.relation))` has rows, but none that match `\(text(atom.span))`"
    }
    switch atom.relation {
    case .named(let name): return sentence(about: atom, name)
    case .stated(let name, let keys):
      var plain = atom
      plain.relation = .named(name)
      plain.arguments.removeLast(keys.count)
      if holds([.atom(plain)]) == false { return sentence(about: plain, name) }
      return "no statement matches `\(text(atom.span))`"
    case .similar(let words): return "nothing has a name with the words \(Value.string(words).description)"
    default: return "nothing matches `\(text(atom.span))`"
    }
  }

  private func sentence(about atom: ClauseAtom, _ relation: String) -> String {
    let name = Value.name(relation).description
    let isType = base.graph.isType(relation)
    if holds([.atom(with([:], atom))]) == false {
      if isType { return "nothing is of the type `\(name)`" }
      return base.program.firstRule(for: relation) == nil
        ? "no fact of `\(name)` is stated" : "`\(name)` has no row: no fact of it is stated, and its rules give none"
    }
    let constants = atom.arguments.enumerated().compactMap { place, argument -> (place: Int, term: Term)? in
      if case .constant(let term) = argument { (place, term) } else { nil }
    }
    if isType, let (_, term) = constants.first { return "`\(shown(term))` is not of the type `\(name)`" }
    let known = constants.map { place, term in holds([.atom(with([place: term], atom))]) }
    if let missing = known.firstIndex(of: false) {
      let (place, term) = constants[missing]
      return "`\(name)` has no row " + phrase(place, of: atom, "`\(shown(term))`") + turned(atom, place, term)
        + otherwise(atom, place, term)
    }
    if constants.count > 1, known.allSatisfy({ $0 == true }) {
      let each = constants.map { "`\(shown($0.term))`" }.joined(separator: " and ")
      return "`\(name)` has rows with each of \(each), but none with all of them in these places"
    }
    return constants.isEmpty && holds([.atom(with([:], atom))]) == true
      ? "`\(name)` has rows, but none that match `\(text(atom.span))`" : "nothing matches `\(text(atom.span))`"
  }

  private func phrase(_ place: Int, of atom: ClauseAtom, _ value: String) -> String {
    switch (atom.arguments.count, place) {
    case (1, _): "with \(value)"
    case (2, 0): "that begins with \(value)"
    case (2, _): "that ends with \(value)"
    default: "with \(value) in place \(place + 1)"
    }
  }

  /// Says so if a relation of two columns has the term on its other side.
  private func turned(_ atom: ClauseAtom, _ place: Int, _ term: Term) -> String {
    guard atom.arguments.count == 2, holds([.atom(with([1 - place: term], atom))]) == true else { return "" }
    return "; it has one " + phrase(1 - place, of: atom, "it")
  }

  /// Says so if a relation has the same text there as another kind of value, such as a string in place of a date.
  private func otherwise(_ atom: ClauseAtom, _ place: Int, _ term: Term) -> String {
    let value = base.graph.terms.value(term)
    for other in [Value.string(value.plainText), .name(value.plainText)] where other != value {
      guard let known = base.graph.terms.find(other), holds([.atom(with([place: known], atom))]) == true else {
        continue
      }
      return "; it has one " + phrase(place, of: atom, "\(other.inMessage)")
    }
    return within(term, clause.variableNames.count + place, with([:], atom))
  }

  /// The atom with some constants, and all else open.
  private func with(_ constants: [Int: Term], _ atom: ClauseAtom) -> ClauseAtom {
    var result = atom
    let first = clause.variableNames.count
    result.arguments = atom.arguments.indices.map { place in
      constants[place].map { .constant($0) } ?? .variable(first + place)
    }
    return result
  }

  // MARK: A literal with a condition

  private func conditionsThatRuleOut(_ atom: ClauseAtom) -> [String] {
    let own = atom.variables
    let whole = whole(atom)
    return clause.body.compactMap { literal in
      if isAtom(literal) || mayBeOfNoStep(literal) || isPart(literal, of: atom) { return nil }
      let variables = literal.variables
      guard !variables.isEmpty, variables.isSubset(of: own), holds(whole + [literal]) == false else { return nil }
      return "`\(text(atom.span))` has rows, but none with `\(text(literal))`" + differenceOfKinds(atom, literal)
        + within(atom, literal)
    }
  }

  /// Says so if a variable is compared with a date that none of its values equals, though some are within it.
  private func within(_ atom: ClauseAtom, _ literal: Literal) -> String {
    guard case .comparison(.equal, let left, let right, _) = literal else { return "" }
    switch (left, right) {
    case (.variable(let variable), .constant(let date)), (.constant(let date), .variable(let variable)):
      return within(date, variable, atom)
    default: return ""
    }
  }

  private func within(_ date: Term, _ variable: Int, _ atom: ClauseAtom) -> String {
    guard case .date = base.graph.terms.value(date) else { return "" }
    let condition = Literal.condition(.during, [.variable(variable), .constant(date)], atom.span)
    guard holds([.atom(atom), condition]) == true else { return "" }
    let names = clause.variableNames
    let name = names.indices.contains(variable) ? names[variable] ?? "D" : "D"
    return "; there are dates within it, which `during(\(name), \(shown(date)))` asks for"
  }

  /// Says so if a variable is compared with a constant of another kind than it has in the first fact of its relation.
  private func differenceOfKinds(_ atom: ClauseAtom, _ literal: Literal) -> String {
    guard let facts = base.stored(atom.relation)?.facts, case .comparison(_, let left, let right, _) = literal
    else { return "" }
    let number: Int
    let constant: Value
    switch (left, right) {
    case (.variable(let variable), .constant(let term)), (.constant(let term), .variable(let variable)):
      (number, constant) = (variable, base.graph.terms.value(term))
    default: return ""
    }
    guard let column = atom.arguments.firstIndex(of: .variable(number)), let variable = clause.variableNames[number]
    else { return "" }
    var sample: Value?
    facts.forEachTuple { tuple in
      sample = base.graph.terms.value(Term(tuple[column]))
      return false
    }
    guard let sample, !sample.isComparable(with: constant) else { return "" }
    let reading =
      switch (sample, constant) {
      case (.string, .date): "; `date(\(variable))` reads a date"
      case (.string, .integer), (.string, .decimal): "; `to_number(\(variable))` reads a number"
      default: ""
      }
    return ": in one `\(variable)` is \(sample.inMessage), which is not compared with \(constant.inMessage)" + reading
  }

  // MARK: Literals that do not go together

  /// The fewest literals, as far as that is found, that hold together for nothing.
  private func together() -> String? {
    if clause.body.contains(where: mayBeOfNoStep) { return nil }
    var core = Array(clause.body.indices)
    var needed: Set<Int> = []
    // What others cannot be asked without, since it binds their variables.
    var binding: Set<Int> = []
    let order = core.filter { !isAtom($0) } + core.filter(isAtom)
    for number in order {
      let others = core.filter { $0 != number }.map { clause.body[$0] }
      if !isSafe(others) {
        binding.insert(number)
        continue
      }
      switch holds(others) {
      case false?: core.removeAll { $0 == number }
      case true?: needed.insert(number)
      case nil: break
      }
    }
    let isLeast = needed.isSuperset(of: core)
    guard core.count > 1, core.count <= Self.mostTogether,
      needed.union(binding).isSuperset(of: core) || core.count < clause.body.count
    else { return nil }
    let texts = sources(of: core)
    guard texts.count > 1 else { return texts.first.map { "nothing matches `\($0)`" } }
    let list = texts.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " and `\(texts[texts.count - 1])`"
    if isLeast && texts.count == 2 && core.allSatisfy(isAtom) {
      return "each of these matches alone, but not together: \(list)"
    }
    return "these do not match together" + (isLeast ? ", though they do without any one of them" : "") + ": \(list)"
  }

  private static let mostTogether = 8

  private func isSafe(_ literals: [Literal]) -> Bool {
    literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
      .isSubset(of: Safety.bound(by: literals, given: []))
  }

  private func isAtom(_ number: Int) -> Bool { isAtom(clause.body[number]) }

  private func isAtom(_ literal: Literal) -> Bool { if case .atom = literal { true } else { false } }

  // MARK: Texts

  /// What the user wrote for some literals, each once: what stands within another is a part of it.
  private func sources(of numbers: [Int]) -> [String] {
    let spans = numbers.map { source(of: clause.body[$0]) }
    var seen: Set<SourceSpan> = []
    return spans.filter { span in
      let isWithin = spans.contains { $0 != span && $0.start <= span.start && span.end <= $0.end }
      return !isWithin && seen.insert(span).inserted
    }.sorted { $0.start < $1.start }.map(text)
  }

  private func text(_ literal: Literal) -> String { text(source(of: literal)) }

  /// The place of what a literal was made of: of an aggregate the equation in which it stands.
  private func source(of literal: Literal) -> SourceSpan {
    guard case .aggregate(let aggregate) = literal else { return literal.span }
    for case .comparison(_, let left, let right, let span) in clause.body
    where left.variables.union(right.variables).contains(aggregate.result) && span.start <= aggregate.span.start {
      return span
    }
    return literal.span
  }

  private func text(_ span: SourceSpan) -> String {
    let written = String(decoding: span.file.bytes[span.start..<span.end], as: UTF8.self)
    let words = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > Self.longestText ? words.prefix(Self.longestText) + "…" : words
  }

  private static let longestText = 200

  private func shown(_ term: Term) -> String { base.graph.terms.value(term).shortened }
}
