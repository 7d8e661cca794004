import Relations

/// How early the rows of a recursive relation are derived: what a row of one stage follows from has lower stages, so that
/// explanations that go from stage to stage come to an end, by the shortest way.
final class Stages {
  private let evaluator: Evaluator
  private let component: [RelationKey]
  let closure: ClosureShape?
  /// The stages that were found, of a recursion that was computed in rounds.
  private var found: [RelationRow: Int] = [:]
  private var searches: [UInt32: Search] = [:]
  private var starts: Rows?
  private var steps: Rows?

  /// How far the terms are that a closure reaches from one of its ends.
  private struct Search {
    struct Arrival {
      var stage: UInt32
      /// The term one step before; of a start, the term itself.
      var before: UInt32
    }
    var arrivals: [UInt32: Arrival] = [:]
    var layer: [UInt32] = []
    var depth: UInt32 = 0
  }

  init(_ component: [RelationKey], _ evaluator: Evaluator) {
    self.component = component
    self.evaluator = evaluator
    let shape = component.count == 1 ? evaluator.closure(component[0]) : nil
    closure = shape?.canCompute == true ? shape : nil
  }

  /// The stage of a row; `nil` where it does not hold.
  func stage(_ key: RelationKey, _ row: [UInt32]) throws -> Int? {
    if let closure { return try arrival(row, closure).map { Int($0.stage) } }
    let place = RelationRow(relation: key, terms: row)
    if let known = found[place] { return known }
    found[place] = try evaluator.rounds(component).firstIndex { $0[key]?.contains(row) == true }
    return found[place]
  }

  /// The stage of a row, where it is lower than another.
  func stage(_ key: RelationKey, _ row: [UInt32], below other: Int) throws -> Int? {
    let place = RelationRow(relation: key, terms: row)
    if closure != nil || found[place] != nil { return try stage(key, row).flatMap { $0 < other ? $0 : nil } }
    // What a row follows from is mostly just below it.
    guard let stage = try evaluator.rounds(component)[..<other].lastIndex(where: { $0[key]?.contains(row) == true })
    else { return nil }
    found[place] = stage
    return stage
  }

  /// The term between the ends of a closure's row, one step before the end, such that the rest has the stage below;
  /// `nil` for a row that is no more than a start.
  func middle(_ row: [UInt32]) throws -> UInt32? {
    guard let closure, let arrival = try arrival(row, closure), arrival.stage > 1 else { return nil }
    return arrival.before
  }

  /// Layer by layer from the one end, until the other is reached.
  private func arrival(_ row: [UInt32], _ closure: ClosureShape) throws -> Search.Arrival? {
    let (origin, target) = closure.isBackward ? (row[1], row[0]) : (row[0], row[1])
    if let known = searches[origin]?.arrivals[target] { return known }
    // Taken out, so that it is not copied when it grows.
    var search = searches.removeValue(forKey: origin) ?? Search()
    defer { searches[origin] = search }
    if search.depth == 0 {
      let starts = try starts ?? closure.starts(evaluator, backward: closure.isBackward)
      self.starts = starts
      search.depth = 1
      search.layer = starts[origin].elements
      for term in search.layer { search.arrivals[term] = Search.Arrival(stage: 1, before: term) }
    }
    let steps = try steps ?? closure.steps(evaluator, backward: closure.isBackward)
    self.steps = steps
    while search.arrivals[target] == nil && !search.layer.isEmpty {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      search.depth += 1
      var next: [UInt32] = []
      for term in search.layer {
        steps[term].forEachNumber {
          if search.arrivals[$0] == nil {
            search.arrivals[$0] = Search.Arrival(stage: search.depth, before: term)
            next.append($0)
          }
          return true
        }
      }
      search.layer = next
    }
    return search.arrivals[target]
  }
}
