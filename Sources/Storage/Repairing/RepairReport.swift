/// What a repair has kept, and what it could not.
public struct RepairReport: Sendable {
  /// Whether there was nothing to repair.
  public internal(set) var isWhole = false
  /// How many facts the repaired graph has.
  public internal(set) var facts = 0
  public internal(set) var relations = 0
  /// How many records of the journal are in the repaired graph.
  public internal(set) var changes = 0
  /// What was damaged and is whole again, or is otherwise good to know, one sentence each.
  public internal(set) var notes: [String] = []
  /// What is lost and why.
  public internal(set) var losses: [Loss] = []

  /// Something that is lost.
  public struct Loss: Sendable {
    /// What is lost, of what, and why.
    public var text: String
    /// How many facts of a relation are lost.
    public var facts = 0
  }

  /// `2 facts`, `1 fact`.
  static func count(_ number: Int, _ singular: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? singular : plural)"
  }
}
