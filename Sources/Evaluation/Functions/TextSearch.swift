import Glibc

/// Finds a text in texts in time that grows with their length alone, whatever repeats in them (Knuth, Morris, Pratt).
public struct TextSearch {
  private let pattern: [UInt8]
  /// For each beginning of the pattern, the length of its longest end that is also a beginning of it.
  private let borders: [Int]

  public init(_ text: String) {
    pattern = Array(text.utf8)
    var borders = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = borders[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      borders[index] = length
    }
    self.borders = borders
  }

  /// Where the text begins in bytes of UTF-8, from an offset on.
  public func firstOffset(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard let first = pattern.first, let base = bytes.baseAddress else { return pattern.isEmpty ? start : nil }
    var length = 0
    var index = start
    while index < bytes.count {
      if length == 0 {
        guard let next = memchr(base + index, Int32(first), bytes.count - index) else { return nil }
        index = UnsafeRawPointer(next) - UnsafeRawPointer(base)
      }
      while length > 0, bytes[index] != pattern[length] { length = borders[length - 1] }
      if bytes[index] == pattern[length] { length += 1 }
      index += 1
      if length == pattern.count { return index - length }
    }
    return nil
  }

  /// Where a part lies out of those before, between and after the places where the text stands, which is all of the bytes
  /// where it stands nowhere or is empty. Parts are counted from 1, or from the end as -1, -2 and so on; `nil` where there
  /// are fewer.
  func part(_ number: Int, of bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var left = number
    if number < 0 {
      var count = 1
      forEachOffset(in: bytes) { _ in
        count += 1
        return true
      }
      left = count + number + 1
    }
    guard left >= 1 else { return nil }
    var start = 0
    var end = bytes.count
    forEachOffset(in: bytes) { offset in
      left -= 1
      if left == 0 { end = offset } else { start = offset + pattern.count }
      return left > 0
    }
    return left > 1 ? nil : start..<end
  }

  /// Appends bytes with a replacement at each place where the text stands to others, as they are where it is empty; false,
  /// and a part of them, where that would be more than a limit.
  public func replace(
    in bytes: UnsafeBufferPointer<UInt8>, by replacement: [UInt8], limit: Int, appendingTo result: inout [UInt8]
  ) -> Bool {
    var length = bytes.count
    var start = 0
    var isTooLong = false
    forEachOffset(in: bytes) { offset in
      length += replacement.count - pattern.count
      isTooLong = length > limit
      // Where each place makes it longer there is no need to look for the others.
      if isTooLong && replacement.count > pattern.count { return false }
      result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<offset]))
      result.append(contentsOf: replacement)
      start = offset + pattern.count
      return true
    }
    if isTooLong { return false }
    result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    return true
  }

  /// Calls `body` with each place where the text stands, none of which overlap, as long as it answers true; the empty text
  /// stands nowhere.
  private func forEachOffset(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Bool) {
    guard !pattern.isEmpty else { return }
    var start = 0
    while let offset = firstOffset(in: bytes, from: start), body(offset) { start = offset + pattern.count }
  }
}
