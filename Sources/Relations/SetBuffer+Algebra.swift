extension SetBuffer {
  /// Adds all of another set.
  public func formUnion(_ other: SetView) {
    if other.isEmpty || isOwn(other) { return }
    if other.isBitmap { return formUnion(bitmap: other) }
    let array = other.array
    if !isBitmap && makeRoom(other.count) {
      if mergeShort(array, other.count) { return }
      return appendArray(array, other.count)
    }
    if span(Int(array[0] >> 6), Int(array[other.count - 1] >> 6) + 1, for: other.count) {
      setBits(array, other.count)
    } else {
      appendArray(array, other.count)
    }
  }

  private func formUnion(bitmap other: SetView) {
    if span(other.firstWord, other.endWord, for: other.count) {
      Words.or(words(from: other.firstWord), other.words, other.wordCount)
      forgetCount()
    } else {
      other.forEachNumber {
        insert($0)
        return true
      }
    }
  }

  /// Whether a view is of this set as it stands.
  private func isOwn(_ other: SetView) -> Bool {
    other.memory == (isBitmap ? UnsafeRawPointer(words(from: low)) : UnsafeRawPointer(numbers))
  }

  /// Makes this the given set.
  public func assign(_ other: SetView) {
    if !other.isEmpty && isOwn(other) { return }
    clear()
    formUnion(other)
    if isBitmap { noteCount(other.count) }
  }

  /// Makes this the intersection of two sets, neither of which may be a view of this.
  public func assignIntersection(_ left: SetView, _ right: SetView) {
    clear()
    if left.isEmpty || right.isEmpty { return }
    if left.isBitmap && right.isBitmap {
      let first = max(left.firstWord, right.firstWord)
      let end = min(left.endWord, right.endWord)
      if first >= end { return }
      if span(first, end, for: min(left.count, right.count)) {
        Words.and(
          words(from: first), left.words + (first - left.firstWord), right.words + (first - right.firstWord),
          end - first)
        return forgetCount()
      }
    }
    let (small, large) = !left.isBitmap && (right.isBitmap || left.count <= right.count) ? (left, right) : (right, left)
    assignArray(atMost: small.count) { SetBuffer.intersect(small, large, into: $0) }
  }

  private static func intersect(_ small: SetView, _ large: SetView, into result: UnsafeMutablePointer<UInt32>) -> Int {
    var count = 0
    if large.isBitmap {
      small.forEachNumber {
        result[count] = $0
        if large.contains($0) { count += 1 }
        return true
      }
      return count
    }
    let array = small.array
    if small.count * SetView.searchRatio >= large.count {
      return SortedNumbers.intersection(array, small.count, large.array, large.count, into: result)
    }
    var position = 0
    for index in 0..<small.count {
      position = large.lowerBound(array[index], from: position)
      if position == large.count { break }
      if large.array[position] == array[index] {
        result[count] = array[index]
        count += 1
      }
    }
    return count
  }

  /// Makes this the one set without the other, neither of which may be a view of this.
  func assignDifference(_ left: SetView, _ right: SetView) {
    if left.isBitmap {
      if right.isBitmap { return assignDifference(ofBitmaps: left, right) }
      assign(left)
      return subtract(right)
    }
    clear()
    if !left.isEmpty {
      let isSearched = !right.isBitmap && (right.isEmpty || left.count * SetView.searchRatio < right.count)
      assignArray(atMost: left.count) {
        isSearched
          ? SortedNumbers.difference(left.array, left.count, right, into: $0)
          : SortedNumbers.difference(left, right, into: $0)
      }
    }
  }

  private func assignDifference(ofBitmaps left: SetView, _ right: SetView) {
    clear()
    if span(left.firstWord, left.endWord, for: left.count) {
      noteCount(Words.orNew(words(from: left.firstWord), left, without: right))
    } else {
      formUnion(left)
      subtract(right)
    }
  }

  /// Takes all of another set away.
  public func subtract(_ other: SetView) {
    if other.isEmpty { return }
    settle()
    if !isBitmap { return subtractFromArray(other) }
    if other.isBitmap {
      let first = max(low, other.firstWord)
      let end = min(high, other.endWord)
      if first >= end { return }
      Words.andNot(words(from: first), other.words + (first - other.firstWord), end - first)
      forgetCount()
    } else {
      removeBits(other.between(word: low, and: high))
    }
  }
}
