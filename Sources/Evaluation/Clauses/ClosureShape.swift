/// A recursive relation of two columns whose rules are those of a transitive closure, however its step is written:
///
/// - left-linear, `p(X, Z) :- p(X, Y), step(Y, Z)`;
/// - right-linear, `p(X, Z) :- step(X, Y), p(Y, Z)`;
/// - non-linear, `p(X, Z) :- p(X, Y), p(Y, Z)`.
///
/// The step is all of the body that is not the recursion, any literals over its two variables. Such a relation is
/// computed in one pass over the condensed graph of its steps instead of in rounds.
struct ClosureShape {
  enum Form { case left, right, both }

  let key: RelationKey
  let form: Form
  /// The clauses without recursion, and the steps of the others as clauses.
  let starts: [Clause]
  private let clauseCount: Int
  let steps: [Clause]

  /// `nil` where the rules are of another shape.
  init?(_ key: RelationKey, clauses: [Clause]) {
    self.key = key
    clauseCount = clauses.count
    var starts: [Clause] = []
    var steps: [Clause] = []
    var form: Form?
    for clause in clauses {
      let recursive = clause.body.indices.filter { Self.atom(clause.body[$0])?.relation == key }
      if recursive.isEmpty {
        starts.append(clause)
        continue
      }
      guard let (found, step) = Self.step(clause, recursive), form == nil || form == found else { return nil }
      form = found
      if let step { steps.append(step) }
    }
    guard let form else { return nil }
    self.form = form
    self.starts = starts
    self.steps = steps
  }

  static func atom(_ literal: Literal) -> ClauseAtom? {
    if case .atom(let atom) = literal { atom } else { nil }
  }

  /// The form of a recursive clause, and its step.
  private static func step(_ clause: Clause, _ recursive: [Int]) -> (Form, Clause?)? {
    let head = clause.head.arguments.compactMap(\.variable)
    guard head.count == 2, clause.head.arguments.count == 2, head[0] != head[1] else { return nil }
    let calls = recursive.compactMap { atom(clause.body[$0])?.arguments.compactMap(\.variable) }
    guard calls.allSatisfy({ $0.count == 2 }) else { return nil }
    let rest = clause.body.indices.filter { !recursive.contains($0) }.map { clause.body[$0] }
    if calls.count == 2 {
      let (first, second) = calls[0][0] == head[0] ? (calls[0], calls[1]) : (calls[1], calls[0])
      let isChain = first[0] == head[0] && second[1] == head[1] && first[1] == second[0]
      return isChain && rest.isEmpty && Set(first + second).count == 3 ? (.both, nil) : nil
    }
    guard calls.count == 1, !rest.isEmpty else { return nil }
    let used = rest.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
    let call = calls[0]
    if call[0] == head[0], call[1] != head[1], call[1] != call[0], !used.contains(head[0]) {
      return (.left, stepClause(clause, rest, from: call[1], to: head[1]))
    }
    if call[1] == head[1], call[0] != head[0], call[1] != call[0], !used.contains(head[1]) {
      return (.right, stepClause(clause, rest, from: head[0], to: call[0]))
    }
    return nil
  }

  private static func stepClause(_ clause: Clause, _ rest: [Literal], from: Int, to: Int) -> Clause? {
    guard Safety.bound(by: rest, given: []).isSuperset(of: [from, to]) else { return nil }
    var step = clause
    step.head.arguments = [.variable(from), .variable(to)]
    step.body = rest
    return Safety(step).problem() == nil ? step : nil
  }

  /// Whether the steps can stand alone.
  var canCompute: Bool {
    form == .both || steps.count == clauseCount - starts.count
  }

  /// Whether the recursion adds steps in front, so that a row's last term is where its shortest derivation begins.
  var isBackward: Bool { form == .right }

  /// The number of the variable between the recursion and the step in a recursive clause; `nil` in one that is a start.
  func middle(of clause: Clause) -> Int? {
    let calls = clause.body.compactMap { Self.atom($0) }.filter { $0.relation == key }
    guard let call = calls.first, let head = clause.head.arguments.first else { return nil }
    if form == .right { return call.arguments[0].variable }
    return (calls.first { $0.arguments[0] == head } ?? call).arguments[1].variable
  }
}
