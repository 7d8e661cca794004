import Glibc
import Synchronization
import Terms

/// A thread that scans the rows of a table ahead of who interns their values, and looks up values with it.
///
/// Batches of values go through three stages, a group of them at a time. This thread scans a group. Then both threads look
/// up which values have a term already, and take one batch after the other for that: the dictionary stays as it is
/// meanwhile. Who asked interns what is left, in the order of the rows, while this thread scans on. So terms are numbered
/// as they would be without it.
final class ScanningThread {
  private var rows: RowScanner
  private var scanner: FieldScanner
  private let batches = UnsafeMutablePointer<TermBatch>.allocate(capacity: groupCount * groupSize)
  /// What is known of each group when it is scanned. An array would be one variable that both threads use at a time.
  private let ends = UnsafeMutablePointer<End>.allocate(capacity: groupCount)
  private let free = Semaphore(groupCount)
  private let scanned = Semaphore(0)
  /// Is given where there may be something for the thread to do.
  private let work = Semaphore(0)
  /// Is given when all batches of a group are looked up.
  private let lookedUp = Semaphore(0)
  private var thread = pthread_t()
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
  }

  private static let groupCount = 3
  private static let groupSize = 8
  private static let batchSize = 1024

  /// `nil` where the system has no thread to give.
  /// - Parameter scanner: stands at the beginning of a row of a table in memory, which outlives the thread.
  init?(_ shortcuts: [ColumnReader.Shortcut], _ scanner: consuming FieldScanner, from count: Int) {
    rows = RowScanner(shortcuts)
    rows.skip(to: count)
    self.scanner = scanner
    for number in 0..<Self.groupCount * Self.groupSize {
      (batches + number).initialize(to: TermBatch(size: Self.batchSize))
    }
    ends.initialize(repeating: End(), count: Self.groupCount)
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ScanningThread>.fromOpaque(argument).takeUnretainedValue().run()
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
    if failure != 0 { return nil }
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
    var isLast = false
    for batch in group * Self.groupSize..<(group + 1) * Self.groupSize where !isLast {
      let isRegular = rows.read(&scanner, into: &batches[batch])
      isLast = !isRegular || !scanner.skipEmptyLines()
    }
    ends[group] = End(count: rows.count, position: scanner.position, isLast: isLast)
    return isLast
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
  /// those of the tuples so far; whether it came there.
  /// - Parameter proceed: is told now and then how many numbers there are, and where in the table their rows end; where it
  ///   answers false, the rest is left.
  func intern(
    by terms: TermDictionary, into tuples: inout [UInt32], _ proceed: (_ count: Int, _ position: Int) -> Bool
  ) -> Bool {
    defer {
      isStopped.store(true, ordering: .releasing)
      work.give()
      pthread_join(thread, nil)
    }
    var number = 0
    while true {
      scanned.wait()
      let group = number % Self.groupCount
      let end = ends[group]
      tuples.append(contentsOf: repeatElement(0, count: end.count - tuples.count))
      tuples.withUnsafeMutableBufferPointer { lookUp(group, by: terms, into: $0) }
      for batch in group * Self.groupSize..<(group + 1) * Self.groupSize {
        batches[batch].intern(by: terms, into: &tuples)
      }
      if !proceed(end.count, end.position) { return false }
      if end.isLast { return true }
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

/// A number of permits that one thread waits for and another gives.
private final class Semaphore {
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init(_ count: Int) { sem_init(semaphore, 0, UInt32(count)) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func give() { sem_post(semaphore) }

  func wait() {
    while sem_wait(semaphore) != 0 {}
  }

  func tryWait() -> Bool { sem_trywait(semaphore) == 0 }

  /// Whether there is a permit now.
  var isGiven: Bool {
    var value: Int32 = 0
    sem_getvalue(semaphore, &value)
    return value > 0
  }
}
