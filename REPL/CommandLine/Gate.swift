import Diagnostics
import Sessions
import Synchronization

/// The gate that `--safe` closes: to files beyond those that the command line names, to other programs, and to the history of
/// whoever runs this one.
enum Gate {
  private static let closed = Atomic<Bool>(false)

  /// What a command of the shell, or a verb, reaches beyond the graph and what it was given.
  enum Reach {
    case nothing
    /// Any file that is named at the prompt.
    case files
    case programs
  }

  static func close() { closed.store(true, ordering: .relaxed) }

  static var isClosed: Bool { closed.load(ordering: .relaxed) }

  /// Throws where the gate is closed. Whatever starts a program passes here.
  static func pass(_ what: String, help: String) throws(Diagnostic) {
    if isClosed { throw Diagnostic(.outOfReach, "\(what) with --safe", help: help) }
  }
}
