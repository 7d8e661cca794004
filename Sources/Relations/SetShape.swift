/// Which shape a set takes, by its density: the one place that decides.
///
/// The tests are also run with one shape forced, by the compilation conditions `SETS_ARE_ARRAYS` and `SETS_ARE_BITMAPS`
/// (`make test-shapes`), so that neither hides a mistake of the other.
enum SetShape {
  /// Whether every set has one shape, whatever its density.
  static var isForced: Bool {
    #if SETS_ARE_ARRAYS || SETS_ARE_BITMAPS
      return true
    #else
      return false
    #endif
  }

  /// Whether a set that is to be stored is to be a bitmap: it then takes at most twice the memory of an array, for which a
  /// number is looked up in one step, and what is new is set where it belongs.
  @inline(__always) static func isDense(_ count: Int, words: Int) -> Bool {
    #if SETS_ARE_ARRAYS
      return false
    #elseif SETS_ARE_BITMAPS
      return words <= mostSparseWords
    #else
      return count > 8 && words < count
    #endif
  }

  /// Whether an array of so many numbers is worth asking whether it is dense.
  @inline(__always) static func mayBeDense(_ count: Int) -> Bool {
    #if SETS_ARE_BITMAPS
      return true
    #else
      return count > 64
    #endif
  }

  /// Whether an array that grows is to become a bitmap, which costs a pass over it.
  @inline(__always) static func isDenseWhileGrowing(_ count: Int, words: Int) -> Bool {
    #if SETS_ARE_ARRAYS
      return false
    #elseif SETS_ARE_BITMAPS
      return count > 0 && words <= mostSparseWords
    #else
      return count > 64 && words < count
    #endif
  }

  /// Whether a bitmap of so many words may be made or kept without asking how many numbers it has.
  @inline(__always) static func isSmallBitmap(_ words: Int) -> Bool {
    #if SETS_ARE_ARRAYS
      return false
    #else
      return words <= mostSparseWords
    #endif
  }

  /// Whether a bitmap of so many words for so many numbers would waste memory.
  @inline(__always) static func isSparse(_ count: Int, words: Int) -> Bool {
    #if SETS_ARE_ARRAYS
      return true
    #else
      return words > 4 * count
    #endif
  }

  private static let mostSparseWords = 4096
}
