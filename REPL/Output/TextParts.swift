import Evaluation

/// Parts of texts, found by the engine's search: Swift's own methods of these names bring a parser of regular expressions into the
/// program, which starts slower with it.
extension String {
  /// Whether a text stands in this one.
  func contains(_ part: String) -> Bool {
    var text = self
    return text.withUTF8 { TextSearch(part).firstOffset(in: $0) != nil }
  }

  /// The text with another one at each place where a part stands.
  func replacing(_ part: String, with replacement: String) -> String {
    var text = self
    return text.withUTF8 { bytes in
      var result: [UInt8] = []
      _ = TextSearch(part).replace(in: bytes, by: Array(replacement.utf8), limit: .max, appendingTo: &result)
      return String(decoding: result, as: UTF8.self)
    }
  }
}
