import Glibc

/// Which shape a set takes, by its density: the one place that decides.
///
/// The tests are also run with one shape forced (`make test-shapes`), so that neither hides a mistake of the other.
enum SetShape {
  /// A shape that every set takes, whatever its density.
  enum Forced: String {
    case arrays, bitmaps
  }

  #if DEBUG
    /// What the environment's `TILTAS_SETS` says; only a debug build asks.
    static let forced = getenv("TILTAS_SETS").map { setting in
      guard let shape = Forced(rawValue: String(cString: setting)) else {
        fatalError("TILTAS_SETS is neither arrays nor bitmaps")
      }
      return shape
    }
  #else
    @inline(__always) static var forced: Forced? { nil }
  #endif

  /// Whether a set that is to be stored is to be a bitmap: it then takes at most twice the memory of an array, for which a
  /// number is looked up in one step, and what is new is set where it belongs.
  @inline(__always) static func isDense(_ count: Int, words: Int) -> Bool {
    switch forced {
    case .arrays: false
    case .bitmaps: words <= mostSparseWords
    case nil: count > 8 && words < count
    }
  }

  /// Whether an array of so many numbers is worth asking whether it is dense.
  @inline(__always) static func mayBeDense(_ count: Int) -> Bool { count > 64 || forced == .bitmaps }

  /// Whether an array that grows is to become a bitmap, which costs a pass over it.
  @inline(__always) static func isDenseWhileGrowing(_ count: Int, words: Int) -> Bool {
    switch forced {
    case .arrays: false
    case .bitmaps: count > 0 && words <= mostSparseWords
    case nil: count > 64 && words < count
    }
  }

  /// Whether a bitmap of so many words may be made or kept without asking how many numbers it has.
  @inline(__always) static func isSmallBitmap(_ words: Int) -> Bool { words <= mostSparseWords && forced != .arrays }

  /// Whether a bitmap of so many words for so many numbers would waste memory.
  @inline(__always) static func isSparse(_ count: Int, words: Int) -> Bool { words > 4 * count || forced == .arrays }

  private static let mostSparseWords = 4096
}
