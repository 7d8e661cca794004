import Language
import Relations

/// How early the rows of a recursive relation are derived: what a row of one stage follows from has lower stages, so that
/// explanations that go from stage to stage come to an end, by the shortest way.
final class Stages {
  private let evaluator: Evaluator
  private let component: [RelationKey]
  private let shape: ClosureShape?
  private var rounds: [[RelationKey: Relation]]?
  private var searches: [UInt32: Search] = [:]
  private var startRows: [Bool: Rows] = [:]
  private var stepRows: [Bool: Rows] = [:]

  /// How far the terms are that a closure reaches from one of its ends.
  private struct Search {
    var stages: [UInt32: Int] = [:]
    var layer: [UInt32] = []
    var depth = 0
  }

  init(_ component: [RelationKey], _ evaluator: Evaluator) {
    self.component = component
    self.evaluator = evaluator
    shape = component.count == 1 ? evaluator.closure(component[0]) : nil
  }

  var closure: ClosureShape? { shape?.canCompute == true ? shape : nil }

  /// The stage of a row that holds.
  func stage(_ key: RelationKey, _ row: [UInt32]) throws -> Int {
    if let closure { return try stage(row, closure) }
    if rounds == nil { rounds = try FixedPoint(component, evaluator).run(recording: true) }
    return rounds?.firstIndex { $0[key]?.contains(row) == true } ?? .max
  }

  /// The term between the ends of a closure's row, one step before the end, such that the rest has the stage below;
  /// `nil` for a row that is no more than a start.
  func middle(_ row: [UInt32]) throws -> UInt32? {
    guard let closure else { return nil }
    let stage = try stage(row, closure)
    if stage <= 1 { return nil }
    let (origin, target) = closure.isBackward ? (row[1], row[0]) : (row[0], row[1])
    let before = try steps(closure, backward: !closure.isBackward)[target]
    var middle: UInt32?
    before.forEachNumber { term in
      if searches[origin]?.stages[term] == stage - 1 { middle = term }
      return middle == nil
    }
    return middle
  }

  private func starts(_ closure: ClosureShape) throws -> Rows {
    if let rows = startRows[closure.isBackward] { return rows }
    let rows = try closure.starts(evaluator, backward: closure.isBackward)
    startRows[closure.isBackward] = rows
    return rows
  }

  private func steps(_ closure: ClosureShape, backward: Bool) throws -> Rows {
    if let rows = stepRows[backward] { return rows }
    let rows = try closure.steps(evaluator, backward: backward)
    stepRows[backward] = rows
    return rows
  }

  /// Layer by layer from the one end, until the other is reached.
  private func stage(_ row: [UInt32], _ closure: ClosureShape) throws -> Int {
    let (origin, target) = closure.isBackward ? (row[1], row[0]) : (row[0], row[1])
    var search = searches[origin] ?? Search()
    if search.depth == 0 {
      search.depth = 1
      search.layer = try starts(closure)[origin].elements
      for term in search.layer { search.stages[term] = 1 }
    }
    let steps = try steps(closure, backward: closure.isBackward)
    while search.stages[target] == nil && !search.layer.isEmpty {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      search.depth += 1
      var next: [UInt32] = []
      for term in search.layer {
        steps[term].forEachNumber {
          if search.stages[$0] == nil {
            search.stages[$0] = search.depth
            next.append($0)
          }
          return true
        }
      }
      search.layer = next
    }
    searches[origin] = search
    return search.stages[target] ?? .max
  }
}
