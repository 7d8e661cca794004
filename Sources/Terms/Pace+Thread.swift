import Glibc

/// The pace of the work that a thread does, for what lies far below whoever began it, such as the making of an index.
///
/// What is told to end there is left half done, and reads give less than there is. So only works have it whose results are thrown
/// away if they end early: answers, a load of which the graph was kept as it was, a file without a name. What decides on changes by
/// what it reads has none.
extension Pace {
  /// `nil` where no work is done that may be ended, and on threads that help.
  public static var ofThread: Pace? {
    get { pthread_getspecific(key).map { Unmanaged<Pace>.fromOpaque($0).takeUnretainedValue() } }
    set {
      let before = pthread_getspecific(key)
      pthread_setspecific(key, newValue.map { UnsafeRawPointer(Unmanaged.passRetained($0).toOpaque()) })
      if let before { Unmanaged<Pace>.fromOpaque(before).release() }
    }
  }

  /// Whether the work of this thread was told to end. What it was making is not whole then.
  public static var hasThreadToEnd: Bool { ofThread?.failure != nil }

  /// Whether the work of this thread may take so many bytes more; see ``hasRoom(for:)``.
  public static func threadHasRoom(for bytes: Int) -> Bool { ofThread?.hasRoom(for: bytes) ?? true }

  /// Does something as the work of this thread.
  public func governing<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = Self.ofThread
    Self.ofThread = self
    defer { Self.ofThread = before }
    return try body()
  }

  /// Does what must not be left half done.
  public static func uninterrupted<Result>(_ body: () throws -> Result) rethrows -> Result {
    let pace = ofThread
    ofThread = nil
    defer { ofThread = pace }
    return try body()
  }

  /// Goes through numbers below a count in stretches, between which the work of the thread asks whether to go on; whether all
  /// were gone through.
  @inline(__always) public static func forEachStretch(below count: Int, _ body: (Range<Int>) -> Void) -> Bool {
    let pace = ofThread
    var start = 0
    while start < count {
      let end = min(count, start &+ stretch)
      if let pace, !pace.goesOn(after: end &- start) { return false }
      body(start..<end)
      start = end
    }
    return true
  }

  /// So many steps of the shortest take a tenth of a millisecond.
  private static let stretch = 1 << 14

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { if let pace = $0 { Unmanaged<Pace>.fromOpaque(pace).release() } }
    return key
  }()
}
