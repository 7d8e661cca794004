/// The targets of `Package.swift`, read from its text: names and dependencies are string literals there.
enum PackageDescriptionReader {
  struct Target: Sendable {
    var name: String
    var isTest: Bool
    var dependencies: [String]
  }

  static let targets: [Target] = read(SourceTree.lines(of: "Package.swift").joined(separator: "\n"))

  /// What a target depends on, directly or through others.
  static func dependencies(of name: String) -> Set<String> {
    var found: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      for dependency in targets.first(where: { $0.name == next })?.dependencies ?? []
      where found.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return found
  }

  private static let kinds = [".systemLibrary(", ".target(", ".executableTarget(", ".testTarget("]

  static func read(_ text: String) -> [Target] {
    guard let start = text.firstRange(of: "targets: [\n")?.upperBound else { return [] }
    var rest = text[start...]
    var targets: [Target] = []
    while let (kind, range) = next(in: rest) {
      rest = rest[range.upperBound...]
      let end = next(in: rest)?.range.lowerBound ?? rest.endIndex
      let body = rest[..<end]
      let names = literals(of: body)
      guard let name = names.first else { continue }
      let dependencies = body.firstRange(of: "dependencies: [").map { opening in
        literals(of: body[opening.upperBound...].prefix { $0 != "]" })
      }
      targets.append(Target(name: name, isTest: kind == ".testTarget(", dependencies: dependencies ?? []))
    }
    return targets
  }

  private static func next(in text: Substring) -> (kind: String, range: Range<String.Index>)? {
    kinds.compactMap { kind in text.firstRange(of: kind).map { (kind, $0) } }.min {
      $0.range.lowerBound < $1.range.lowerBound
    }
  }

  private static func literals(of text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }
}
