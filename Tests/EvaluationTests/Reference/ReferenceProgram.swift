import Terms

/// A program in the form that the reference evaluates: small enough a form of the language to evaluate by brute force.
///
/// Variables are numbers. Those from ``firstLocal`` on live inside one negation, aggregate or alternative only, and stand
/// in no two of them.
struct ReferenceProgram: Sendable {
  static let firstLocal = 20
  static let variableCount = 44

  /// The types, each with those above it, which stand before it.
  var types: [(name: String, supertypes: [String])] = []
  /// For each position of a declared relation the types that it takes.
  var declarations: [String: [[String]]] = [:]
  /// Each relation with its arity, types among them.
  var arities: [String: Int] = [:]
  /// The statements: a fact may be stated several times, each time with annotations of its own.
  var facts: [Fact] = []
  var rules: [ReferenceRule] = []
  var queries: [ReferenceQuery] = []
  /// The number of facts of another relation to print among the others, such that terms are numbered far apart.
  var padding = 0

  struct Fact: Hashable, Sendable {
    var relation: String
    var values: [Value]
    var annotations: [String: Value] = [:]
  }

  /// The names in rules and queries: the text states a fact of each, for a name that no fact speaks of is an error.
  var namesInRules: Set<String> { Set(rules.flatMap(\.names) + queries.flatMap { $0.body.flatMap(\.names) }) }

  func isType(_ name: String) -> Bool { types.contains { $0.name == name } }

  /// A type with all that lie above it.
  func typesAbove(_ type: String) -> Set<String> {
    let above = types.first { $0.name == type }?.supertypes ?? []
    return above.reduce([type]) { $0.union(typesAbove($1)) }
  }
}

struct ReferenceRule: Hashable, Sendable {
  var head: ReferenceAtom
  var body: [ReferenceLiteral]

  /// The names of entities in it.
  var names: [String] { head.names + body.flatMap(\.names) }
}

/// A question with what is to be done to its rows.
struct ReferenceQuery: Hashable, Sendable {
  var body: [ReferenceLiteral]
  /// The variables to show, in the order of the columns.
  var columns: [Int]
  var order: [Key] = []
  var limit: Int?
  var offset: Int?

  struct Key: Hashable, Sendable {
    var variable: Int
    var isDescending: Bool
  }
}
