/// How the statements of an entry have come to their end, and what stays of them.
extension Engine {
  /// How what is carried out has come to its end: as a whole, by a limit or Ctrl-C while it changed something or while answers were
  /// looked for or shown, or by a mistake.
  enum Ending { case whole, cutOff, inAnswers, mistaken }

  /// Tells what stays of an entry that has changed something and ended by an error. A mistake ends a transaction, and nothing stays.
  func noteStaying(_ ending: Ending) {
    switch ending {
    case .inAnswers: note("note: what this entry had changed stays; `:undo` takes it back")
    case .mistaken where transaction == nil: note("note: what is right in this entry stays; `:undo` takes it back")
    case .whole, .cutOff, .mistaken: break
    }
  }
}
