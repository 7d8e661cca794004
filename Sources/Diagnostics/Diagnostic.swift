/// What is wrong with a text or a graph, where, why, and what to do instead: what every mistake and every damage is thrown as.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Severity: String, Sendable { case error, warning }

  /// A remark beneath the message, with the place that it speaks of: the declaration that a use contradicts, say.
  public struct Note: Hashable, Sendable {
    public var message: String
    public var span: SourceSpan?
    public init(_ message: String, at span: SourceSpan? = nil) {
      self.message = message
      self.span = span
    }
  }

  /// How many parts of something long a message tells, besides its end.
  public static let mostShown = 8

  /// The first parts of something long, and its last one.
  public static func shortened(_ parts: [String]) -> [String] {
    if parts.count <= mostShown + 2 { return parts }
    return parts.prefix(mostShown) + ["… \(parts.count - mostShown - 1) more …", parts[parts.count - 1]]
  }

  public var code: Code
  public var severity: Severity
  /// One sentence without a full stop, in lower case: what was read and what was expected.
  public var message: String
  /// `nil` where it concerns no place, such as a file that cannot be read.
  public var span: SourceSpan?
  public var notes: [Note]
  /// What to write instead, as a phrase: `did you mean `partner`?`.
  public var help: String?
  /// Whether a help that knows more than this one may take its place.
  public var isHelpGeneral = false
  /// The name that nothing is known by, if that is what is wrong.
  public var unknownName: String?
  /// What else is wrong with the same input: what is thrown tells of all of it, and ``all`` gives it.
  public private(set) var others: [Diagnostic] = []

  public init(
    _ code: Code, _ message: String, at span: SourceSpan? = nil, help: String? = nil, notes: [Note] = [],
    severity: Severity = .error
  ) {
    self.code = code
    self.message = message
    self.span = span
    self.help = help
    self.notes = notes
    self.severity = severity
  }
}

extension Diagnostic {
  /// Several as one error: the first, with the others behind it.
  public init(all: [Diagnostic]) {
    self = all.first ?? Diagnostic(.internalError, "internal error: something is wrong, and nothing tells what")
    others = Array(all.dropFirst())
  }

  /// All that was found wrong, in the order in which it was found.
  public var all: [Diagnostic] {
    var first = self
    first.others = []
    return [first] + others
  }
}
