/// One change of what a graph says, in terms, with all that it takes to undo it.
public enum Change {
  /// A type was declared, or put beneath others, with the number of supertypes that it had before, which come first; `nil` if it was
  /// none.
  case type(String, supertypes: [String], before: Int?)
  /// A relation was made or declared, with what it was before, if it was there.
  case relation(StoredRelation, RelationDeclaration?, before: RelationShape?)
  case stated(FactRun)
  /// What a run states was taken back, from its last fact to its first.
  case takenBack(FactRun)
  /// All of the graph was replaced by another one, which a new graph can take over at once.
  case replaced(before: GraphContent)
  /// Rules, parameters or constraints were. These belong to whoever evaluates them.
  case rules

  /// How many facts the change holds.
  var weight: Int {
    switch self {
    case .stated(let run), .takenBack(let run): run.count
    case .type, .relation, .replaced, .rules: 0
    }
  }

  /// Whether it is of a type or a relation, and not of facts or rules.
  var isDeclaration: Bool {
    switch self {
    case .type, .relation: true
    case .stated, .takenBack, .replaced, .rules: false
    }
  }
}

/// How many arguments a relation takes, and what they are declared to be.
public struct RelationShape: Equatable, Sendable {
  public var arity: Int
  public var declaration: RelationDeclaration?

  public init(arity: Int, declaration: RelationDeclaration?) {
    self.arity = arity
    self.declaration = declaration
  }
}

extension StoredRelation {
  public var shape: RelationShape { RelationShape(arity: arity, declaration: declaration) }
}

/// The relations and types that make up a graph, as objects: nothing of them is copied.
public struct GraphContent {
  var relations: [String: StoredRelation]
  var types: TypeOrder
}
