import Sessions

extension Completion {
  /// The files and folders that the word may be the path of.
  /// - Parameter quote: the quote that the word stands in; outside of any, a path with a space is put into quotes.
  func files(_ quote: Character?) -> Candidates {
    if Gate.isClosed { return Candidates() }
    let slash = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
    let (folder, beginning) = (String(word[..<slash]), word[slash...])
    let path = folder.isEmpty ? "." : Interpreter.expanded(folder)
    let names = Files.entries(of: path).filter { name in
      name.hasPrefix(beginning) && (!name.hasPrefix(".") || beginning.hasPrefix(".")) && Self.canBeTyped(name)
    }
    let found = names.map { name in
      let isFolder = Files.isFolder(path + "/" + name)
      let needsQuotes = quote == nil && name.contains { " '\"=:".contains($0) }
      let whole = folder + name + (isFolder ? "/" : "")
      return Candidate(needsQuotes ? Self.quoted(whole) : whole, shown: name + (isFolder ? "/" : ""))
    }
    let isFolder = found.count == 1 && found[0].shown.hasSuffix("/")
    return Candidates(found, suffix: isFolder ? nil : quote ?? " ")
  }

  private static func quoted(_ path: String) -> String {
    let quote = path.contains("'") ? "\"" : "'"
    return quote + path + quote
  }

  /// What would steer the terminal does not come into the line.
  private static func canBeTyped(_ name: String) -> Bool {
    Text.escapedForTerminal(name) == name && !(name.contains("'") && name.contains("\""))
  }
}
