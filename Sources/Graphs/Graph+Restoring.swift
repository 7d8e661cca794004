import Relations
import Terms

/// For a store that reads a graph back in bulk.
extension Graph {
  /// A graph over terms and sets of annotations that are made already, parts of which may come from a store later.
  public convenience init(
    terms: TermDictionary, annotationSets: AnnotationSets = AnnotationSets(), supply: (any GraphSupply)? = nil
  ) {
    self.init()
    self.terms.takeTerms(from: terms)
    self.annotationSets.takeSets(from: annotationSets)
    if let supply { supplies = [supply] }
  }

  /// Makes a relation whose facts and statements come when they are first asked for, in place of any that has its name.
  public func restoreRelation(
    _ name: String, declaration: RelationDeclaration?, isType: Bool, facts: Relation, statements: any StatementSupply
  ) {
    ledger.pass()
    relations[name] = StoredRelation(
      name: name, declaration: declaration, isType: isType, facts: facts, statements: statements)
  }

  /// Makes a relation without facts as it was stored, in place of any that has its name.
  public func restoreRelation(
    _ name: String, arity: Int, declaration: RelationDeclaration?, isType: Bool
  ) -> StoredRelation {
    ledger.pass()
    forgetNames()
    let relation = StoredRelation(name: name, arity: arity, declaration: declaration, isType: isType)
    relations[name] = relation
    return relation
  }

  /// Gives a relation its annotated statements.
  public func restoreStatements(_ relation: StoredRelation, _ statements: StatementTable) {
    ledger.pass()
    relation.statements = statements
  }
}
