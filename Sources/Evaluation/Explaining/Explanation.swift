import Diagnostics
import Terms

/// Why something holds: the rules and facts that it follows from, down to the statements of each fact.
///
/// The nodes form a graph without cycles: what two premises share is one node. `nodes[0]` is what was asked.
public struct Explanation: Sendable {
  public struct Node: Sendable {
    /// What holds, as source: `partner(klaipeda_administration, water_quality)`, `3 > 2`, `not held_on(visit, _)`.
    public var conclusion: String
    public var reason: Reason
    /// The relation that it is of, as messages name it; `nil` where it is no row of a relation.
    public var relation: String?
    /// The nodes that it follows from, by their numbers.
    public var premises: [Int] = []
  }

  public enum Reason: Sendable {
    /// It is stated: for each annotated statement its keys and values.
    case stated([[(key: String, value: Value)]])
    /// A rule with its place gives it from the premises.
    case rule(SourceSpan)
    /// A member of a subtype is one of its supertypes.
    case subtype
    /// The query asks for it.
    case query
    /// One or more steps along a path.
    case path
    /// It follows from the values alone.
    case computed
    /// Nothing was found that would contradict it.
    case notFound
    /// An aggregate of so many rows, of which the premises show the first.
    case aggregate(rows: Int, shown: Int)
    /// One of the entity's names has the words.
    case name
  }

  public internal(set) var nodes: [Node] = []

  init() {}
}
