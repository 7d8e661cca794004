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
