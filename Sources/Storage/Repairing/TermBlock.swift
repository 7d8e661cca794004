import Terms

/// Kinds and values of terms that follow one another, of which the texts may be missing.
struct TermBlock {
  let kinds: [UInt8]
  let payloads: [UInt64]

  static func isText(_ kind: UInt8) -> Bool {
    kind == TermDictionary.Kind.name.rawValue || kind == TermDictionary.Kind.string.rawValue
  }

  static func length(_ payload: UInt64) -> Int { Int(payload & 0xFFF_FFFF) }

  /// Where the first text begins among those of all terms; `nil` if there is none.
  var textStart: Int? {
    zip(kinds, payloads).first { Self.isText($0.0) }.map { Int($0.1 >> 28) }
  }

  /// The length of all texts.
  var textLength: Int { zip(kinds, payloads).reduce(0) { Self.isText($1.0) ? $0 + Self.length($1.1) : $0 } }

  /// The values of the terms; `nil` for one that can't be read.
  /// - Parameter texts: those of the terms, one behind the other; `nil` if they are lost.
  func values(_ texts: [UInt8]?) -> [Value?] {
    // What is made up may be wrong in one term only, so each is checked by itself where not all are right together.
    let known = kinds.indices.filter { texts != nil || !Self.isText(kinds[$0]) }
    var values = [Value?](repeating: nil, count: kinds.count)
    if let dictionary = dictionary(known, texts ?? []) {
      for (number, index) in known.enumerated() { values[index] = dictionary.value(Term(UInt32(number))) }
      return values
    }
    var start = 0
    for index in known {
      let length = Self.isText(kinds[index]) ? Self.length(payloads[index]) : 0
      let text = Array((texts ?? []).dropFirst(start).prefix(length))
      values[index] = dictionary([index], text)?.value(Term(0))
      start += length
    }
    return values
  }

  /// The value of a term by itself, if it has a hash; `nil` if it has not, or makes no sense.
  static func value(_ kind: UInt8, _ payload: UInt64, text: [UInt8], hash: UInt32) -> Value? {
    guard let dictionary = TermBlock(kinds: [kind], payloads: [payload]).dictionary([0], text),
      dictionary.indexedHash(of: Term(0)) == hash
    else { return nil }
    return dictionary.value(Term(0))
  }

  /// Some terms with their texts, checked as those of a snapshot are; `nil` where one makes no sense.
  private func dictionary(_ terms: [Int], _ texts: [UInt8]) -> TermDictionary? {
    var start: UInt64 = 0
    let payloads = terms.map { index in
      guard Self.isText(kinds[index]) else { return self.payloads[index] }
      let length = self.payloads[index] & 0xFFF_FFFF
      defer { start += length }
      return start << 28 | length
    }
    return try? TermDictionary(indexing: terms.map { kinds[$0] }, payloads: payloads, texts: texts)
  }
}
