import Sessions

/// How a list of what a word may become looks: a line for each with what is told beside it, or columns where nothing is.
struct CompletionList {
  var candidates: [Candidate]
  var width: Int
  /// The lines that the list may have.
  var height: Int
  var color = false
  var drawsBoxes = true

  var lines: [String] {
    let names = candidates.map { Text.escapedForTerminal($0.shown) }
    return candidates.contains { !$0.note.isEmpty } ? lines(names) : columns(names)
  }

  private func lines(_ names: [String]) -> [String] {
    let shown = names.prefix(names.count > height ? height - 1 : height)
    let column = min(shown.map(Text.displayWidth).max() ?? 0, width * 3 / 5)
    var lines = zip(shown, candidates).map { name, candidate in
      let name = TextTable.shortened(name, to: width - 1, drawsBoxes)
      let indentation = max(column, Text.displayWidth(name)) + 2
      let room = width - indentation - 1
      guard !candidate.note.isEmpty, room > Self.leastRoom else { return name }
      let note = TextTable.shortened(Text.escapedForTerminal(candidate.note), to: room, drawsBoxes)
      let padding = String(repeating: " ", count: indentation - Text.displayWidth(name))
      return name + padding + (color ? "\u{1B}[2m\(note)\u{1B}[0m" : note)
    }
    if shown.count < names.count { lines.append("and \(names.count - shown.count) more: type another letter") }
    return lines
  }

  /// From top to bottom and then to the right, as folders are listed.
  private func columns(_ names: [String]) -> [String] {
    let column = (names.map(Text.displayWidth).max() ?? 0) + 2
    let perLine = max(1, (width - 1) / column)
    let needed = (names.count + perLine - 1) / perLine
    let count = min(needed, height - (needed > height ? 1 : 0))
    var lines = (0..<count).map { line in
      stride(from: line, to: min(names.count, needed * perLine), by: needed).map { index in
        let name = TextTable.shortened(names[index], to: width - 1, drawsBoxes)
        return index + needed < names.count
          ? name + String(repeating: " ", count: max(0, column - Text.displayWidth(name))) : name
      }.joined()
    }
    if count < needed { lines.append("and more: type another letter") }
    return lines
  }

  private static let leastRoom = 5
}

/// What a word may become.
struct Candidate {
  /// What takes the word's place.
  var text: String
  /// How a list shows it.
  var shown: String
  /// What a list tells beside it: the label of an entity, what a relation or a function takes.
  var note: String

  init(_ text: String, shown: String? = nil, note: String = "") {
    self.text = text
    self.shown = shown ?? text
    self.note = note
  }
}

/// All that a word may become, best first.
struct Candidates {
  var all: [Candidate] = []
  /// What follows a single one.
  var suffix: Character?

  init(_ all: [Candidate] = [], suffix: Character? = nil) {
    self.all = all
    self.suffix = suffix
  }

  /// What all have in common, as far as it goes on from what was typed; else what was typed, for what was found by
  /// another of its names need not begin with it.
  func common(typed: String) -> String {
    guard var common = all.first?.text[...] else { return typed }
    for candidate in all { common = common.prefix(zip(common, candidate.text).prefix { $0 == $1 }.count) }
    return common.hasPrefix(typed) ? String(common) : typed
  }
}
