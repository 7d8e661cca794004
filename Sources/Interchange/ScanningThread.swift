import Glibc
import Synchronization
import Terms

/// A thread that scans the rows of a table some thousands of values ahead of who interns them.
///
/// What the two threads share are batches, of which each has some at a time: the one fills, the other empties them.
final class ScanningThread {
  private var rows: RowScanner
  private var scanner: FieldScanner
  private let batches = UnsafeMutablePointer<TermBatch>.allocate(capacity: batchCount)
  /// What is known of each batch when it is filled. An array would be one variable that both threads use at a time.
  private let ends = UnsafeMutablePointer<End>.allocate(capacity: batchCount)
  private let free = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private let filled = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private var thread = pthread_t()
  /// Whether nobody wants the rest.
  private let isStopped = Atomic<Bool>(false)

  /// How far the rows were read with a batch.
  struct End {
    /// How many numbers they take, with those of the batches before.
    var count: Int
    /// Where in the table they end.
    var position: Int
    /// Whether the thread has ended: at the end of the table, or before a row of another form.
    var isLast: Bool
  }

  private static let batchCount = 4
  private static let batchSize = 4096

  /// `nil` where the system has no thread to give.
  /// - Parameter scanner: stands at the beginning of a row of a table in memory, which outlives the thread.
  init?(_ shortcuts: [ColumnReader.Shortcut], _ scanner: consuming FieldScanner, from count: Int) {
    rows = RowScanner(shortcuts)
    rows.skip(to: count)
    self.scanner = scanner
    for number in 0..<Self.batchCount { (batches + number).initialize(to: TermBatch(size: Self.batchSize)) }
    ends.initialize(repeating: End(count: 0, position: 0, isLast: false), count: Self.batchCount)
    sem_init(free, 0, UInt32(Self.batchCount))
    sem_init(filled, 0, 0)
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ScanningThread>.fromOpaque(argument).takeUnretainedValue().scan()
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
    if failure != 0 { return nil }
  }

  deinit {
    (batches).deinitialize(count: Self.batchCount)
    batches.deallocate()
    ends.deallocate()
    sem_destroy(free)
    sem_destroy(filled)
    free.deallocate()
    filled.deallocate()
  }

  private func scan() {
    var number = 0
    var isLast = false
    while !isLast {
      Self.wait(free)
      let slot = number % Self.batchCount
      let isRegular = rows.read(&scanner, into: &batches[slot])
      isLast = !isRegular || !scanner.skipEmptyLines() || isStopped.load(ordering: .relaxed)
      ends[slot] = End(count: rows.count, position: scanner.position, isLast: isLast)
      sem_post(filled)
      number += 1
    }
  }

  /// Gives `body` each batch as it is filled, to be emptied, up to the last one, or until it answers false; whether it never
  /// did.
  func forEachBatch(_ body: (inout TermBatch, End) -> Bool) -> Bool {
    var number = 0
    var isLast = false
    var goesOn = true
    while !isLast {
      Self.wait(filled)
      let slot = number % Self.batchCount
      if goesOn { goesOn = body(&batches[slot], ends[slot]) }
      if !goesOn {
        isStopped.store(true, ordering: .relaxed)
        batches[slot].forget(from: 0)
      }
      isLast = ends[slot].isLast
      sem_post(free)
      number += 1
    }
    pthread_join(thread, nil)
    return goesOn
  }

  private static func wait(_ semaphore: UnsafeMutablePointer<sem_t>) {
    while sem_wait(semaphore) != 0 {}
  }
}
