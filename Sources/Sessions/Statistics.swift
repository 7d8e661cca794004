/// What loading and answering took, for `--stats`.
public struct Statistics: Sendable {
  public var loadSeconds = 0.0
  public var querySeconds = 0.0
  public var facts = 0
  public var queries = 0
  public var rows = 0
  public init() {}
}
