import Diagnostics

/// Why something does not hold: how far each rule came that could give it, and what is nearly so.
public struct Refutation: Sendable {
  /// One way in which it could have held, and where that ended.
  public struct Attempt: Sendable {
    /// The place of the rule; `nil` where it is not a rule of the user's.
    public var rule: SourceSpan?
    /// The conditions that hold together, with their values, in the order in which they were looked at.
    public var reached: [String]
    /// The first condition that does not hold for any values for which those before it do; as it reads for the values
    /// in `reached`.
    public var failed: String
    /// Facts that are nearly what the failed condition asks for.
    public var near: [String]
  }

  /// What does not hold, as source.
  public var fact: String
  /// Whether facts of its relation are stated; where there are rules for it only, they alone could give it.
  public var isStored: Bool
  public var attempts: [Attempt] = []
  /// Facts that are nearly it.
  public var near: [String] = []
}
