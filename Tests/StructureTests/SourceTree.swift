import Foundation

/// The project's own files, as text, for tests that hold them to the house's rules.
enum SourceTree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct File: Sendable, CustomStringConvertible {
    /// Relative to the root: `Sources/Terms/Value.swift`.
    let path: String
    let lines: [String]

    var description: String { path }

    /// The module that it belongs to: the folder beneath `Sources`, or `REPL`.
    var module: String {
      let parts = path.split(separator: "/").map(String.init)
      return parts[0] == "Sources" ? parts[1] : parts[0]
    }

    /// The modules that it imports.
    var imports: [String] {
      lines.compactMap { line in
        let code = line.split(separator: "/", maxSplits: 1).first ?? ""
        let words = code.split(separator: " ").map(String.init)
        guard let start = words.firstIndex(of: "import"), words[..<start].allSatisfy(Self.isModifier) else {
          return nil
        }
        guard let name = words[(start + 1)...].first(where: { !Self.declarationKinds.contains($0) }) else { return nil }
        return name.split(separator: ".").first.map(String.init)
      }
    }

    private static func isModifier(_ word: String) -> Bool {
      word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
    }

    private static let declarationKinds: Set = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
  }

  /// Every Swift file under `Sources` and `REPL`, in the order of its path.
  static let files: [File] = ["Sources", "REPL"].flatMap { folder in
    let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      File(path: "\(folder)/\(path)", lines: lines(of: "\(folder)/\(path)"))
    }
  }

  static func lines(of path: String) -> [String] {
    let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    return (text ?? "").components(separatedBy: "\n")
  }
}
