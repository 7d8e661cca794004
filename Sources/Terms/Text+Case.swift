extension Text {
  /// The text in lower-case letters by Unicode's mapping, in no language's own way; it need not be in normal form.
  static func lower(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      result += scalar == "Σ" && isFinal(index, scalars) ? "ς" : scalar.properties.lowercaseMapping
    }
    return result
  }

  /// Whether a sigma ends a word: a letter with case stands before it and none behind it, leaving out marks and apostrophes.
  private static func isFinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    func isCased(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isCased == true }
    return isCased(scalars[..<index].last { !$0.properties.isCaseIgnorable })
      && !isCased(scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable })
  }
}
