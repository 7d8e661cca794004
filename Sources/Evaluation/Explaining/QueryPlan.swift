import Diagnostics
import Relations

/// How a query is answered: the relations that it rests on in the order in which they are computed, the query last.
public struct QueryPlan: Sendable {
  /// How the rows of one relation come about.
  public struct Stage: Sendable {
    /// The relation; for the query itself `the query`.
    public var name: String
    /// What is done, as a phrase: `as it is stated`, `as a closure, in one pass over the condensed graph of its steps`.
    public var manner: String
    /// The plans of its rules.
    public var rules: [RulePlan] = []
    /// About how many rows it has.
    public var estimate: Double
    /// How many it has, and how long it took beside what it rests on, in seconds; where the plan was run.
    public var outcome: (rows: Int, seconds: Double)?
  }

  public struct RulePlan: Sendable {
    /// Where the rule stands; `nil` for the query and what paths are made into.
    public var place: SourceSpan?
    /// The literal that reads only what the last round has brought, in rounds of recursion.
    public var delta: String?
    /// How often it was run; `nil` where it was not.
    public var runs: Int?
    public var steps: [Step]
    /// What is run, of which the steps tell.
    package var program: JoinProgram
    /// What the user may want to know: that nothing connects two parts of the body, say.
    public var advice: [String] = []
  }

  public struct Step: Sendable {
    /// How far within other steps it stands, from 0.
    public var depth: Int
    /// What is done for each solution of the steps above, as a phrase.
    public var text: String
    /// About how many values a variable takes each time.
    public var estimate: Double?
    /// What came of it, where the plan was run; `nil` also for steps that are done together with the one above.
    public var outcome: Outcome?
  }

  /// What came of a step in all its runs.
  public struct Outcome: Sendable {
    /// How often it was done.
    public var count: Int
    /// For how many values, in all, the steps within it were done.
    public var found: Int?
    /// How long it took with all steps within it, and with the counting.
    public var seconds: Double
  }

  public var stages: [Stage] = []
}
