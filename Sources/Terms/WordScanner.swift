/// Takes texts apart into their words, folded, as ``Text/words(_:)`` does, without making a string of each.
///
/// What the letters of two bytes fold to, Latin with diacritics and Cyrillic among them, is looked up in a table.
public struct WordScanner {
  /// What the scalars from 0x80 to 0x7FF fold to: nothing, bytes of a word, a gap between words, or what needs the slow way.
  private enum Folded: Sendable {
    case none
    case word([UInt8])
    case gap, unknown
  }

  /// Made once: folding each of the scalars takes longer than the names of a small graph.
  private static let table: [Folded] = (0x80..<0x800).map { Unicode.Scalar(UInt32($0)).map(folded) ?? .unknown }

  private let table = Self.table
  private var word: [UInt8] = []

  public init() {}

  private static func folded(_ scalar: Unicode.Scalar) -> Folded {
    let text = Text.fold(String(Character(scalar)))
    if text.isEmpty { return .none }
    let words = Text.words(text)
    if words.isEmpty { return .gap }
    return words == [text] ? .word(Array(text.utf8)) : .unknown
  }

  /// Calls `body` with each word of a text in UTF-8.
  public mutating func forEachWord(of bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if !isKnown(bytes) {
      for word in Text.words(String(decoding: bytes, as: UTF8.self)) {
        var word = word
        word.withUTF8(body)
      }
      return
    }
    word.removeAll(keepingCapacity: true)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte < 0x80 {
        let lower = 0x41...0x5A ~= byte ? byte | 0x20 : byte
        if 0x61...0x7A ~= lower || 0x30...0x39 ~= lower { word.append(lower) } else { end(body) }
      } else {
        switch table[Self.index(byte, bytes[index])] {
        case .word(let folded): word += folded
        case .gap: end(body)
        case .none, .unknown: break
        }
        index += 1
      }
    }
    end(body)
  }

  private mutating func end(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if word.isEmpty { return }
    word.withUnsafeBufferPointer(body)
    word.removeAll(keepingCapacity: true)
  }

  /// Whether the table has all that the text is of.
  private func isKnown(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte < 0x80 { continue }
      guard 0xC2..<0xE0 ~= byte, index < bytes.count else { return false }
      if case .unknown = table[Self.index(byte, bytes[index])] { return false }
      index += 1
    }
    return true
  }

  /// Where the scalar of two bytes stands in the table.
  private static func index(_ first: UInt8, _ second: UInt8) -> Int {
    (Int(first & 0x1F) << 6 | Int(second & 0x3F)) - 0x80
  }
}
