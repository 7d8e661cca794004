import Diagnostics
import Sessions

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
