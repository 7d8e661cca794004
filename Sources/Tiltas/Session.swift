@_exported import Evaluation
@_exported import Graphs
@_exported import Language
@_exported import Terms

/// What is wrong with an input, all of it, in the order of its places.
public struct Diagnostics: Error, Sendable {
  public var all: [Diagnostic]
  public init(_ all: [Diagnostic]) { self.all = all }
}

/// What loading and answering took, for `--stats`.
public struct Statistics: Sendable {
  public var loadSeconds = 0.0
  public var querySeconds = 0.0
  public var facts = 0
  public var rows = 0
  public init() {}
}

/// An open graph with its rules and parameters: load files, ask, add, take back, save.
///
/// A session belongs to one thread at a time; only ``interruption`` may be used from another or from a signal handler.
public final class Session {
  public let graph = Graph()
  public var limits = Limits()
  /// Ends the running query when it is set.
  public let interruption = Interruption()
  public private(set) var statistics = Statistics()

  public init() {}

  /// Reads a folder (every `.dl` file under it, in the order of their paths) or a file by its ending (`.dl`, `.tiltas`
  /// for a snapshot) into the graph: its types, relations, facts, rules, parameters and constraints. Queries in it are
  /// not asked. Throws ``Diagnostics``; what could be read stays read.
  public func load(path: String) throws { throw Diagnostics([]) }

  /// Reads statements from a text into the graph, as ``load(path:)`` does.
  public func load(_ source: SourceFile) throws { throw Diagnostics([]) }

  /// Reads each `NAME.tsv`, `NAME.csv` and `NAME.facts` of a folder into the relation NAME.
  public func loadFacts(folder: String) throws { throw Diagnostics([]) }

  /// Sets a parameter as `--param NAME=VALUE` does: the text is read as a constant of the language where it is one, and
  /// as a string otherwise. It prevails over the default of a `param` statement.
  public func setParameter(_ name: String, to text: String) throws { throw Diagnostics([]) }

  /// Reads a file's statements and answers its queries in their order; their rules, parameters and facts last for this
  /// run only. `answer` is called for each query as it comes. Throws ``Diagnostics`` or ``QueryFailure`` or what `answer` throws.
  public func run(path: String, answer: (Answers) throws -> Void) throws { throw Diagnostics([]) }

  /// As ``run(path:answer:)``, for a text; `include` and `import` are relative to the working folder.
  public func run(_ source: SourceFile, answer: (Answers) throws -> Void) throws { throw Diagnostics([]) }

  /// Answers one query, of which `?-` and the full stop may be left out.
  public func query(_ text: String, name: String = "<query>") throws -> Answers { throw Diagnostics([]) }

  /// Runs one entry of the prompt: a query, `+fact.`, `-fact.`, a rule, a declaration, any number of them. What it
  /// defines stays for the session. Returns what happened, for a message: the number of facts added and taken back and
  /// of rules defined; answers go to `answer` as they come.
  public func enter(_ text: String, answer: (Answers) throws -> Void) throws -> Changes { throw Diagnostics([]) }

  /// What an entry changed.
  public struct Changes: Sendable {
    public var added = 0
    /// Facts that were stated already.
    public var known = 0
    public var removed = 0
    /// Facts to take back that were not there.
    public var absent = 0
    public var rules = 0
    public init() {}
  }

  /// Checks all that is loaded: arity, types, safety, strata, and every constraint. Empty where all is well.
  /// Broken constraints are told apart by ``Problems/brokenConstraints``.
  public func check() throws -> Problems { Problems() }

  /// What ``check()`` found.
  public struct Problems: Sendable {
    public var diagnostics: [Diagnostic] = []
    public var brokenConstraints: [Diagnostic] = []
    public init() {}
    public var isEmpty: Bool { diagnostics.isEmpty && brokenConstraints.isEmpty }
  }

  /// Writes the whole graph as a snapshot: whole or not at all.
  public func save(to path: String) throws { throw Diagnostics([]) }

  /// Whether facts or rules have changed since the graph was opened or saved.
  public var hasUnsavedChanges: Bool { false }

  /// The rules that are in force, each as its source text with its place, for `:rules`.
  public var rules: [(text: String, span: SourceSpan)] { [] }
}

/// What `tiltas info` tells of a snapshot file, without opening it as a graph.
public struct SnapshotInfo: Sendable {
  public var version: Int
  public var bytes: Int
  public var terms: Int
  public var types: Int
  public var relations: [(name: String, arity: Int, facts: Int)]
  public var statements: Int
  public init(path: String) throws { throw Diagnostics([]) }
}
