import Testing

@Suite("Folders of modules")
struct FolderTests {
  /// The folders of a module, each with those whose types it names; `.` stands for the files beside the folders.
  private static func needs(of files: [SourceTree.File]) -> [String: Set<String>] {
    let owners = Dictionary(files.flatMap { file in file.declaredTypes.map { ($0, file.folder) } }) { first, _ in first
    }
    return files.reduce(into: [:]) { needs, file in
      needs[file.folder, default: []].formUnion(file.words.compactMap { owners[$0] }.filter { $0 != file.folder })
    }
  }

  /// The folders that lead back to themselves, directly or through others.
  private static func circles(_ needs: [String: Set<String>]) -> [String] {
    needs.keys.sorted().filter { start in
      var reached: Set<String> = []
      var open = [start]
      while let next = open.popLast() {
        open += (needs[next] ?? []).filter { reached.insert($0).inserted }
      }
      return reached.contains(start)
    }
  }

  private static let modules = Set(SourceTree.files.map(\.module)).subtracting(["REPL"]).sorted()

  @Test("no two folders of a module need one another", arguments: modules)
  func circles(_ module: String) {
    let files = SourceTree.files.filter { $0.module == module }
    #expect(Self.circles(Self.needs(of: files)) == [])
  }

  @Test("a circle of folders is found")
  func found() {
    let files = [
      SourceTree.File(path: "Sources/M/A/One.swift", lines: ["struct One {", "  var two: Two", "}"]),
      SourceTree.File(
        path: "Sources/M/B/Two.swift", lines: ["public final class Two {", "  let three = Three()", "}"]),
      SourceTree.File(
        path: "Sources/M/Three.swift", lines: ["enum Three { case one(One) }", "private struct Four {}"]),
      SourceTree.File(
        path: "Sources/M/C/Five.swift", lines: ["// One and Four are told of, not used.", "let t = \"Two\""]),
    ]
    let needs = Self.needs(of: files)
    #expect(needs == ["A": ["B"], "B": ["."], ".": ["A"], "C": []])
    #expect(Self.circles(needs) == [".", "A", "B"])
  }
}

extension SourceTree.File {
  /// The folder of its module in which it lies; `.` where it lies beside the folders.
  fileprivate var folder: String {
    let parts = path.split(separator: "/")
    let own = parts.dropFirst(parts[0] == "Sources" ? 2 : 1)
    return own.count > 1 ? own.first.map(String.init) ?? "." : "."
  }

  /// The types that it declares for the whole module.
  fileprivate var declaredTypes: [String] {
    let modifiers: Set = ["public", "package", "final", "indirect"]
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias"]
    return lines.compactMap { line in
      let words = line.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }).map(String.init)
      guard line.first?.isLetter == true, let kind = words.firstIndex(where: { !modifiers.contains($0) }),
        kinds.contains(words[kind]), kind + 1 < words.count
      else { return nil }
      return words[kind + 1]
    }
  }

  /// The words of its code that may name types: without comments and texts.
  fileprivate var words: Set<String> {
    var words: Set<String> = []
    for line in lines {
      var word: [UInt8] = []
      var (isText, last): (Bool, UInt8) = (false, 0)
      for byte in Array(line.utf8) + [0x20] {
        if byte == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isText.toggle() }
        if byte == UInt8(ascii: "/"), last == byte, !isText { break }
        last = byte
        let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        if !isText && (isLetter || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)) {
          word.append(byte)
        } else if !word.isEmpty {
          if word[0] < UInt8(ascii: "a") { words.insert(String(decoding: word, as: UTF8.self)) }
          word = []
        }
      }
    }
    return words
  }
}
