import Terms

/// What a literal reads: a relation by its name, or one that is made for the purpose.
indirect enum RelationKey: Hashable {
  /// A relation of the graph or of rules.
  case named(String)
  /// What is stated of a relation, whatever rules give: its facts, or the rows of its statements that have all of some annotation
  /// keys, with their values as further columns.
  case stated(String, keys: [String])
  /// All facts of binary relations as (subject, relation, object); with annotation keys the rows of their statements that
  /// have all of these, with their values as further columns.
  case triple(keys: [String])
  /// The entities that one of their names finds by the given words.
  case similar(String)
  /// A relation that a path or a query stands for, by its number in the clause base.
  case auxiliary(Int)
  /// From, to and the least number of steps along an auxiliary relation; from one term only, or from all.
  case distance(Int, from: Term?)
  /// Those rows of a derived relation that one query demands by its bound columns.
  case restricted(RelationKey, bound: [Bool], scope: Int)
  /// The values of the bound columns that it demands.
  case demanded(RelationKey, bound: [Bool], scope: Int)
}

extension RelationKey {
  /// Whether its rows are computed as they are asked for, from one origin after the other.
  var isLazy: Bool { if case .distance = self { true } else { false } }

  /// What a relation of the graph or of rules is called.
  var ownName: String? { if case .named(let name) = self { name } else { nil } }

  var isTriple: Bool { if case .triple = self { true } else { false } }

  /// The number of the query that it is for, if it stands for what one query asks for.
  var scope: Int? {
    switch self {
    case .restricted(_, _, let scope), .demanded(_, _, let scope): scope
    default: nil
    }
  }

  /// The relation itself, where this is only what a query demands of it.
  var whole: RelationKey { if case .restricted(let whole, _, _) = self { whole } else { self } }

  /// Whether it says what a query demands, which is no reason for anything.
  var isDemanded: Bool { if case .demanded = self { true } else { false } }
}
