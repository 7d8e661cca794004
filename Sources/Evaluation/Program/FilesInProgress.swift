import Diagnostics
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

  /// Where behind a place of its file a relation is first stated, defined or imported. Linear in the files.
  func statement(of relation: String, behind place: SourceSpan) -> SourceSpan? {
    files.first { $0.file === place.file }?.statement(of: relation, behind: place.end)
  }
}

extension ParsedFile {
  fileprivate func statement(of relation: String, behind offset: Int) -> SourceSpan? {
    let number = relationNames.firstIndex(of: relation)
    for item in items {
      switch item {
      case .facts(let run):
        if let fact = facts[run].first(where: { $0.relation == number && $0.start >= offset }) {
          return SourceSpan(file, fact.start, fact.end)
        }
      case .statement(.rule(let rule)) where rule.head.relation.name == relation && rule.span.start >= offset:
        return rule.head.span
      case .statement(.importFile(let name, _, _, _)) where name.name == relation && name.span.start >= offset:
        return name.span
      case .statement: break
      }
    }
    return nil
  }
}
