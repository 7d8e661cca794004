import Relations

/// What the join of a clause has in common with the copies of it that other threads run: the plans, the parts that they
/// share, and the sets that are gathered before these.
///
/// A copy is compiled as the join was, with the same things in the same order.
final class JoinSharing {
  private let isPossible: Bool
  /// That of the join whose copy this is for.
  private let original: JoinSharing?
  private var planners: [Planner] = []
  private var parts: [SharedPart] = []
  /// The first steps of the parts.
  private(set) var steps: [JoinStep] = []
  private(set) var buffers: [SetBuffer] = []
  private var weightBuffers: [WeightBuffer] = []
  private var loops = 0

  /// Whether it is for a copy that runs on another thread.
  var isCopy: Bool { original != nil }

  /// For a join that is to run.
  /// - Parameter isPossible: whether threads may share anything.
  init(isPossible: Bool) {
    self.isPossible = isPossible
    original = nil
  }

  /// For a copy.
  init(copyOf original: JoinSharing) {
    isPossible = true
    self.original = original
  }

  /// Whether there is anything that threads may share.
  var isUsed: Bool { !parts.isEmpty }

  func planner(_ make: () -> Planner) -> Planner {
    let planner = original?.planners[planners.count] ?? make()
    planners.append(planner)
    return planner
  }

  /// Compiles what is done for each term of a loop.
  func inLoop<Step>(_ makeStep: () -> Step) -> Step {
    loops += 1
    defer { loops -= 1 }
    return makeStep()
  }

  // MARK: Parts

  /// A part that threads share, for literals of which none makes new terms or may fail, outside all loops; `nil` where they
  /// are not such.
  func makePart(of literals: [Literal]) -> JoinPart? {
    guard isPossible, loops == 0, literals.allSatisfy(\.mayBeShared) else { return nil }
    let number = parts.count
    parts.append(original?.parts[number] ?? SharedPart())
    steps.append(JoinStep())
    return JoinPart(number, parts[number])
  }

  /// Keeps the first step of a part.
  func finish(_ part: JoinPart, _ step: JoinStep) { steps[part.number] = step }

  // MARK: Buffers

  /// A buffer for a set; where the join itself has gathered it before its shared loop, that set, and `true`.
  func buffer(beforeLoop: Bool) -> (SetBuffer, isMade: Bool) {
    guard beforeLoop else { return (SetBuffer(), false) }
    let buffer = original?.buffers[buffers.count] ?? SetBuffer()
    buffers.append(buffer)
    return (buffer, original != nil)
  }

  /// The same for weights.
  func weights(beforeLoop: Bool) -> (WeightBuffer, isMade: Bool) {
    guard beforeLoop else { return (WeightBuffer(), false) }
    let buffer = original?.weightBuffers[weightBuffers.count] ?? WeightBuffer()
    weightBuffers.append(buffer)
    return (buffer, original != nil)
  }
}

extension Literal {
  /// Whether it can be looked at on several threads: it makes no terms, keeps nothing, and can't fail.
  fileprivate var mayBeShared: Bool {
    switch self {
    case .atom: true
    case .comparison(.equal, _, _, _): false
    case .comparison(_, let left, let right, _): !left.isComputed && !right.isComputed
    case .negation(let group, _): group.alternatives.allSatisfy { $0.allSatisfy(\.mayBeShared) }
    case .condition, .similar, .aggregate: false
    }
  }

  /// Whether it needs the values of terms, and not their numbers alone.
  var looksAtValues: Bool {
    switch self {
    case .atom: false
    case .comparison(.notEqual, let left, let right, _): left.isComputed || right.isComputed
    case .negation(let group, _): group.alternatives.contains { $0.contains(where: \.looksAtValues) }
    case .comparison, .condition, .similar, .aggregate: true
    }
  }
}
