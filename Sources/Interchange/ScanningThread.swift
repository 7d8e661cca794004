import Relations
import Synchronization
import Terms
import Threads

/// A thread that scans the rows of a table ahead of who interns their values, and looks up values with it.
///
/// Batches of values go through three stages, a group of them at a time. This thread scans a group. Then both threads look
/// up which values have a term already, and take one batch after the other for that: the dictionary stays as it is
/// meanwhile. Who asked interns what is left, in the order of the rows, while this thread scans on. So terms are numbered
/// as they would be without it.
final class ScanningThread {
  private let text: TableText
  private var rows: RowScanner
  private var scanner: FieldScanner
  /// The part that is scanned, and its memory.
  private var part: TableText.Part
  private var memory: TableText.Memory
  /// The memory of the parts that were scanned to their end with each group, whose values lie in it.
  private var used: [[TableText.Memory]] = Array(repeating: [], count: groupCount)
  private var spare: [TableText.Memory] = []
  private let batches = UnsafeMutablePointer<TermBatch>.allocate(capacity: groupCount * groupSize)
  /// What is known of each group when it is scanned. An array would be one variable that both threads use at a time.
  private let ends = UnsafeMutablePointer<End>.allocate(capacity: groupCount)
  private let free = Semaphore(groupCount)
  private let scanned = Semaphore(0)
  /// Is given where there may be something for the thread to do.
  private let work = Semaphore(0)
  /// Is given when all batches of a group are looked up.
  private let lookedUp = Semaphore(0)
  private var thread: HelperThread?
  /// Whether nobody wants the rest.
  private let isStopped = Atomic<Bool>(false)

  /// The group that is looked up, and where the numbers of its values go. Is changed while there is no batch to take.
  private var lookup: Lookup?
  /// The batch of that group to be taken next; none where it is ``groupSize`` or more.
  private let nextBatch = Atomic<Int>(groupSize)
  private let finishedBatches = Atomic<Int>(0)

  private struct Lookup {
    var batches: UnsafeMutablePointer<TermBatch>
    var terms: TermDictionary
    var numbers: UnsafeMutableBufferPointer<UInt32>
  }

  /// How far the rows were read with a group.
  private struct End {
    /// How many numbers they take, with those of the groups before.
    var count = 0
    /// Where in the table they end.
    var position = 0
    /// Whether nothing is scanned behind it: at the end of the table, or before a row of another form.
    var isLast = false
    var isUnfit = false
  }

  private static let groupCount = 3
  private static let groupSize = 8
  private static let batchSize = 1024

  /// `nil` where the system has no thread to give.
  /// - Parameters:
  ///   - part: where it begins, in memory that nobody else uses.
  ///   - count: how many numbers the rows before that take.
  init?(
    _ shortcuts: [ColumnReader.Shortcut], _ text: TableText, from part: TableText.Part, in memory: TableText.Memory,
    count: Int
  ) {
    self.text = text
    self.part = part
    self.memory = memory
    rows = RowScanner(shortcuts, text.form)
    rows.skip(to: count)
    scanner = FieldScanner(part, text.form)
    for number in 0..<Self.groupCount * Self.groupSize {
      (batches + number).initialize(to: TermBatch(size: Self.batchSize))
    }
    ends.initialize(repeating: End(), count: Self.groupCount)
    thread = HelperThread { [unowned self] in run() }
    if thread == nil { return nil }
  }

  deinit {
    batches.deinitialize(count: Self.groupCount * Self.groupSize)
    batches.deallocate()
    ends.deallocate()
  }

  // MARK: The thread itself

  private func run() {
    var number = 0
    var isLast = false
    func scanOne() -> Bool {
      guard !isLast, free.tryWait() else { return false }
      isLast = scan(number % Self.groupCount)
      number += 1
      scanned.give()
      return true
    }
    while !isStopped.load(ordering: .acquiring) {
      // Nobody is to wait for rows; else to look values up is what the other one waits for.
      if !scanned.isGiven && scanOne() { continue }
      if lookUpBatch() || scanOne() { continue }
      work.wait()
    }
  }

  private func scan(_ group: Int) -> Bool {
    spare += used[group]
    used[group] = []
    var end = End()
    do {
      for batch in group * Self.groupSize..<(group + 1) * Self.groupSize where !end.isLast {
        end.isLast = !(try fill(batch, of: group))
      }
    } catch {
      (end.isLast, end.isUnfit) = (true, true)
    }
    (end.count, end.position) = (rows.count, part.range.lowerBound + scanner.position)
    ends[group] = end
    return end.isLast
  }

  /// Scans rows until a batch is full; false where none of the usual form is behind them.
  private func fill(_ batch: Int, of group: Int) throws(TableText.Unfit) -> Bool {
    while true {
      if !rows.read(&scanner, into: &batches[batch]) { return false }
      if scanner.skipEmptyLines() { return true }
      if !(try nextPart(of: group)) { return false }
    }
  }

  /// Goes on to the next part of the table; false where there is none.
  private func nextPart(of group: Int) throws(TableText.Unfit) -> Bool {
    let next = spare.popLast() ?? TableText.Memory()
    guard let part = try text.part(from: self.part.range.upperBound, in: next) else { return false }
    used[group].append(memory)
    memory = next
    self.part = part
    scanner = FieldScanner(part, text.form)
    rows.leavePart()
    return true
  }

  /// Looks up the values of a batch that nobody has taken yet; false where there is none.
  private func lookUpBatch() -> Bool {
    let number = nextBatch.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue
    guard number < Self.groupSize, let lookup else { return false }
    lookup.batches[number].takeKnown(by: lookup.terms, into: lookup.numbers)
    if finishedBatches.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == Self.groupSize { lookedUp.give() }
    return true
  }

  // MARK: Who asked for the rows

  /// Interns the values of all rows up to the end of the table or to a row of another form, and puts their numbers behind
  /// those of the tuples so far; returns where it came to.
  /// - Parameter proceed: is told now and then how many numbers there are; where it answers false, the rest is left, and `nil`
  ///   returned.
  func intern(
    by terms: TermDictionary, into tuples: inout [UInt32], _ proceed: (_ count: Int) -> Bool
  ) throws(TableText.Unfit) -> Int? {
    defer {
      isStopped.store(true, ordering: .releasing)
      work.give()
      thread?.join()
    }
    var number = 0
    while true {
      scanned.wait()
      let group = number % Self.groupCount
      let end = ends[group]
      if end.isUnfit { throw TableText.Unfit() }
      tuples.append(contentsOf: repeatElement(0, count: end.count - tuples.count))
      tuples.withUnsafeMutableBufferPointer { lookUp(group, by: terms, into: $0) }
      for batch in group * Self.groupSize..<(group + 1) * Self.groupSize {
        batches[batch].intern(by: terms, into: &tuples)
      }
      text.makeRoom(in: &tuples, readTo: end.position)
      if !proceed(end.count) { return nil }
      if end.isLast { return end.position }
      free.give()
      work.give()
      number += 1
    }
  }

  private func lookUp(
    _ group: Int, by terms: TermDictionary, into numbers: UnsafeMutableBufferPointer<UInt32>
  ) {
    lookup = Lookup(batches: batches + group * Self.groupSize, terms: terms, numbers: numbers)
    finishedBatches.store(0, ordering: .relaxed)
    nextBatch.store(0, ordering: .releasing)
    work.give()
    while lookUpBatch() {}
    lookedUp.wait()
  }
}
