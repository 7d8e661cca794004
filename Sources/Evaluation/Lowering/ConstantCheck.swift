import Diagnostics
import Language
import Terms

/// Whether a variable is compared with a constant that can never stand where the variable does, though no declaration tells
/// so: a name of no relation in a `triple`, or a date in quotes in an annotation, where every such string was read as a date.
struct ConstantCheck {
  private let base: ClauseBase
  private let clause: Clause
  private let literals: [Literal]
  private var relations: Set<Int> = []
  private var dates: Set<Int> = []

  init(_ base: ClauseBase, _ clause: Clause) {
    self.base = base
    self.clause = clause
    literals = clause.body
    gather()
  }

  /// A group within what is checked, whose literals tell more of its variables.
  private init(_ outer: ConstantCheck, _ literals: [Literal]) {
    base = outer.base
    clause = outer.clause
    self.literals = literals
    relations = outer.relations
    dates = outer.dates
    gather()
  }

  private mutating func gather() {
    for case .atom(let atom) in literals {
      switch atom.relation {
      case .triple(let keys):
        if let number = atom.arguments[1].variable { relations.insert(number) }
        gatherDates(keys, atom)
      case .stated(_, let keys): gatherDates(keys, atom)
      default: continue
      }
    }
  }

  private mutating func gatherDates(_ keys: [String], _ atom: ClauseAtom) {
    for (key, argument) in zip(keys, atom.arguments.suffix(keys.count)) where PositionFit.dateKeys.contains(key) {
      if let number = argument.variable { dates.insert(number) }
    }
  }

  /// The first comparison that can never hold, as a diagnostic.
  func problem() -> Diagnostic? {
    for literal in literals {
      if case .comparison(let comparison, let left, let right, let span) = literal, comparison != .notEqual,
        let problem = problem(left, right, comparison, span) ?? problem(right, left, comparison, span)
      {
        return problem
      }
      for alternative in literal.group?.alternatives ?? [] {
        if let problem = ConstantCheck(self, alternative).problem() { return problem }
      }
    }
    return nil
  }

  private func problem(
    _ variable: Operand, _ constant: Operand, _ comparison: Comparison, _ span: SourceSpan
  ) -> Diagnostic? {
    guard case .variable(let number) = variable, case .constant(let term) = constant else { return nil }
    let name = clause.variableNames[number] ?? "_"
    switch base.graph.terms.value(term) {
    case .name(let relation)
    where comparison == .equal && relations.contains(number) && base.arity(of: .named(relation)) == nil:
      let nearest = Suggestion.nearest(to: relation, among: base.graph.relationNames)
      return Diagnostic(
        .unknownRelation, "`\(name)` is the name of a relation, and there is no relation `\(relation)`", at: span,
        help: nearest.map { "did you mean `\($0)`?" })
    case .string(let text) where dates.contains(number) && DateSpan(text) != nil:
      return Diagnostic(
        .neverHolds,
        "`\(name)` is a date if it reads so, and `\(base.graph.terms.value(term))` is text: "
          + "`\(comparison.rawValue)` can never hold", at: span, help: KindCheck.date(text))
    default: return nil
    }
  }
}
