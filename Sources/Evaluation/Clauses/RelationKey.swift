import Terms

/// What a literal reads: a relation by its name, or one that is made for the purpose.
indirect enum RelationKey: Hashable {
  /// A relation of the graph or of rules.
  case named(String)
  /// The rows of a relation's statements that have all of some annotation keys, with their values as further columns.
  case annotated(String, keys: [String])
  /// All facts of binary relations as (subject, relation, object); with annotation keys the rows of their statements that
  /// have all of these, with their values as further columns.
  case triple(keys: [String])
  /// The entities that one of their names finds by the given words.
  case similar(String)
  /// A relation that a path or a query stands for, by its number in the clause base.
  case auxiliary(Int)
  /// From, to and the least number of steps along an auxiliary relation; from one term only, or from all.
  case distance(Int, from: Term?)
  /// The stored facts of a relation that has rules as well.
  case stored(String)
  /// Those rows of a derived relation that one query demands by its bound columns.
  case restricted(RelationKey, bound: [Bool], scope: Int)
  /// The values of the bound columns that it demands.
  case demanded(RelationKey, bound: [Bool], scope: Int)
}

extension RelationKey {
  /// Whether its rows are computed as they are asked for, from one origin after the other.
  var isLazy: Bool { if case .distance = self { true } else { false } }

  var isTriple: Bool { if case .triple = self { true } else { false } }

  /// Whether it stands for those rows that one query asks for.
  var isPassing: Bool {
    switch self {
    case .restricted, .demanded: true
    default: false
    }
  }

  func isRestricted(in scope: Int) -> Bool {
    switch self {
    case .restricted(_, _, let own), .demanded(_, _, let own): own == scope
    default: false
    }
  }

  /// The relation itself, where this is only what a query demands of it.
  var whole: RelationKey { if case .restricted(let whole, _, _) = self { whole } else { self } }

  /// Whether it says what a query demands, which is no reason for anything.
  var isDemanded: Bool { if case .demanded = self { true } else { false } }
}
