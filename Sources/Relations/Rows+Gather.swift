extension Rows {
  /// Adds the rows of some terms to a set, all in one pass over a bitmap where they are many.
  func gather(_ terms: SetView, into buffer: SetBuffer) {
    if terms.count > 2, let bits = buffer.bitmap(spanning: wordRange, for: terms.count) {
      if let packed = onlyPacked {
        if let interval = terms.interval {
          packed.or(interval, into: bits)
        } else {
          terms.forEachNumber(meeting: keys) { packed.or($0, into: bits) }
        }
      } else {
        terms.forEachNumber(meeting: keys) { or(self[$0], into: bits) }
      }
      return buffer.forgetCount()
    }
    terms.forEachNumber(meeting: keys) { buffer.formUnion(self[$0]) }
  }

  /// Adds all rows to a set, those that several terms share once: in a closure these may be nearly all.
  func gatherAll(into buffer: SetBuffer) {
    let bits = buffer.bitmap(spanning: wordRange, for: count)
    if let bits, let packed = onlyPacked {
      packed.orAll(into: bits)
      return buffer.forgetCount()
    }
    var gathered: [UnsafeRawPointer?: Int] = [:]
    var last: (place: UnsafeRawPointer?, count: Int) = (nil, 0)
    forEachRow { _, row in
      if row.count >= Self.fewTerms {
        // To compare with one is sooner done than to look among all.
        if last == (row.place, row.count) { return }
        last = (row.place, row.count)
        if gathered.updateValue(row.count, forKey: row.place) == row.count { return }
      }
      if let bits { or(row, into: bits) } else { buffer.formUnion(row) }
    }
    buffer.forgetCount()
  }

  /// To add a row of fewer terms takes no longer than to find out that it was added before.
  private static let fewTerms = 64

  /// - Parameter bits: a bitmap, from the word 0 on, that spans the set.
  @inline(__always) private func or(_ set: SetView, into bits: UnsafeMutablePointer<UInt64>) {
    if set.isBitmap { return Words.or(bits + set.firstWord, set.words, set.wordCount) }
    if set.count == 0 { return }
    let array = set.array
    for index in 0..<set.count { bits[Int(array[index] >> 6)] |= 1 << UInt64(array[index] & 63) }
  }

  /// Adds to the row of a term what a set has and another has not, and returns how many were new: in place, without
  /// building what is new. `nil`, and nothing is done, where the row is not a bitmap that spans the set.
  func formUnionInPlace(_ term: UInt32, _ set: SetView, without known: SetView) -> Int? {
    guard let (position, memory, range) = ownWords(of: term) else { return nil }
    let (first, end) = (range.lowerBound, range.upperBound)
    var new = 0
    if set.isBitmap {
      guard set.firstWord >= first, set.endWord <= end, known.isEmpty || known.isBitmap else { return nil }
      new = Words.orNew(memory + (set.firstWord - first), set, without: known)
    } else {
      guard Int(set.array[0] >> 6) >= first, Int(set.array[set.count - 1] >> 6) < end else { return nil }
      for index in 0..<set.count {
        let number = set.array[index]
        let bit: UInt64 = 1 << UInt64(number & 63)
        let word = Int(number >> 6) - first
        if memory[word] & bit != 0 || known.contains(number) { continue }
        memory[word] |= bit
        new += 1
      }
    }
    if new > 0 { grow(position, by: new) }
    return new
  }
}
