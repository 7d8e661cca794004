/// How a conjunction is answered: a tree of steps, of which each does its part for every solution of those before it.
///
/// Literals and variables are named by their numbers in the ``Planner`` that made the plan.
indirect enum Plan {
  /// Binds a variable to each term of the intersection of the literals' sets, without those of the excluded ones.
  case loop(variable: Int, SetPlan, then: Plan)
  /// Goes on where a literal holds, all of whose variables are bound.
  case check(literal: Int, then: Plan)
  /// Computes a literal that is no atom: compares, binds a variable by `=` or an aggregate, or looks for a negation.
  case compute(literal: Int, binds: Int?, then: Plan)
  /// Goes on where a part of the conjunction has a solution.
  case exists(part: Plan, literals: Bits, then: Plan)
  /// Goes on where the set is not empty.
  case nonEmpty(variable: Int, SetPlan, then: Plan)
  /// Gathers a variable's values over a part of the conjunction, as a set that stands for that part from then on.
  case gather(variable: Int, part: Plan, literals: Bits, into: Int, then: Plan)
  /// The end: the head's rows with a variable's values as a set.
  case emitSet(variable: Int, SetPlan)
  case emitTuple
  /// The end of a gathered part.
  case collectSet(variable: Int, SetPlan)
  case collectTerm(variable: Int)
  /// The end of a part that is to have a solution.
  case found
  /// The same, where the others are looked at too, for what may fail in them.
  case witness
  /// What no order of the variables could be found for, against the promise of the check that each is bound.
  case impossible
  /// The end of a part whose solutions are counted.
  case countSet(variable: Int, SetPlan)
  case countOne
  /// Counts parts that share no open variable, and multiplies.
  case product([Part])
  /// Counts the solutions of a part by a variable's values; these weights stand for that part from then on.
  case weigh(variable: Int, part: Plan, literals: Bits, into: Int, then: Plan)
  /// The end of a weighed part.
  case weighSet(variable: Int, SetPlan)
  case weighTerm(variable: Int)

  /// About how many values, each once, the last set has over all solutions.
  ///
  /// The sets of two turns of a loop share some: what is a few steps away is mostly reached over more than one other thing. How
  /// much that is, nobody knows before.
  var values: Double {
    switch self {
    case .loop(_, let set, let then):
      (min(1, set.estimate) + Self.newShare * max(0, set.estimate - 1)) * then.values
    case .check(_, let then), .compute(_, _, let then), .exists(_, _, let then), .nonEmpty(_, _, let then),
      .gather(_, _, _, _, let then), .weigh(_, _, _, _, let then):
      then.values
    case .emitSet(_, let set), .collectSet(_, let set), .countSet(_, let set), .weighSet(_, let set): set.estimate
    case .emitTuple, .collectTerm, .found, .witness, .countOne, .weighTerm: 1
    case .impossible: 0
    case .product(let parts): parts.reduce(1) { $0 * $1.plan.values }
    }
  }

  private static let newShare = 2.0 / 3

  /// Whether it goes on behind the first solution that it finds.
  var looksAtAll: Bool {
    switch self {
    case .witness: true
    case .loop(_, _, let then), .check(_, let then), .compute(_, _, let then), .exists(_, _, let then),
      .nonEmpty(_, _, let then), .gather(_, _, _, _, let then):
      then.looksAtAll
    default: false
    }
  }

  struct Part {
    var plan: Plan
    var literals: Bits
  }
}

/// A set of a variable's values by the literals that hold it.
struct SetPlan {
  /// Atoms and gathered sets, by literal number.
  var sources: [Int]
  /// Negated atoms whose other variables are bound.
  var excluded: [Int]
  /// Comparisons `!=` with something bound.
  var unequal: [Int] = []
  /// Weighed parts, by literal number: only terms that have a weight are of the set.
  var weights: [Int] = []
  /// About how many terms it has.
  var estimate = 1.0

  /// Whether it is a set as it lies in a relation, which need not be built.
  var isView: Bool { hasOneSource && weights.isEmpty }

  /// Whether it is one as it lies in a relation of which the weighed terms are counted.
  var isWeighedView: Bool { hasOneSource && weights.count == 1 }

  private var hasOneSource: Bool { sources.count == 1 && excluded.isEmpty && unequal.isEmpty }
}

/// What a plan is for.
enum Goal: Hashable {
  /// Rows of these variables.
  case emit
  /// The values of one variable.
  case collect(Int)
  /// Whether there is a solution.
  case found
  /// The same, where all solutions are looked at for what may fail in them.
  case every
  /// How many solutions there are.
  case count
  /// How many there are with each value of one variable.
  case weigh(Int)
}
