/// What a join does, as a value: a tree of numbered nodes, of which each does its part for every solution of those before it.
///
/// It is the physical layer: it knows sets, registers and literals by their numbers, and nothing of rules or values. It does not
/// change. What changes while it runs belongs to the ``JoinMachine`` that runs it, and several machines can run one program.
public struct JoinProgram: Equatable, Sendable {
  /// Those of the parts of a body stand before it: the join begins with the last.
  public private(set) var bodies: [Body] = []
  public private(set) var nodes: [Node] = []
  /// How many registers are those of variables, by their numbers. Those of constants stand behind them.
  let variableCount: Int
  private(set) var constants: [UInt32] = []

  public init(variableCount: Int) { self.variableCount = variableCount }

  /// One step, with what is done within it and after it.
  public struct Node: Equatable, Sendable {
    public var operation: Operation
    /// The first nodes of what is done within it.
    public var parts: [Int]
    /// The first node of what is done for each solution.
    public var next: Int?
    /// The literals that it, and all within and after it, speak of.
    fileprivate(set) var literals: [Int] = []

    public init(_ operation: Operation, parts: [Int] = [], next: Int? = nil) {
      self.operation = operation
      self.parts = parts
      self.next = next
    }
  }

  /// What a node does. Variables and literals are given by their numbers in the body.
  public enum Operation: Equatable, Sendable {
    /// Binds a variable to each term of a set. If a set of another variable follows that is only counted, `meeting` is the literal
    /// whose rows are looked up in what the others leave, which is the same for all terms.
    case loop(variable: Int, Candidates, meeting: Int? = nil)
    /// Goes on if a literal holds, all of whose variables are bound.
    case check(literal: Int)
    /// Computes a literal that is no atom: compares, binds a variable by `=` or an aggregate, or looks for a negation.
    case compute(literal: Int, binds: Int?)
    /// Goes on if its part has a solution.
    case exists
    /// Goes on if the set is not empty.
    case nonEmpty(variable: Int, Candidates)
    /// Gathers a variable's values over its part, as a set that stands for that part from then on, as a literal.
    case gather(variable: Int, into: Int)
    /// Counts the solutions of its part by a variable's values; these weights stand for that part from then on, as a literal.
    case weigh(variable: Int, into: Int)
    /// Counts each of its parts, which share no open variable, and multiplies.
    case product
    /// The end: the head's rows with a variable's values as a set.
    case emitSet(variable: Int, Candidates)
    case emitTuple
    /// The end of a gathered part.
    case collectSet(variable: Int, Candidates)
    case collectTerm(variable: Int)
    /// The end of a part that is to have a solution.
    case found
    /// The same, if the others are looked at too, for what may fail in them.
    case witness
    /// The end of a part whose solutions are counted.
    case countSet(variable: Int, Candidates)
    case countOne
    /// The end of a weighed part.
    case weighSet(variable: Int, Candidates)
    case weighTerm(variable: Int)
    /// What no order of the variables could be found for, against the promise of the check that each is bound.
    case impossible
  }

  /// A set of a variable's values by the literals that hold it.
  public struct Candidates: Equatable, Sendable {
    /// Atoms and gathered sets, by literal number.
    public var sources: [Int] = []
    /// Negated atoms whose other variables are bound.
    public var excluded: [Int] = []
    /// Comparisons `!=` with something bound.
    public var unequal: [Int] = []
    /// Weighed parts, by literal number: only terms that have a weight are of the set.
    public var weights: [Int] = []
    /// About how many terms it has.
    public var estimate = 1.0

    public init() {}

    /// Whether it is a set as it lies in a relation, which need not be built.
    public var isView: Bool { hasOneSource && weights.isEmpty }

    /// Whether it is one as it lies in a relation of which the weighed terms are counted.
    public var isWeighedView: Bool { hasOneSource && weights.count == 1 }

    private var hasOneSource: Bool { sources.count == 1 && excluded.isEmpty && unequal.isEmpty }

    fileprivate var literals: [Int] { sources + excluded + unequal + weights }
  }

  /// A conjunction of literals with its plan.
  public struct Body: Equatable, Sendable {
    public var literals: [Literal]
    /// Its first node.
    public fileprivate(set) var root = 0
    /// The variables that are bound before.
    public var given: Set<Int>
    /// The registers of the rows that it emits.
    public var head: [Int]
    /// Whether several threads may share it: it makes no terms, keeps nothing, and can't fail.
    public var isShareable: Bool
    /// A variable that has the least term, and those whose terms are greater; others are not counted.
    public var floor: Floor?

    public init(_ literals: [Literal], given: Set<Int>, head: [Int], isShareable: Bool, floor: Floor? = nil) {
      self.literals = literals
      self.given = given
      self.head = head
      self.isShareable = isShareable
      self.floor = floor
    }
  }

  /// See ``Body/floor``.
  public struct Floor: Equatable, Sendable {
    public var least: Int
    public var greater: [Int]

    public init(least: Int, greater: [Int]) {
      self.least = least
      self.greater = greater
    }
  }

  /// What a join knows of a literal.
  public enum Literal: Equatable, Sendable {
    case atom(Atom)
    /// The values of one variable that a part has, gathered or weighed before.
    case standIn(variable: Int, isWeighed: Bool)
    /// What ``JoinComputing`` computes; with the registers of both sides if it compares these for `!=`.
    case computed(sides: [Int] = [])
    case group(Group)
  }

  /// A relation with the registers of its columns.
  public struct Atom: Equatable, Sendable {
    /// The number of the relation's ``RelationSlot``.
    public var slot: Int
    public var registers: [Int]
    public var isNegated: Bool
    /// Whether the relation is computed as it is read, so that it may move meanwhile.
    public var isLazy: Bool

    public init(slot: Int, registers: [Int], isNegated: Bool = false, isLazy: Bool = false) {
      self.slot = slot
      self.registers = registers
      self.isNegated = isNegated
      self.isLazy = isLazy
    }
  }

  /// Bodies within a literal, by their numbers, and what becomes of their solutions.
  public enum Group: Equatable, Sendable {
    /// There is to be none.
    case negation([Int])
    /// They give the values of one variable, as ``JoinMachine/view``.
    case set([Int])
    /// They give rows, for ``JoinMachine/takeAggregated()``.
    case rows([Int])
    /// They are counted, as ``JoinMachine/counted``.
    case count([Count])
    /// They are all rows of the relation in a slot, whose number becomes ``JoinMachine/counted``.
    case relation(slot: Int)

    public var bodies: [Int] {
      switch self {
      case .negation(let bodies), .set(let bodies), .rows(let bodies): bodies
      case .count(let counts): counts.map(\.body)
      case .relation: []
      }
    }
  }

  /// A body whose solutions are counted.
  public struct Count: Equatable, Sendable {
    public var body: Int
    /// How often each solution counts.
    public var times: Int
    /// The place of a body before it that has a solution if this one has any.
    public var condition: Int?

    public init(body: Int, times: Int, condition: Int?) {
      self.body = body
      self.times = times
      self.condition = condition
    }
  }

  /// The failure of a program that makes no sense.
  public struct Broken: Error {
    public let reason: String
  }
}

// MARK: Building

extension JoinProgram {
  /// The register of a constant.
  public mutating func register(ofConstant term: UInt32) -> Int {
    if let known = constants.firstIndex(of: term) { return variableCount + known }
    constants.append(term)
    return registerCount - 1
  }

  /// Adds a body, those of its groups before it, and returns its number.
  /// - Parameters:
  ///   - root: its first node among `nodes`, which may hold others as well.
  public mutating func add(_ body: Body, root: Int, of nodes: [Node]) -> Int {
    var body = body
    body.root = copy(root, of: nodes)
    bodies.append(body)
    return bodies.count - 1
  }

  private mutating func copy(_ node: Int, of nodes: [Node]) -> Int {
    let number = self.nodes.count
    self.nodes.append(nodes[node])
    let parts = nodes[node].parts.map { copy($0, of: nodes) }
    let next = nodes[node].next.map { copy($0, of: nodes) }
    var literals = Set(nodes[node].operation.literals)
    for other in parts + (next.map { [$0] } ?? []) { literals.formUnion(self.nodes[other].literals) }
    self.nodes[number].parts = parts
    self.nodes[number].next = next
    self.nodes[number].literals = literals.sorted()
    return number
  }
}

extension JoinProgram.Operation {
  /// The literals that it speaks of.
  public var literals: [Int] {
    switch self {
    case .loop(_, let set, _), .nonEmpty(_, let set), .emitSet(_, let set), .collectSet(_, let set),
      .countSet(_, let set), .weighSet(_, let set):
      set.literals
    case .check(let literal), .compute(let literal, _): [literal]
    case .exists, .gather, .weigh, .product, .emitTuple, .collectTerm, .found, .witness, .countOne, .weighTerm,
      .impossible:
      []
    }
  }
}

// MARK: Reading

extension JoinProgram {
  /// The number of the body that the join begins with.
  public var main: Int { bodies.count - 1 }

  /// Whether what begins with a node goes on behind the first solution that it finds.
  public func looksAtAll(_ node: Int) -> Bool {
    nodes[node].operation == .witness || nodes[node].next.map(looksAtAll) == true
  }

  /// Whether all values that a body collects are a set as it lies in a relation.
  public func isView(_ body: Int) -> Bool {
    guard case .collectSet(_, let set) = nodes[bodies[body].root].operation, set.isView,
      case .atom = bodies[body].literals[set.sources[0]]
    else { return false }
    return true
  }

  var registerCount: Int { variableCount + constants.count }

  /// Whether a register has its term before a body is begun.
  func isKnown(_ register: Int, in body: Body) -> Bool { register >= variableCount || body.given.contains(register) }
}
