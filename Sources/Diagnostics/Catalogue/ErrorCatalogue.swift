/// What a code means: in general, and by examples of how it comes about.
public struct ErrorEntry: Sendable {
  public let code: Code
  public let title: String
  public let explanation: String
  public let examples: [ErrorExample]
  /// Why there is no example to try, if there is none.
  public let reasonForNone: String?

  init(_ code: Code, _ title: String, _ explanation: String, _ examples: ErrorExample...) {
    (self.code, self.title, self.explanation, self.examples) = (code, title, explanation, examples)
    reasonForNone = nil
  }

  init(_ code: Code, _ title: String, _ explanation: String, withoutExample reason: String) {
    (self.code, self.title, self.explanation, examples) = (code, title, explanation, [])
    reasonForNone = reason
  }
}

/// A way of going wrong: a program or a line for a shell, and the same mended.
public struct ErrorExample: Sendable {
  /// What goes wrong in this one, if the entry has several.
  public let title: String?
  public let explanation: String?
  public let wrong: String
  public let mended: String

  init(title: String? = nil, explanation: String? = nil, _ wrong: String, mended: String) {
    (self.title, self.explanation, self.wrong, self.mended) = (title, explanation, wrong, mended)
  }

  /// Whether it is a line for a shell and no program.
  public var isCommand: Bool { wrong.split { $0 == " " || $0 == "\n" }.contains { $0 == "tiltas" } }
}

/// An entry for each code, by what they are about. `Documentation/Errors.md` is made from it, and `tiltas help CODE` shows it.
public enum ErrorCatalogue {
  public static let groups: [(title: String, entries: [ErrorEntry])] = [
    ("Words", words),
    ("Statements", statements),
    ("Relations and types", relations),
    ("Names", names),
    ("Bodies", bodies),
    ("Safety and strata", safety),
    ("Questions that could have no answer", neverEmpty),
    ("Explanations and constraints", explanations),
    ("Arithmetic and functions", functions),
    ("Files", files),
    ("Tables", tables),
    ("Snapshots and their journals", snapshots),
    ("The command line", commandLine),
    ("The shell", shell),
    ("Programs that use the library", library),
    ("Limits and the program itself", limits),
  ]

  /// `nil` for no code, as a test tells.
  public static func entry(for code: Code) -> ErrorEntry? {
    groups.lazy.flatMap(\.entries).first { $0.code == code }
  }
}
