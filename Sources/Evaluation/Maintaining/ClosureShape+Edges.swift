extension ClosureShape {
  /// The relation whose transitive closure this is, or whose rows backwards; `nil` where the steps are more than the rows of
  /// one, or where the closure has other rows besides.
  func edges(_ evaluator: Evaluator) throws -> Repetition? {
    guard canCompute, starts.count == 1, let start = starts[0].repetition, try Primitive(evaluator).relation(key) == nil
    else { return nil }
    return form == .both || steps.map(\.repetition) == [start] ? start : nil
  }
}
