/// Counts, for each term of a set, how many terms the row of it has in common with a set that stays the same meanwhile.
///
/// Where terms and rows are many, that set is marked in a bitmap, and each row is looked up in the marks: so for
/// `edge(X, Y), edge(Y, Z), edge(Z, X)` those that lead to X are marked once, and not met with the row of each Y.
final class CountMeetingsStep: JoinStep {
  private let register: Int
  private let terms: SetExpression
  private let descents: AccessLevels
  private let row: AccessLevels
  private let common: SetExpression
  private let marks = MarkBuffer()

  /// - Parameters:
  ///   - terms: the set that is gone through.
  ///   - descents: the accesses that move on by the term, that of the row among them.
  ///   - common: the set that the rows meet.
  init(
    register: Int, terms: SetExpression, descents: [AccessLevel], row: AccessLevel, common: SetExpression
  ) {
    self.register = register
    self.terms = terms
    self.descents = AccessLevels(descents)
    self.row = AccessLevels([row])
    self.common = common
  }

  override func run(_ machine: JoinMachine) -> Bool {
    let common = common.evaluate(machine)
    if common.isEmpty { return true }
    let terms = terms.evaluate(machine)
    let isMarked = !common.isBitmap && terms.count >= Self.fewestTerms
    if isMarked { marks.mark(common) }
    defer { if isMarked { marks.unmark(common) } }
    return terms.forEachNumber { term in
      guard machine.tick() else { return false }
      guard descents.bind(register, to: term, machine) else { return true }
      let row = row.set(0, machine)
      let isLookedUp = isMarked && !row.isBitmap && row.count < SetView.searchRatio * common.count
      return machine.add(isLookedUp ? marks.count(of: row) : row.intersectionCount(common), times: 1)
    }
  }

  /// With fewer terms than these to go through, marking takes longer than it saves.
  private static let fewestTerms = 3
}

/// A set of terms as bits, kept from use to use.
///
/// The memory is a bit for each number up to the greatest term that was ever marked; only what is marked is written.
private final class MarkBuffer {
  @exclusivity(unchecked) private var words: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var count = 64

  init() {
    words = .allocate(capacity: count)
    words.initialize(repeating: 0, count: count)
  }

  deinit { words.deallocate() }

  /// Marks the terms of an array.
  func mark(_ set: SetView) {
    makeRoom(upTo: set.bounds.greatest)
    let array = set.array
    for index in 0..<set.count { words[Int(array[index] >> 6)] |= 1 &<< UInt64(array[index] & 63) }
  }

  /// Takes the marks of an array away again.
  func unmark(_ set: SetView) {
    let array = set.array
    for index in 0..<set.count { words[Int(array[index] >> 6)] = 0 }
  }

  /// How many terms of an array are marked.
  func count(of set: SetView) -> Int {
    if set.isEmpty { return 0 }
    let array = set.array
    // An array ascends: behind the last word there are no marks.
    let end = set.count(below: count << 6)
    var result: UInt64 = 0
    for index in 0..<end { result &+= words[Int(array[index] >> 6)] &>> UInt64(array[index] & 63) & 1 }
    return Int(result)
  }

  private func makeRoom(upTo term: UInt32) {
    let wanted = Int(term >> 6) + 1
    if wanted <= count { return }
    words.deallocate()
    count = max(wanted, 2 * count)
    // Nothing is marked now, so nothing is to be kept.
    words = .allocate(capacity: count)
    words.initialize(repeating: 0, count: count)
  }
}
