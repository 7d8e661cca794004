import Diagnostics

/// What is wrong with a part of a snapshot.
struct Damage: Error {
  /// The section, as messages name it.
  var section: String
  var reason: String

  /// The damage as a message about a file.
  func diagnostic(_ path: String) -> Diagnostic {
    Diagnostic(
      .damagedSnapshot, "the snapshot `\(path)` is damaged in its \(section): \(reason)",
      help: "take it from a copy, or keep what is whole: `tiltas verify --repair \(path) -o NEW.tiltas`")
  }
}
