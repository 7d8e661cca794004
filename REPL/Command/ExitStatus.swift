import Sessions

/// How the program ends, as scripts rely on it.
enum ExitStatus: Int32, Error {
  /// Answered, also with no rows.
  case answered = 0
  /// An error in the input or the graph.
  case failed = 1
  case usage = 2
  case brokenConstraint = 3
  /// The limit on time or memory was reached.
  case limit = 4
  case interrupted = 130

  /// Answered, unless the answers may lack something that was acknowledged.
  static func answered(_ session: Session) -> ExitStatus { session.mayLackChange ? .failed : .answered }
}
