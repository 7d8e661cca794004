/// What statements changed.
public struct Changes: Sendable {
  public var added = 0
  /// Facts that were stated already, and of which nothing new was said.
  public var known = 0
  /// Facts that were stated already, with other annotations.
  public var annotated = 0
  public var removed = 0
  /// Facts to take back that were not there.
  public var absent = 0
  /// The first of these, as source.
  public var absentFacts: [String] = []
  public var rules = 0
  /// The declarations and constraints, such as `type`, with how many there were of each.
  public var declared: [String: Int] = [:]
  /// The entities of which nothing was said before.
  public var newEntities: [NewName] = []
  /// The relations that were not there before, of which a fact was stated.
  public var newRelations: [NewName] = []
  public init() {}
}

/// An entity or a relation that an entry brought into the graph.
public struct NewName: Sendable {
  public var name: String
  /// The name of another one, which may have been meant.
  public var near: String?
}
