extension Database {
  /// How a database works.
  public struct Options: Sendable {
    /// How many seconds one query or change may take; `nil` for as many as it needs.
    public var seconds: Double?
    /// How many bytes of memory the whole process may take while the database works; `nil` for as many as there are.
    public var memory: Int?
    /// How many threads may share a query that takes long.
    public var threads = 1
    /// Whether statements such as `include` and `import` may read files. What ``Database/load(_:)`` is told to read is read all the same.
    public var statementsReadFiles = true
    /// Whether changes of a snapshot that was opened are kept beside it. Without it others may change the snapshot meanwhile.
    public var keepsChanges = true

    public init() {}
  }
}
