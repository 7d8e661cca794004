/// Arrays of numbers that are ascending and without repetition, in memory that the caller owns.
enum SortedNumbers {
  /// Sorts; most sets that need it are short.
  static func sort(_ numbers: UnsafeMutablePointer<UInt32>, _ count: Int) {
    if count > 24 {
      var buffer = UnsafeMutableBufferPointer(start: numbers, count: count)
      return buffer.sort()
    }
    for index in 1..<max(1, count) {
      let number = numbers[index]
      var place = index
      while place > 0 && numbers[place - 1] > number {
        numbers[place] = numbers[place - 1]
        place -= 1
      }
      numbers[place] = number
    }
  }

  /// Copies the numbers of a sorted array, which may repeat some, that another set has not, each once; returns how many.
  /// `target` may be the array's own memory or lie before it.
  static func difference(
    _ numbers: UnsafePointer<UInt32>, _ count: Int, _ other: SetView, into target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var kept = 0
    var position = 0
    for index in 0..<count {
      let number = numbers[index]
      if kept > 0 && target[kept - 1] == number { continue }
      if other.isBitmap {
        if other.contains(number) { continue }
      } else if position < other.count {
        position = other.lowerBound(number, from: position)
        if position < other.count && other.array[position] == number { continue }
      }
      target[kept] = number
      kept += 1
    }
    return kept
  }

  /// Copies the numbers of a set in an array that another set has not, and returns how many; there must be room for all of the
  /// first one. No branch depends on the numbers, so that what is not in the caches is waited for together.
  static func difference(_ left: SetView, _ right: SetView, into target: UnsafeMutablePointer<UInt32>) -> Int {
    right.isBitmap ? differenceOfBits(left, right, target) : differenceOfArrays(left, right, target)
  }

  private static func differenceOfArrays(
    _ left: SetView, _ right: SetView, _ target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let numbers = left.array
    if left.count == 0 || right.count == 0 || numbers[left.count - 1] < right.array[0]
      || right.array[right.count - 1] < numbers[0]
    {
      target.update(from: numbers, count: left.count)
      return left.count
    }
    var kept = 0
    let (first, _) = walk(numbers, left.count, right.array, right.count) { one, other in
      target[kept] = one
      kept &+= one < other ? 1 : 0
    }
    (target + kept).update(from: numbers + first, count: left.count - first)
    return kept + left.count - first
  }

  private static func differenceOfBits(
    _ left: SetView, _ right: SetView, _ target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let numbers = left.array
    let places = left.places(ofWords: right.firstWord, and: right.endWord)
    target.update(from: numbers, count: places.lowerBound)
    var kept = places.lowerBound
    let words = right.words - right.firstWord
    for index in places {
      let number = numbers[index]
      target[kept] = number
      kept &+= Int(truncatingIfNeeded: ~(words[Int(number >> 6)] &>> UInt64(number & 63)) & 1)
    }
    (target + kept).update(from: numbers + places.upperBound, count: left.count - places.upperBound)
    return kept + left.count - places.upperBound
  }

  /// Goes through two arrays together by the lesser number, or both where it is the same, without a branch that depends on the
  /// numbers, until one of them ends; returns how far each was gone through.
  @inline(__always) private static func walk(
    _ left: UnsafePointer<UInt32>, _ leftCount: Int, _ right: UnsafePointer<UInt32>, _ rightCount: Int,
    _ visit: (_ one: UInt32, _ other: UInt32) -> Void
  ) -> (Int, Int) {
    var (first, second) = (0, 0)
    while first < leftCount && second < rightCount {
      let (one, other) = (left[first], right[second])
      visit(one, other)
      first &+= one <= other ? 1 : 0
      second &+= other <= one ? 1 : 0
    }
    return (first, second)
  }

  /// How many numbers two arrays have in common.
  static func intersectionCount(
    _ left: UnsafePointer<UInt32>, _ leftCount: Int, _ right: UnsafePointer<UInt32>, _ rightCount: Int
  ) -> Int {
    var result = 0
    _ = walk(left, leftCount, right, rightCount) { one, other in result &+= one == other ? 1 : 0 }
    return result
  }

  /// Copies the numbers that two arrays have in common, and returns how many; there must be room for all of the left one.
  static func intersection(
    _ left: UnsafePointer<UInt32>, _ leftCount: Int, _ right: UnsafePointer<UInt32>, _ rightCount: Int,
    into target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var kept = 0
    _ = walk(left, leftCount, right, rightCount) { one, other in
      target[kept] = one
      kept &+= one == other ? 1 : 0
    }
    return kept
  }

  /// Copies the numbers of two arrays, each once, and returns how many; there must be room for all of both.
  static func union(
    _ left: UnsafePointer<UInt32>, _ leftCount: Int, _ right: UnsafePointer<UInt32>, _ rightCount: Int,
    into target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var kept = 0
    let (first, second) = walk(left, leftCount, right, rightCount) { one, other in
      target[kept] = min(one, other)
      kept &+= 1
    }
    (target + kept).update(from: left + first, count: leftCount - first)
    kept += leftCount - first
    (target + kept).update(from: right + second, count: rightCount - second)
    return kept + rightCount - second
  }

  /// Merges some numbers that are not among the first `count` into them; there must be room. Costs the logarithm of a
  /// distance for each number merged, and moves what lies between two of them at once.
  static func merge(
    _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, with others: UnsafePointer<UInt32>, _ otherCount: Int
  ) {
    if count == 0 || numbers[count - 1] < others[0] {
      return (numbers + count).update(from: others, count: otherCount)
    }
    if others[otherCount - 1] < numbers[0] {
      (numbers + otherCount).update(from: numbers, count: count)
      return numbers.update(from: others, count: otherCount)
    }
    var left = count
    for index in (0..<otherCount).reversed() {
      let place = upperPlace(of: others[index], in: numbers, left)
      if place < left { (numbers + place + index + 1).update(from: numbers + place, count: left - place) }
      numbers[place + index] = others[index]
      left = place
    }
  }

  /// The number of elements below a number, searched from the end by doubling steps.
  private static func upperPlace(of number: UInt32, in numbers: UnsafePointer<UInt32>, _ count: Int) -> Int {
    var high = count
    var step = 1
    while high - step >= 0 && numbers[high - step] > number {
      high -= step
      step += step
    }
    var low = max(0, high - step)
    while low < high {
      let middle = (low + high) >> 1
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
