/// The rows that the terms of one relation's rows lead to in another, for 64 neighbouring terms in one pass.
///
/// Of dense rows each term is in many. So the rows of 64 terms are turned round first: beside each term on their other side
/// stands a word whose bits say in which of the 64 rows it is. A pair of the other relation then adds that word to the one of
/// its second term, for all rows at once, and the words are turned round again. This is the product of two matrices of bits
/// by blocks of 64 lines; one term at a time it takes as many steps for each of the lines.
final class RowProduct {
  /// The word of the terms whose products are at hand.
  private var block = -1
  /// Which of the block's terms have a product, those whose rows are bitmaps, and which of them were asked for.
  private var (made, asked): (UInt64, UInt64) = (0, 0)
  /// The word of the terms for which a product was not worth it.
  private var refused = -1
  /// Which part of a block's products are asked for, as the last block has shown.
  private var share = RowProduct.expectedShare
  private var runs = (-1, -1)
  /// For each number that the other relation's rows span the rows of the block that it is in.
  private var lines: [UInt64] = []
  /// The products: so many words for each of the block's terms.
  private var products: [UInt64] = []
  private var range = 0..<0
  private var turned = [UInt64](repeating: 0, count: 64)

  /// One of eight products, where nothing is known.
  private static let expectedShare = 0.125
  /// To turn round 64 words takes as long as to look up so many rows.
  private static let rowsATurn = 32
  /// A block's lines are to stay in the processor's caches.
  private static let mostWords = 4096
  /// How long it takes to make a block is to stay far below a tenth of a second, for nothing ends it.
  private static let mostRowWords = 16384
  /// Of longer rows whole words are added.
  private static let longRow = 16

  /// Adds to a set the rows of `others` that the row of a term leads to; false, and nothing is done, where that is sooner
  /// done for the one term.
  /// - Parameter runs: other numbers than at the last time where rows may have changed since.
  func gather(
    _ term: UInt32, of rows: Rows, through others: Rows, runs: (Int, Int), into buffer: SetBuffer
  ) -> Bool {
    if runs != self.runs { forget(runs) }
    let word = Int(term >> 6)
    if word != block {
      if word == refused { return false }
      guard make(word, rows, others) else {
        refused = word
        return false
      }
    }
    let bit: UInt64 = 1 << UInt64(term & 63)
    if made & bit == 0 { return false }
    asked |= bit
    let width = range.count
    products.withUnsafeBufferPointer { products in
      guard let start = products.baseAddress else { return }
      let words = start + Int(term & 63) * width
      buffer.formUnion(
        SetView(words: words, firstWord: range.lowerBound, wordCount: width, count: Words.count(words, width)))
    }
    return true
  }

  private func forget(_ runs: (Int, Int)) {
    close()
    self.runs = runs
    refused = -1
    share = max(share, Self.expectedShare)
  }

  private func close() {
    if block >= 0 { share = Double(asked.nonzeroBitCount) / Double(max(1, made.nonzeroBitCount)) }
    (block, made, asked) = (-1, 0, 0)
  }

  private func make(_ word: Int, _ rows: Rows, _ others: Rows) -> Bool {
    close()
    let width = others.wordRange.count
    guard width <= Self.mostWords, others.count <= Self.longRow * others.keys.count else { return false }
    let sets = (0..<64).map { rows[UInt32(word << 6 + $0)] }
    guard let words = denseWords(sets, behind: width) else { return false }
    for lane in 0..<64 where sets[lane].isBitmap { made |= 1 << UInt64(lane) }
    block = word
    range = others.wordRange
    clearLines()
    multiply(sets, words, others)
    turnLines()
    return true
  }

  /// The words that the bitmaps among some sets span; `nil` where these have too few numbers for a product.
  private func denseWords(_ sets: [SetView], behind width: Int) -> Range<Int>? {
    let bitmaps = sets.filter(\.isBitmap)
    guard let first = bitmaps.map(\.firstWord).min(), let end = bitmaps.map(\.endWord).max() else { return nil }
    let count = bitmaps.reduce(0) { $0 + $1.count }
    let isWorth = Double(count) * share > Double(Self.rowsATurn * (end - first + width))
    return isWorth && end - first <= Self.mostRowWords ? first..<end : nil
  }

  private func clearLines() {
    let count = 64 * range.count
    if lines.count < count {
      lines = [UInt64](repeating: 0, count: count)
      products = lines
    } else {
      lines.withUnsafeMutableBufferPointer { $0.baseAddress?.update(repeating: 0, count: count) }
    }
  }

  private func multiply(_ sets: [SetView], _ words: Range<Int>, _ others: Rows) {
    let base = UInt32(range.lowerBound << 6)
    lines.withUnsafeMutableBufferPointer { lines in
      turned.withUnsafeMutableBufferPointer { turned in
        guard let lines = lines.baseAddress, let turned = turned.baseAddress else { return }
        for word in words {
          for lane in 0..<64 {
            let set = sets[lane]
            let isWithin = word >= set.firstWord && word < set.endWord
            turned[lane] = isWithin ? set.words[word - set.firstWord] : 0
          }
          Words.turn(turned)
          for place in 0..<64 where turned[place] != 0 {
            let line = turned[place]
            others[UInt32(word << 6 + place)].forEachNumber {
              lines[Int($0 &- base)] |= line
              return true
            }
          }
        }
      }
    }
  }

  private func turnLines() {
    let width = range.count
    products.withUnsafeMutableBufferPointer { products in
      lines.withUnsafeMutableBufferPointer { lines in
        guard let products = products.baseAddress, let lines = lines.baseAddress else { return }
        for word in 0..<width {
          let turned = lines + word << 6
          Words.turn(turned)
          for lane in 0..<64 { products[lane * width + word] = turned[lane] }
        }
      }
    }
  }
}
