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
  /// In which columns facts said nothing, and when.
  var absence: (version: Int, columns: Set<Int>)?
  private var statementTable: StatementTable { didSet { statementIndex = nil } }
  private var statementSupply: (any StatementSupply)?
  private var statementIndex: StatementIndex?

  init(name: String, arity: Int, declaration: RelationDeclaration?, isType: Bool) {
    self.name = name
    self.arity = arity
    self.declaration = declaration
    self.isType = isType
    facts = Relation(arity: arity)
    statementTable = StatementTable(arity: arity)
  }

  /// A relation of a store whose facts and statements come when they are first asked for.
  init(
    name: String, declaration: RelationDeclaration?, isType: Bool, facts: Relation, statements: any StatementSupply
  ) {
    self.name = name
    arity = facts.arity
    self.declaration = declaration
    self.isType = isType
    self.facts = facts
    statementTable = StatementTable(arity: facts.arity)
    statementSupply = statements
  }

  /// The statements that have annotations.
  public internal(set) var statements: StatementTable {
    get {
      takeStatements()
      return statementTable
    }
    _modify {
      takeStatements()
      yield &statementTable
    }
  }

  /// The number of statements that have annotations, which is known before they have come.
  public var statementCount: Int { statementSupply?.count ?? statementTable.count }

  private func takeStatements() {
    guard let supply = statementSupply else { return }
    statementSupply = nil
    statementTable = supply.statements()
  }

  public var factCount: Int { facts.count }

  /// The sets of annotations of one fact, each once, in the order of its statements.
  ///
  /// Constant time, but for the first call after statements have changed, which is linear in their number.
  public func annotations(of tuple: [UInt32]) -> [AnnotationSet] {
    statements(of: tuple).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The sets of annotations of one fact, one a statement, in the order of its statements. Takes as long as
  /// ``annotations(of:)``.
  public func statements(of tuple: [UInt32]) -> [AnnotationSet] {
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
