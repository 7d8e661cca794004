internal import Diagnostics
internal import Evaluation
internal import Language
internal import Sessions

/// What went wrong, with its place and what to do instead.
///
/// ```swift
/// do {
///   _ = try db.query("partnr(O, P)")
/// } catch let error as TiltasError {
///   print(error.message)  // there is no relation `partnr`
///   print(error.help ?? "")  // did you mean `partner`?
///   print(error)  // all of it, with the line and a caret under the place
/// }
/// ```
public struct TiltasError: Error, Sendable {
  /// A place in a text, counted from 1.
  public struct Place: Sendable, Hashable {
    /// The file's path, or `<query>` and the like for what is no file.
    public let file: String
    public let line: Int
    public let column: Int
  }

  /// Which error it is, as `T301`: it stays the same from version to version. `tiltas help T301` explains it.
  public let code: String
  /// One sentence, in lower case and without a full stop.
  public let message: String
  /// `nil` if it concerns no place in a text.
  public let place: Place?
  /// What to do instead.
  public let help: String?
  /// What else is wrong with the same text, in the order of the places.
  public private(set) var others: [TiltasError] = []
  private let text: String
}

extension TiltasError: CustomStringConvertible {
  /// The error as the shell shows it, without colours: the message, the place, the line with a caret, help and notes; then the others.
  public var description: String { ([text] + others.map(\.description)).joined(separator: "\n\n") }
}

extension TiltasError {
  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code.rawValue
    message = diagnostic.message
    place = diagnostic.span.map(Place.init)
    help = diagnostic.help
    text = diagnostic.rendered(color: false)
    others = diagnostic.others.map { TiltasError($0) }
  }

  init(_ code: Code, _ message: String, help: String? = nil) { self.init(Diagnostic(code, message, help: help)) }

  init(_ failure: QueryFailure) {
    switch failure {
    case .interrupted: self.init(.interrupted, "the work was interrupted")
    case .time(let seconds):
      self.init(
        .timeLimit, "the work takes longer than \(seconds) s", help: "allow more in `Options.seconds`, or ask for less")
    case .memory(let bytes):
      self.init(
        .memoryLimit, "the work needs more memory than \(bytes >> 20) MiB",
        help: "allow more in `Options.memory`, or ask for less")
    case .refused: self.init(.outOfMemory, "the system refuses more memory", help: "ask for less")
    }
  }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context): self.init(.noColumn, "`\(key.stringValue)`: \(context.debugDescription)")
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      self.init(.wrongCell, (path.isEmpty ? "" : "`\(path)`: ") + context.debugDescription)
    @unknown default: self.init(.wrongCell, "\(error)")
    }
  }

  /// What the modules beneath throw, as a programmer is told. Cancellation and what a body of the caller's threw stay what they are.
  static func told(_ error: any Error) -> any Error {
    switch error {
    case let diagnostic as Diagnostic: TiltasError(diagnostic)
    case QueryFailure.interrupted where Task.isCancelled: CancellationError()
    case let failure as QueryFailure: TiltasError(failure)
    default: error
    }
  }

  static func noColumn(_ name: String, _ columns: [String]) -> TiltasError {
    let near = Suggestion.nearest(to: name, among: columns)
    return TiltasError(
      .noColumn, "the answers have no column `\(name)`",
      help: near.map { "did you mean `\($0)`?" }
        ?? (columns.isEmpty
          ? "the query answers yes or no: ask for `holds`"
          : "the columns are \(columns.map { "`\($0)`" }.joined(separator: ", "))"))
  }

  static func wrongKind(_ value: Value, _ type: Any.Type, column: String) -> TiltasError {
    TiltasError(.wrongCell, "the column `\(column)` holds \(value.kind), \(value), which is no \(type)")
  }
}

extension TiltasError.Place {
  init(_ span: SourceSpan) {
    let (line, column) = span.file.position(of: span.start)
    self.init(file: span.file.name, line: line, column: column)
  }
}
