/// What loops over data pass through, so that each of them ends when it is told to: every few thousand steps it asks whether to
/// go on. It is asked as well before a large block of memory is taken.
///
/// It belongs to one thread at a time. Where it was once told to end it says so until the next work begins, so that what cannot
/// throw only needs to come to an end: whoever began the work throws the reason.
public final class Pace {
  /// After how many steps it asks. A step is what takes some tens of nanoseconds; what takes longer counts as several.
  private static let interval = 4_096
  /// Blocks of fewer bytes are not asked about: what the program keeps back for its end is several times as much.
  private static let smallBlock = 1 << 22

  /// Tells why the work is to end; `nil` where it may go on.
  public var question: () -> (any Error)? = { nil }
  /// Tells why the work may not take so many bytes more; `nil` where it may.
  public var memoryQuestion: (Int) -> (any Error)? = { _ in nil }
  /// Why the work is to end, once it is.
  public private(set) var failure: (any Error)?
  @usableFromInline var stepsLeft = Pace.interval

  public init() {}

  /// Begins another work. Steps count on, so that a work of many short ones asks too.
  /// - Parameter failure: why it is to end at once, if it is the rest of one that was told so before.
  public func begin(endingBy failure: (any Error)? = nil) {
    self.failure = failure
    if failure != nil {
      stepsLeft = 0
    } else if stepsLeft <= 0 {
      stepsLeft = Self.interval
    }
  }

  /// Takes a step; whether to go on.
  @inlinable public func goesOn(after steps: Int = 1) -> Bool {
    stepsLeft &-= steps
    return stepsLeft > 0 || ask()
  }

  /// Takes a step. Throws the reason where the work is to end.
  @inlinable public func step(_ steps: Int = 1) throws {
    if !goesOn(after: steps) { try check() }
  }

  /// Does work that is done as a whole: nobody is asked whether to go on.
  public func unasked<Result>(_ work: () throws -> Result) rethrows -> Result {
    let (asking, askingForMemory) = (question, memoryQuestion)
    (question, memoryQuestion) = ({ nil }, { _ in nil })
    begin()
    defer { (question, memoryQuestion) = (asking, askingForMemory) }
    return try work()
  }

  /// Throws the reason where the work is to end.
  public func check() throws { if let failure { throw failure } }

  /// Asks at once; whether to go on.
  @usableFromInline func ask() -> Bool {
    stepsLeft = 0
    if failure != nil { return false }
    failure = question()
    if failure != nil { return false }
    stepsLeft = Self.interval
    return true
  }

  // MARK: Memory

  /// To be asked before a block is taken whose size follows from data, since the process ends where the system refuses one;
  /// whether to go on.
  public func hasRoom(for bytes: Int) -> Bool {
    if failure == nil && bytes >= Self.smallBlock { failure = memoryQuestion(bytes) }
    if failure == nil { return true }
    stepsLeft = 0
    return false
  }

  /// The same. Throws the reason where the work is to end.
  public func reserve(_ bytes: Int) throws {
    if !hasRoom(for: bytes) { try check() }
  }
}
