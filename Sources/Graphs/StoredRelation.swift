import Relations
import Terms

/// A relation of the graph: its facts, its annotated statements, and its declaration where it has one.
public final class StoredRelation {
  public let name: String
  public let arity: Int
  public internal(set) var declaration: RelationDeclaration?
  /// Whether it is a type, whose facts say which entities are its members.
  public let isType: Bool
  public let facts: Relation
  public internal(set) var statements: StatementTable { didSet { statementIndex = nil } }
  private var statementIndex: StatementIndex?

  init(name: String, arity: Int, declaration: RelationDeclaration?, isType: Bool) {
    self.name = name
    self.arity = arity
    self.declaration = declaration
    self.isType = isType
    facts = Relation(arity: arity)
    statements = StatementTable(arity: arity)
  }

  public var factCount: Int { facts.count }

  /// The sets of annotations of one fact, each once, in the order of its statements.
  ///
  /// Constant time, but for the first call after statements have changed, which is linear in their number.
  public func annotations(of tuple: [UInt32]) -> [AnnotationSet] {
    let index = statementIndex ?? StatementIndex(statements)
    statementIndex = index
    return index.annotations(of: tuple, in: statements)
  }

  /// The types that a position takes; anything where there is no declaration.
  public func types(at position: Int) -> [PositionType] {
    guard let declaration, declaration.positions.indices.contains(position) else { return [.any] }
    return declaration.positions[position]
  }
}
