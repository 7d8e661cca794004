import Graphs
import Interchange
import Language
import Terms

/// What a line of a source says.
public enum SourceWords: Equatable, Sendable {
  /// No `source_text` tells where the source's text is, or that it is not there was said before.
  case unknown
  /// Why the words are not at hand.
  case missing(String)
  case said(String)
}

/// Which of the sources whose text is not at hand were told of.
struct ToldSources {
  var names: Set<String> = []
}

extension Session {
  /// The words of a line, counted from 1, of a source of which a fact `source_text(SOURCE, "FILE")` says where its text is: a
  /// path relative to the file that states it, or else to one that the graph was opened from.
  ///
  /// Only regular files are read, none of more than ``mostSourceBytes``, and none where files are out of reach. That a text is
  /// not at hand is told once.
  public func words(of source: Value, line: Int64) -> SourceWords {
    let files = textFiles(of: source)
    if files.isEmpty { return .unknown }
    let name = "`\(source.plainText)`"
    if areFilesClosed { return missing(source, "the words of \(name) are not read with --safe") }
    let paths = files.flatMap { file in bases.map { TextFile.resolve(file, relativeTo: $0) } }
    guard let path = paths.first(where: TextFile.isRegularFile) else {
      return missing(source, "the words of \(name) are not at hand: there is no file \(files.joined(separator: ", "))")
    }
    do {
      let text = try SourceFile.reading(
        name: path, bytes: try TextFile.read(path, .regularFile, atMost: Self.mostSourceBytes))
      guard let words = Self.line(line, of: text.bytes) else { return .missing("\(path) has no line \(line)") }
      return .said(words)
    } catch {
      return missing(source, "the words of \(name) are not at hand: \(error.message)")
    }
  }

  /// A source's text may be so large.
  public static let mostSourceBytes = 1 << 24
  private static let longestLine = 4_000

  private func missing(_ source: Value, _ reason: String) -> SourceWords {
    toldSources.names.insert(source.plainText).inserted ? .missing(reason) : .unknown
  }

  private func textFiles(of source: Value) -> [String] {
    guard let relation = graph.relation(named: "source_text"), relation.arity == 2,
      let term = graph.terms.find(source)
    else { return [] }
    var files: [String] = []
    relation.forEachPartner(ofColumn: 0, term) { file in
      if case .string(let path) = graph.terms.value(Term(file)) { files.append(path) }
      return true
    }
    return files
  }

  /// The files to whose folders a path may be relative.
  private var bases: [String] {
    let stating = place(of: "source_text").map { [$0.file.name] } ?? []
    return stating + openedPaths.map { TextFile.isFolder($0) ? $0 + "/" : $0 }
  }

  private static func line(_ number: Int64, of bytes: [UInt8]) -> String? {
    guard number > 0 else { return nil }
    var rest = bytes[...]
    for _ in 1..<number {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      rest = rest[(end + 1)...]
    }
    if rest.isEmpty { return nil }
    let words = String(decoding: rest.prefix { $0 != 0x0A }, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    let line = words.joined(separator: " ")
    return line.count > longestLine ? line.prefix(longestLine) + "…" : line
  }
}
