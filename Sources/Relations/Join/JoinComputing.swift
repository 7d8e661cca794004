/// Computes for a machine what it knows nothing of: values.
public protocol JoinComputing: AnyObject {
  /// What a literal that is no atom does for the registers as they stand.
  /// - Parameter binds: the variable that it gives a term, if it is not to be compared.
  func computation(of literal: Int, in body: Int, binds: Int?) -> JoinComputation

  /// Told before the program is run by several threads.
  func prepareForThreads()
}

/// What is computed at a node of a ``JoinProgram``; it may keep something for the machine for which it was made.
public struct JoinComputation {
  /// Done before the bodies of a group are run.
  public var before: (() -> Void)?
  /// Whether the join goes on, asked after the bodies of a group; `nil` if it does in any case.
  public var holds: ((JoinMachine) throws -> Bool)?
  /// Whether an error of the computation ends no more than the row.
  public var passesOver: ((any Error) -> Bool)?

  public init(
    before: (() -> Void)? = nil, passesOver: ((any Error) -> Bool)? = nil,
    holds: ((JoinMachine) throws -> Bool)? = nil
  ) {
    self.before = before
    self.passesOver = passesOver
    self.holds = holds
  }
}
