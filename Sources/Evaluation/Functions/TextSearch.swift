import Glibc

/// Finds a text in texts in time that grows with their length alone, whatever repeats in them (Knuth, Morris, Pratt).
struct TextSearch {
  private let pattern: [UInt8]
  /// For each beginning of the pattern, the length of its longest end that is also a beginning of it.
  private let borders: [Int]

  init(_ text: String) {
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
  func firstOffset(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
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

  /// What lies before, between and after the places where it stands; the text as a whole where it stands nowhere or is
  /// empty.
  func parts(of text: String) -> [String] {
    pieces(of: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text with a replacement at each place where it stands, as it was where the searched text is empty; `nil` where
  /// that would be longer than a limit of bytes.
  func replaced(by replacement: String, in text: String, limit: Int) -> String? {
    let (bytes, replacement) = (Array(text.utf8), Array(replacement.utf8))
    var length = bytes.count
    var result: [UInt8] = []
    var start = 0
    while let offset = nextOffset(in: bytes, from: start) {
      length += replacement.count - pattern.count
      // Where each place makes it longer there is no need to look for the others.
      if length > limit && replacement.count > pattern.count { return nil }
      result += bytes[start..<offset]
      result += replacement
      start = offset + pattern.count
    }
    if start == 0 { return text }
    result += bytes[start...]
    return length > limit ? nil : String(decoding: result, as: UTF8.self)
  }

  private func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    while let offset = nextOffset(in: bytes, from: start) {
      pieces.append(bytes[start..<offset])
      start = offset + pattern.count
    }
    pieces.append(bytes[start...])
    return pieces
  }

  /// The next place where it stands, of which the empty text has none.
  private func nextOffset(in bytes: [UInt8], from start: Int) -> Int? {
    pattern.isEmpty ? nil : bytes.withUnsafeBufferPointer { firstOffset(in: $0, from: start) }
  }
}
