import Synchronization

/// A part of a join that several threads may share: the set that its outermost loop goes through is taken piece by piece
/// by whoever is free.
///
/// It is opened by the machine that runs the join, and only then may a ``JoinTeam`` give it helpers, which run copies of
/// the part's steps.
final class SharedPart {
  /// What the outermost loop goes through; stays as it is while the part is open.
  @exclusivity(unchecked) private(set) var set = SetView.empty
  @exclusivity(unchecked) private(set) var isOpen = false
  @exclusivity(unchecked) private var pieceSize = 1
  /// Where the next piece begins.
  private let next = Atomic<Int>(0)

  init() {}

  /// So many pieces that the last ones to end do not keep the others waiting long.
  private static let pieces = 256

  func open(_ set: SetView) {
    self.set = set
    pieceSize = max(1, set.length / Self.pieces)
    next.store(0, ordering: .relaxed)
    isOpen = true
  }

  /// A piece that nobody has taken yet; `nil` where there is none.
  func take() -> SetView? {
    let start = next.wrappingAdd(pieceSize, ordering: .relaxed).oldValue
    return start < set.length ? set.slice(start..<min(start + pieceSize, set.length)) : nil
  }

  /// Ends the loop for all threads: nothing is left to be taken.
  func exhaust() { next.store(set.length, ordering: .relaxed) }

  func close() { isOpen = false }
}

/// The outermost loop of a ``SharedPart``.
final class SharedLoopStep: JoinStep {
  private let part: SharedPart
  private let loop: any OutermostLoop

  init(_ part: SharedPart, _ loop: any OutermostLoop) {
    self.part = part
    self.loop = loop
  }

  override func run(_ machine: JoinMachine) -> Bool {
    if !machine.isHelper {
      part.open(loop.terms(machine))
      machine.team?.partHasOpened(machine)
    }
    while let piece = part.take() {
      if !piece.forEachNumber({ loop.visit($0, machine) }) {
        part.exhaust()
        return false
      }
    }
    return true
  }
}

/// A loop whose terms may be visited by several machines, each of them by one.
protocol OutermostLoop {
  /// The terms that are to be visited.
  func terms(_ machine: JoinMachine) -> SetView
  /// Does for a term what the loop does; false where the loop is to end.
  func visit(_ term: UInt32, _ machine: JoinMachine) -> Bool
}
