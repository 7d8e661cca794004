import Diagnostics
import Evaluation
import Sessions

/// A program that the command line names: a file, or `-` for standard input, which can be read once only.
final class ProgramFile {
  /// `nil` for standard input.
  private let path: String?
  private var input: SourceFile?

  init(_ operand: String) { path = operand == "-" ? nil : operand }

  private func standardInput() throws -> SourceFile {
    let source = try input ?? Watchdog.pausing { try Files.standardInput() }
    input = source
    return source
  }

  /// What it says; `nil` where it can't be read, which is told when it is run.
  var source: SourceFile? { path.map { try? Session.source($0) } ?? (try? standardInput()) }

  /// Declares what the program does. A file that can't be read is told of when it is run.
  func declare(in session: Session) {
    if let path { try? session.declare(path: path) } else if let input = try? standardInput() { session.declare(input) }
  }

  /// Carries its statements out and answers its queries.
  func run(in session: Session, answer: (Answers) throws -> Void, explain: (Engine.Reply) throws -> Void) throws {
    if let path {
      try session.run(path: path, answer: answer, explain: explain)
    } else {
      try session.run(standardInput(), answer: answer, explain: explain)
    }
  }

  /// Reads its statements.
  func load(into session: Session) throws {
    if let path { try session.load(path: path) } else { try session.load(standardInput()) }
  }
}

/// Numbers the queries of programs, with the files that they include, before they are run: from 1, in the order in which they
/// are asked. So a query that fails has its number too.
struct QueryNumbers {
  private var numbers: [String: Int] = [:]
  private var seen: Set<String> = []

  init() {}

  init(_ programs: [ProgramFile]) {
    for program in programs { if let source = program.source { add(source) } }
  }

  var count: Int { numbers.count }

  /// The number of a query; `nil` if it is not one of the programs.
  subscript(_ query: Query) -> Int? { numbers[Self.place(of: query)] }

  private static func place(of query: Query) -> String { "\(path(query.span.file)):\(query.span.start)" }

  private static func path(_ file: SourceFile) -> String { Files.resolved(file.name) ?? file.name }

  private mutating func add(_ source: SourceFile) {
    guard seen.insert(Self.path(source)).inserted else { return }
    var parser = Parser(source)
    while let statement = parser.next() {
      switch statement {
      case .query(let query): numbers[Self.place(of: query)] = count + 1
      case .include(let path, _):
        let folder = Files.parent(of: source.name)
        let target = path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
        if !Gate.isClosed, let included = try? Session.source(target) { add(included) }
      case .type, .relation, .rule, .defaults, .parameter, .importFile, .constraint, .update, .retraction, .why,
        .whyAnswer:
        break
      }
    }
  }
}
