import Language
import Terms

/// The files whose statements are being carried out. A query sees only the facts and rules above it, but a name that one
/// below it has is no slip: so it does not depend on the order of the statements which names are errors.
final class FilesInProgress {
  private var files: [ParsedFile] = []

  var isEmpty: Bool { files.isEmpty }

  func begin(_ files: [ParsedFile]) { self.files += files }

  func end() { files = [] }

  /// Whether a fact in one of the files has a name in it, or a rule makes it. Linear in the files.
  func mention(_ name: String, _ terms: TermDictionary) -> Bool {
    let term = terms.find(.name(name))
    return files.contains { file in
      file.arguments.contains { $0 == term } || file.annotations.contains { $0.value == term }
        || file.items.contains { Self.mentions(name, $0) }
    }
  }

  private static func mentions(_ name: String, _ item: ParsedFile.Item) -> Bool {
    guard case .statement(let statement) = item else { return false }
    switch statement {
    case .rule(let rule):
      var isFound = false
      ConstantNames.collect(rule) { isFound = isFound || $0 == name }
      return isFound || rule.head.annotations.contains { has(name, $0) }
    case .defaults(let annotations, _): return annotations.contains { has(name, $0) }
    default: return false
    }
  }

  private static func has(_ name: String, _ annotation: Annotation) -> Bool {
    if case .constant(.name(name), _) = annotation.value { true } else { false }
  }

  /// Whether a fact in one of the files has an annotation key. Linear in the files.
  func haveKey(_ key: String) -> Bool {
    files.contains { file in
      file.annotationKeys.contains(key) || file.items.contains { Self.hasKey(key, $0) }
    }
  }

  private static func hasKey(_ key: String, _ item: ParsedFile.Item) -> Bool {
    switch item {
    case .statement(.rule(let rule)): rule.body == nil && rule.head.annotations.contains { $0.key.name == key }
    case .statement(.defaults(let annotations, _)): annotations.contains { $0.key.name == key }
    default: false
    }
  }
}
