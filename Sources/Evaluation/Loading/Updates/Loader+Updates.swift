import Diagnostics
import Graphs
import Language
import Terms

/// `add` and `remove`: what they say of all rows is worked out before the first fact is changed, so that a mistake changes nothing.
extension Loader {
  mutating func carryOut(_ update: Update) throws {
    let plan = try UpdatePlan(update, graph, ground)
    let rows = try UpdateRows(plan, knowledge)
    switch update.kind {
    case .add: try add(plan, rows)
    case .remove: try remove(plan, rows)
    }
  }

  // MARK: Adding

  private mutating func add(_ plan: UpdatePlan, _ rows: UpdateRows) throws {
    var targets: [StoredRelation] = []
    for head in plan.heads {
      targets.append(try target(head.atom.relation.name, head.cells.count, head.atom.span))
    }
    var facts: [(relation: StoredRelation, tuple: [UInt32], set: AnnotationSet)] = []
    var maker = EntityMaker(graph)
    var problems = UpdateProblems()
    var emptyRows = 0
    for row in 0..<rows.count {
      try graph.pace.step(8 * plan.heads.count)
      do throws(Diagnostic) {
        let before = maker.made.count
        guard let entities = try entities(plan, rows, row, &maker) else {
          emptyRows += 1
          continue
        }
        for (number, head) in plan.heads.enumerated() {
          let terms = head.cells.map { rows.term($0, row, entities) }
          let tuple = try writer.fitted(targets[number], terms) { head.atom.arguments[$0].span }
          let set = writer.set(try annotations(head, rows, row, entities))
          if number == 0 { facts += self.facts(of: maker.made[before...], set) }
          facts.append((targets[number], tuple, set))
        }
      } catch {
        problems.add(error)
      }
    }
    if let problem = problems.whole {
      graph.doubt(facts.flatMap { $0.tuple.map { Term($0) } })
      throw problem
    }
    for fact in facts { writer.state(fact.relation, fact.tuple, fact.set) }
    if emptyRows > 0 {
      knowledge.note(
        "note: \(emptyRows) row\(emptyRows == 1 ? " adds" : "s add") nothing, for the name in `entity` is empty")
    }
  }

  /// The entities of a row; `nil` if a name is empty.
  private func entities(
    _ plan: UpdatePlan, _ rows: UpdateRows, _ row: Int, _ maker: inout EntityMaker
  ) throws(Diagnostic) -> [Term]? {
    var entities: [Term] = []
    for entity in plan.entities {
      guard let found = try maker.entity(entity.type, named: rows.term(entity.name, row, []), at: entity.span) else {
        return nil
      }
      entities.append(found)
    }
    return entities
  }

  /// What is said of new entities: their types and labels, with the source of the facts for which they were made.
  private func facts(
    of made: ArraySlice<EntityMaker.Made>, _ set: AnnotationSet
  ) -> [(relation: StoredRelation, tuple: [UInt32], set: AnnotationSet)] {
    made.flatMap { made in
      [
        (made.type, [made.entity.number]),
        ("label", [made.entity.number, graph.terms.intern(.string(made.name)).number]),
      ]
      .compactMap { name, tuple in graph.relation(named: name).map { ($0, tuple, set) } }
    }
  }

  private func annotations(
    _ head: UpdatePlan.Head, _ rows: UpdateRows, _ row: Int, _ entities: [Term]
  ) throws(Diagnostic) -> [AnnotationSets.Entry] {
    var entries: [AnnotationSets.Entry] = []
    for (annotation, cell) in zip(head.atom.annotations, head.annotations) {
      let value = graph.terms.value(rows.term(cell, row, entities))
      let term = try fitted(value, annotation.key.name) { annotation.value.span }
      entries.append(AnnotationSets.Entry(key: graph.coin(annotation.key.name), value: term))
    }
    return entries
  }

  // MARK: Removing

  private mutating func remove(_ plan: UpdatePlan, _ rows: UpdateRows) throws {
    var found: [(relation: StoredRelation, tuple: [UInt32])] = []
    var problems = UpdateProblems()
    for head in plan.heads {
      let name = head.atom.relation.name
      guard let relation = graph.relation(named: name) else { throw unknown(head.atom.relation) }
      _ = try target(name, head.cells.count, head.atom.span)
      let pattern = UpdatePattern(head.cells)
      var keys: Set<[UInt32]> = []
      for row in 0..<rows.count {
        try graph.pace.step(8)
        do throws(Diagnostic) {
          keys.insert(try pattern.key(of: head, rows, row, relation, graph))
        } catch {
          problems.add(error)
        }
      }
      found += try pattern.matches(keys, relation, graph).map { (relation, $0) }
    }
    if let problem = problems.whole { throw problem }
    for fact in found {
      try graph.pace.step(8)
      if graph.retract(fact.relation, fact.tuple) { counted.removed += 1 }
    }
  }
}
