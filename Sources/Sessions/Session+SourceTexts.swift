import Diagnostics
import Graphs
import Interchange
import Terms

/// What lines of a source say.
public enum SourceWords: Equatable, Sendable {
  /// No `source_text` tells where the source's text is.
  case unknown
  /// That the words are not at hand was said before.
  case told
  /// Why the words are not at hand.
  case missing(String)
  /// The words of those lines that there are, from the first one on, and how many lines the text has.
  case said([String], lineCount: Int)
}

/// Which of the sources whose text is not at hand were told of.
struct ToldSources {
  var names: Set<String> = []
}

extension Session {
  /// The words of lines, counted from 1, of a source of which a fact `source_text(SOURCE, "FILE")` says where its text is: a
  /// path relative to the file that states it, or else to one that the graph was opened from.
  ///
  /// Only regular files are read, none of more than ``mostSourceBytes``, and none where files are out of reach. That a text is
  /// not at hand is told once.
  public func words(of source: Value, lines: ClosedRange<Int64>) -> SourceWords {
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
      let all = Self.lines(of: text.bytes)
      let wanted = all.indices.filter { lines.contains(Int64($0) + 1) }
      return .said(wanted.map { Self.words(of: all[$0]) }, lineCount: all.count)
    } catch {
      return missing(source, "the words of \(name) are not at hand: \(error.message)")
    }
  }

  /// A source's text may be so large.
  private static let mostSourceBytes = 1 << 24
  private static let longestLine = 4_000

  private func missing(_ source: Value, _ reason: String) -> SourceWords {
    toldSources.names.insert(source.plainText).inserted ? .missing(reason) : .told
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

  /// Whether for the first time it is said that no fact tells where a source's text is.
  public func isFirstMention(of source: Value) -> Bool { toldSources.names.insert(source.plainText).inserted }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.last?.isEmpty == true ? lines.dropLast() : lines
  }

  private static func words(of line: ArraySlice<UInt8>) -> String {
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > longestLine ? words.prefix(longestLine) + "…" : words
  }
}
