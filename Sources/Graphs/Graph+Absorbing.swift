import Relations
import Terms

extension Graph {
  /// A relation that two graphs hold with different numbers of arguments.
  public struct ArityConflict: Error {
    public var relation: String
    /// The arity in the graph that was to take over, and that in the other.
    public var arities: (here: Int, there: Int)
  }

  /// Takes over all that another graph holds; the other must not be used any more.
  ///
  /// Constant time where this graph is empty, else linear in the other's size. Nothing is changed where it throws.
  public func absorb(_ other: Graph) throws(ArityConflict) {
    for (name, relation) in other.relations {
      if let arity = relations[name]?.arity, arity != relation.arity {
        throw ArityConflict(relation: name, arities: (arity, relation.arity))
      }
    }
    supplies += other.supplies
    if canBeReplaced {
      terms.takeTerms(from: other.terms)
      annotationSets.takeSets(from: other.annotationSets)
      replace(by: GraphContent(relations: other.relations, types: other.types))
    } else {
      forgetNames()
      derivedNames = [:]
      merge(other)
    }
  }

  /// Whether another graph can take this one's place as a whole: it is new, and nobody wants to know of each fact that comes.
  public var canBeReplaced: Bool { isNew && !ledger.isHeld(by: .journal) && !ledger.isHeld(by: .home) }

  /// Whether there is nothing but what each graph begins with.
  public var isNew: Bool {
    terms.count == 0 && annotationSets.count == 1 && factCount == 0 && typeNames.isEmpty
      && relations.count == Graph().relations.count
  }

  private func merge(_ other: Graph) {
    for type in other.typeNames { declareType(type, supertypes: other.supertypes(of: type)) }
    let numbers = (0..<other.terms.count).map { terms.intern(other.terms.value(Term(UInt32($0)))).number }
    let sets = (0..<other.annotationSets.count).map { number in
      annotationSets.intern(
        other.annotationSets.entries(AnnotationSet(UInt32(number))).map { entry in
          AnnotationSets.Entry(
            key: Term(numbers[Int(entry.key.number)]), value: Term(numbers[Int(entry.value.number)]))
        })
    }
    for name in other.relationNames {
      guard let source = other.relations[name] else { continue }
      let target = source.declaration.map { addRelation(name, $0) } ?? addRelation(name, arity: source.arity)
      merge(source, into: target, numbers, sets)
    }
  }

  private func merge(
    _ source: StoredRelation, into target: StoredRelation, _ numbers: [UInt32], _ sets: [AnnotationSet]
  ) {
    source.facts.forEachTuple { tuple in
      tuple.map { numbers[Int($0)] }.withUnsafeBufferPointer { state(target, $0, .empty) }
      return true
    }
    for index in 0..<source.statements.count {
      let tuple = source.statements.tuple(index).map { numbers[Int($0)] }
      let set = sets[Int(source.statements.annotations[index].number)]
      tuple.withUnsafeBufferPointer { state(target, $0, set) }
    }
  }
}
