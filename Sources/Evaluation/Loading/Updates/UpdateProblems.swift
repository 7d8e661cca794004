import Diagnostics

/// What is wrong with the rows of an update: the first mistakes, and how many there are.
struct UpdateProblems {
  private var first: [Diagnostic] = []
  private var count = 0
  private static let mostShown = 20

  mutating func add(_ problem: Diagnostic) {
    count += 1
    if first.count < Self.mostShown, !first.contains(problem) { first.append(problem) }
  }

  /// All that is to be told; `nil` if nothing is wrong.
  var whole: Diagnostic? {
    guard !first.isEmpty else { return nil }
    var shown = first
    if count > shown.count {
      shown[shown.count - 1].notes.append(
        Diagnostic.Note("\(count) rows are wrong in all; nothing of this statement is carried out"))
    }
    return Diagnostic(all: shown)
  }
}
