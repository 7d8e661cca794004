import Relations
import Terms

/// For a store that reads a graph back in bulk.
extension Graph {
  /// A graph over terms that are made already.
  public convenience init(terms: TermDictionary) {
    self.init()
    self.terms.takeTerms(from: terms)
  }

  /// Makes a relation without facts as it was stored, in place of any that has its name.
  public func restoreRelation(
    _ name: String, arity: Int, declaration: RelationDeclaration?, isType: Bool
  ) -> StoredRelation {
    version += 1
    names = nil
    let relation = StoredRelation(name: name, arity: arity, declaration: declaration, isType: isType)
    relations[name] = relation
    return relation
  }

  /// Gives a relation its annotated statements, `arity` arguments for each set of annotations. All of them must be facts.
  public func restoreStatements(_ relation: StoredRelation, arguments: [UInt32], annotations: [AnnotationSet]) {
    version += 1
    relation.statements = StatementTable(arity: relation.arity, arguments: arguments, annotations: annotations)
  }
}
