import Terms

/// Finds those of many words that are near to one: letters left out, put in, changed or swapped, one in a short word and up to
/// three in a long one, without regard to case and diacritics.
///
/// It looks at bytes: most words of a graph are told apart by their length and letters, and no text is made of them.
public struct NearWords {
  private let word: [UInt8]
  private let wanted: [UInt32]
  private let letters: UInt64
  private let limit: Int
  private let ordersByText: Bool
  private var scanner = FoldingScanner()
  private var distances: EditDistances
  private var near: [(distance: Int, word: String)] = []

  /// How many edits a word may be away, so as to be taken.
  private var most: Int

  /// `nil` if the word is empty, or so long that nobody misspelt it.
  /// - Parameter ordersByText: whether of equally near words the first in the order of bytes is taken, and not the one that was
  ///   looked at first.
  public init?(to word: String, limit: Int, ordersByText: Bool = false) {
    guard word.utf8.count <= Self.mostBytes else { return nil }
    wanted = Text.fold(word).unicodeScalars.map(\.value)
    guard 1...Self.mostLetters ~= wanted.count else { return nil }
    self.word = Array(word.utf8)
    self.limit = limit
    self.ordersByText = ordersByText
    letters = wanted.reduce(0) { $0 | Self.bit($1) }
    distances = EditDistances(from: wanted)
    most = wanted.count <= 2 ? 0 : wanted.count <= 5 ? 1 : wanted.count <= 9 ? 2 : Suggestion.mostEdits
  }

  private static let mostLetters = 100
  private static let mostBytes = 1_600

  /// The words that were found, the nearest first.
  public var found: [String] { near.map(\.word) }

  /// Looks at a word.
  /// - Parameter isMeant: whether it counts, which is asked only if it is near.
  public mutating func consider(_ bytes: UnsafeBufferPointer<UInt8>, isMeant: (String) -> Bool = { _ in true }) {
    guard most >= 0, mayBeNear(bytes), !bytes.elementsEqual(word) else { return }
    scanner.fold(bytes)
    guard abs(scanner.scalars.count - wanted.count) <= most,
      let distance = distances.distance(to: scanner.scalars, most: most)
    else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let place = near.firstIndex { $0.distance > distance || $0.distance == distance && precedes(text, $0.word) }
    if near.count == limit && place == nil || near.contains(where: { $0.word == text }) || !isMeant(text) { return }
    near.insert((distance, text), at: place ?? near.count)
    if near.count > limit { near.removeLast() }
    if near.count == limit { most = near[limit - 1].distance - (ordersByText ? 0 : 1) }
  }

  private func precedes(_ left: String, _ right: String) -> Bool {
    ordersByText && left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether a word may be near, as far as its letters tell. A letter that is not of ASCII may fold to any.
  private func mayBeNear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var present: UInt64 = 0
    var count = 0
    for byte in bytes where byte < 0x80 {
      present |= Self.bit(UInt32(byte))
      count += 1
    }
    if count > wanted.count + most || (present & ~letters).nonzeroBitCount > most { return false }
    return count < bytes.count || count + most >= wanted.count && (letters & ~present).nonzeroBitCount <= most
  }

  /// A letter's bit: those of ASCII have one each, without regard to case.
  private static func bit(_ scalar: UInt32) -> UInt64 {
    switch scalar {
    case 0x61...0x7A: 1 << (scalar - 0x61)
    case 0x41...0x5A: 1 << (scalar - 0x41)
    case 0x30...0x39: 1 << (scalar - 0x30 + 26)
    default: 1 << (scalar % 28 + 36)
    }
  }
}

/// Counts the edits from a word to others; a swap of neighbours is one (optimal string alignment).
private struct EditDistances {
  private let word: [UInt32]
  private var beforeLast: [Int] = []
  private var last: [Int] = []
  private var row: [Int] = []

  init(from word: [UInt32]) { self.word = word }

  /// The number of edits; `nil` if there are more than so many.
  mutating func distance(to other: [UInt32], most: Int) -> Int? {
    if row.count <= other.count {
      row = [Int](repeating: 0, count: other.count + 1)
      (last, beforeLast) = (row, row)
    }
    for j in 0...other.count { last[j] = j }
    for i in word.indices {
      row[0] = i + 1
      var least = i + 1
      for j in other.indices {
        var edits = Swift.min(last[j] + (word[i] == other[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, word[i] == other[j - 1], word[i - 1] == other[j] {
          edits = Swift.min(edits, beforeLast[j - 1] + 1)
        }
        row[j + 1] = edits
        least = Swift.min(least, edits)
      }
      // A swap goes on from the line before the last.
      if least > most + 1 { return nil }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[other.count] <= most ? last[other.count] : nil
  }
}
