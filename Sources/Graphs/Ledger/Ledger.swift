import Terms

/// What was changed in a graph, in order, as far back as anyone may ask for it.
///
/// Every change has a position, which the ledger counts also if it keeps nothing. Whoever wants to know of changes holds the position
/// from which it will ask. What is before all positions that are held is forgotten.
public final class Ledger {
  /// Who may hold a position.
  public enum Reader: Int, CaseIterable, Sendable {
    /// What is derived, to follow the facts.
    case derivation
    /// What is being carried out, to go back to its beginning.
    case step
    case transaction
    case undoing
    case journal
    /// What is to be put together with the changes of other processes.
    case home
  }

  private struct Hold {
    var position: Int
    /// How much the ledger may have noted before the hold is given up.
    var limit: Int
  }

  /// Where the next change will be.
  public private(set) var position = 0
  /// From here on all changes are there, if any position is held.
  private var start = 0
  private var entries: [(position: Int, change: Change)] = []
  /// The runs that go on with the next fact of their relations. In which order facts of several relations came makes no difference.
  private var open: [(position: Int, run: FactRun)] = []
  private var openByRelation: [ObjectIdentifier: Int] = [:]
  private var holds: [Hold?] = Array(repeating: nil, count: Reader.allCases.count)
  /// How many facts and changes were noted since the beginning.
  private var noted = 0
  private var nearestLimit = Int.max
  /// Whether changes are kept.
  private(set) var isHeld = false

  // MARK: Positions

  /// The position of now, from which changes may be asked.
  public func mark() -> Int {
    close()
    return position
  }

  /// Keeps all changes from a position on, or from now on; the position. It replaces what the reader held.
  /// - Parameter most: after so many more facts the reader is given up, and gets no changes any more.
  @discardableResult
  public func hold(_ reader: Reader, from position: Int? = nil, most: Int = .max) -> Int {
    let now = mark()
    if !isHeld { start = now }
    let position = max(position ?? now, start)
    holds[reader.rawValue] = Hold(position: position, limit: most > Int.max - noted ? .max : noted + most)
    update()
    return position
  }

  public func release(_ reader: Reader) {
    guard holds[reader.rawValue] != nil else { return }
    close()
    holds[reader.rawValue] = nil
    update()
  }

  public func isHeld(by reader: Reader) -> Bool { holds[reader.rawValue] != nil }

  private func update() {
    let held = holds.compactMap(\.self)
    isHeld = !held.isEmpty
    nearestLimit = held.map(\.limit).min() ?? .max
    start = held.map(\.position).min() ?? position
    let kept = entries.firstIndex { $0.position >= start } ?? entries.count
    if kept > 0 { entries.removeFirst(kept) }
  }

  // MARK: Reading

  /// Whether all changes since a position are there.
  public func reaches(_ position: Int) -> Bool { isHeld && position >= start }

  /// The changes since a position, in order; `nil` if they are not all there.
  public func changes(since position: Int) -> [Change]? { changes(in: position..<mark()) }

  /// The changes between two positions, in order.
  public func changes(in range: Range<Int>) -> [Change]? {
    close()
    if range.isEmpty { return [] }
    guard reaches(range.lowerBound) else { return nil }
    // What was just changed is asked for most.
    let first = (entries.lastIndex { $0.position < range.lowerBound } ?? -1) + 1
    return entries[first...].prefix { $0.position < range.upperBound }.map(\.change)
  }

  /// Whether rules, parameters and constraints alone were changed since a position, and all changes since are there.
  public func hasOnlyRules(since position: Int) -> Bool {
    guard reaches(position), open.isEmpty else { return false }
    return entries.allSatisfy { entry in
      if case .rules = entry.change { true } else { entry.position < position }
    }
  }

  // MARK: Noting

  /// Counts a change that nobody wants to know of.
  @inline(__always) func pass() { position += 1 }

  func note(_ change: Change) {
    guard isHeld else { return pass() }
    close()
    entries.append((position, change))
    position += 1
    count(max(1, change.weight))
  }

  /// Notes a fact that is new, or has new annotations. Constant time.
  func note(
    _ relation: StoredRelation, _ tuple: UnsafeBufferPointer<UInt32>, _ annotations: AnnotationSet, isNew: Bool
  ) {
    let place = openRun(of: relation)
    open[place].run.append(tuple, annotations, isNew: isNew)
    position += 1
    if open[place].run.count == FactRun.usualLength { close() }
    count(1)
  }

  /// Whether a relation's facts that come now are noted behind others of it.
  func isOpen(_ relation: StoredRelation) -> Bool {
    if let last = open.indices.last, open[last].run.relation === relation { return true }
    return openByRelation[ObjectIdentifier(relation)] != nil
  }

  private func openRun(of relation: StoredRelation) -> Int {
    if let last = open.indices.last, open[last].run.relation === relation { return last }
    if let place = openByRelation[ObjectIdentifier(relation)] { return place }
    openByRelation[ObjectIdentifier(relation)] = open.count
    open.append((position, FactRun(relation)))
    return open.count - 1
  }

  /// Notes that rules, parameters or constraints have changed.
  public func noteRules() { note(.rules) }

  private func close() {
    if open.isEmpty { return }
    for (position, run) in open { entries.append((position, .stated(run))) }
    open.removeAll(keepingCapacity: true)
    openByRelation.removeAll(keepingCapacity: true)
  }

  private func count(_ weight: Int) {
    noted += weight
    if noted <= nearestLimit { return }
    for reader in Reader.allCases where holds[reader.rawValue].map({ $0.limit < noted }) == true { release(reader) }
  }

  // MARK: Going back

  /// Does something of which nothing is noted, and forgets what was noted since a position, for it is undone; but not what was
  /// declared, if that is to stay.
  func forget(since position: Int, keepingDeclarations: Bool, _ undo: () -> Void) {
    close()
    isHeld = false
    undo()
    entries.removeAll { $0.position >= position && !(keepingDeclarations && $0.change.isDeclaration) }
    self.position += 1
    // What was derived meanwhile is not told how it was undone.
    if let hold = holds[Reader.derivation.rawValue], hold.position > position {
      holds[Reader.derivation.rawValue] = nil
    }
    update()
  }
}
