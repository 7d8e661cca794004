/// What a session should hold, in plain sets: facts with the lines of their statements, and which rules are in force.
struct SessionModel: Equatable {
  struct Fact: Hashable {
    var relation: String
    var arguments: [String]

    var source: String { "\(relation)(\(arguments.joined(separator: ", ")))" }
  }

  /// The lines that each fact's annotations tell, one a statement.
  var facts: [Fact: [Int]] = [:]
  var rules: Set<Rule> = []

  /// What each session begins with.
  static let declarations = "relation e(entity, entity). relation mark(entity)."

  /// Rules that a session may define, each with a relation of its own.
  enum Rule: String, CaseIterable {
    case reach, both, lone, degree

    var source: String {
      switch self {
      case .reach: "reach(X, Y) :- e(X, Y). reach(X, Z) :- reach(X, Y), e(Y, Z)."
      case .both: "both(X) :- e(X, Y), mark(Y), mark(X)."
      case .lone: "lone(X) :- mark(X), not e(X, _)."
      case .degree: "degree(X, N) :- mark(X), N = count{ Y : e(X, Y) }."
      }
    }

    var query: String {
      switch self {
      case .reach: "reach(X, Y)"
      case .both, .lone: "\(rawValue)(X)"
      case .degree: "degree(X, N)"
      }
    }
  }

  /// Whether there was anything to change.
  mutating func add(_ fact: Fact, line: Int?) -> Bool {
    let isNew = facts[fact] == nil
    facts[fact, default: []] += line.map { [$0] } ?? []
    return isNew || line != nil
  }

  mutating func takeBack(_ fact: Fact) -> Bool { facts.removeValue(forKey: fact) != nil }

  // MARK: Answers

  var edges: Set<[String]> { Set(facts.keys.filter { $0.relation == "e" }.map(\.arguments)) }
  var marks: Set<[String]> { Set(facts.keys.filter { $0.relation == "mark" }.map(\.arguments)) }
  /// The edges with the lines that they are stated in.
  var lines: Set<[String]> {
    Set(facts.filter { $0.key.relation == "e" }.flatMap { fact, lines in lines.map { fact.arguments + ["\($0)"] } })
  }

  /// The rows of a rule's relation; `nil` where it is not defined.
  func rows(_ rule: Rule) -> Set<[String]>? {
    guard rules.contains(rule) else { return nil }
    switch rule {
    case .reach: return reach
    case .both: return Set(edges.filter { marks.contains([$0[0]]) && marks.contains([$0[1]]) }.map { [$0[0]] })
    case .lone: return marks.filter { mark in !edges.contains { $0[0] == mark[0] } }
    case .degree: return Set(marks.map { mark in [mark[0], "\(edges.count { $0[0] == mark[0] })"] })
    }
  }

  private var reach: Set<[String]> {
    var known = edges
    while true {
      let longer = known.flatMap { way in edges.filter { $0[0] == way[1] }.map { [way[0], $0[1]] } }
      let all = known.union(longer)
      if all == known { return known }
      known = all
    }
  }
}
