import Diagnostics

extension Session {
  /// What is wrong with the graph or its journal, as only a mistake in this program can make it; `nil` where all is well.
  /// Looks at all of the graph.
  public func checkInvariants() -> String? {
    graph.checkInvariants() ?? (isInTransaction ? nil : journal?.checkInvariants().map { "the journal: \($0)" })
  }

  /// Does what `body` does, and where the session checks itself, looks whether all is well afterwards, also where it throws. What
  /// holds at the end of one operation holds at the beginning of the next.
  func checked<Result>(_ body: () throws -> Result) throws -> Result {
    guard checksItself else { return try body() }
    let result = Swift.Result { try body() }
    // Damage of the file that the graph comes from is no mistake of the program.
    try graph.checkSupplies()
    if let problem = checkInvariants() {
      throw Diagnostic(
        .internalError, "internal error: a broken invariant: \(problem)",
        help: "this is a mistake in tiltas and not yours; please report it with what was done last")
    }
    return try result.get()
  }
}
