import Graphs
import Language

/// A graph and its rules as they were once, to go back to.
public struct Moment {
  /// The position in the graph's ledger.
  public let position: Int
  let program: Program
  let termCount: Int
  let stepCount: Int
}

/// What the last entries of the prompt, the last loads and transactions changed, the latest last.
struct Undoing {
  struct Step {
    /// Where in the ledger its changes are.
    var ranges: [Range<Int>]
    /// The rules before.
    var program: Program
    /// The file or folder, if it was a load.
    var path: String?
    var isTransaction = false
  }

  private(set) var steps: [Step] = []
  /// What was loaded and stated more facts than the ledger keeps, after which nothing was done that can be undone.
  private(set) var irrevocableLoad: String?
  /// So many steps can be undone.
  private static let mostSteps = 100
  /// The step with which a transaction begins, all of whose steps are remembered.
  private var beginning: Int?

  /// From where on the ledger is to keep changes; `nil` if nothing can be undone.
  var position: Int? { steps.first?.ranges.first?.lowerBound }

  /// Forgets steps that would take back what others have changed: all if rules or what steps have changed became otherwise, else
  /// those up to the last load.
  mutating func noteMerge(replacing isReplacing: Bool) {
    let last = isReplacing ? steps.indices.last : steps.lastIndex { $0.path != nil }
    if let last { steps.removeFirst(last + 1) }
  }

  /// Forgets all, for a load that cannot be undone.
  mutating func forget(loading path: String?) {
    steps = []
    irrevocableLoad = path
  }

  /// Forgets the latest steps, which were undone.
  mutating func keepFirst(_ count: Int) { steps.removeLast(max(0, steps.count - count)) }

  mutating func push(_ step: Step) {
    steps.append(step)
    if beginning == nil { forgetOldest() }
  }

  /// The last step; within a transaction none of before it.
  mutating func pop() -> Step? { steps.count > beginning ?? 0 ? steps.popLast() : nil }

  mutating func beginTransaction() { beginning = steps.count }

  /// Makes one step of those of the transaction.
  mutating func endTransaction() {
    if let beginning, steps.count > beginning + 1 {
      let parts = Array(steps[beginning...])
      steps.removeSubrange(beginning...)
      steps.append(Step(ranges: parts.flatMap(\.ranges), program: parts[0].program, isTransaction: true))
    }
    beginning = nil
    forgetOldest()
  }

  private mutating func forgetOldest() { steps.removeFirst(max(0, steps.count - Self.mostSteps)) }
}

/// What was undone.
public struct Undone: Sendable {
  public var factsTakenBack = 0
  public var factsRestored = 0
  public var rulesForgotten = 0
  /// The first of the facts that were taken back and of those that were restored, as source, unless it was a load.
  public var takenBack: [String] = []
  public var restored: [String] = []
  /// The rules that were forgotten, if that is all that became of the rules.
  public var forgotten: [Rule] = []
  /// The file or folder, if it was a load.
  public var path: String?
  /// Whether it was a transaction of several entries.
  public var isTransaction = false
  /// The types and relations that it declared, which stay so.
  public var declared: [String] = []
  /// The position that the graph's ledger had before what was undone.
  public var position = 0

  /// So many facts of each sort are told one by one.
  public static let mostShown = 3
}
