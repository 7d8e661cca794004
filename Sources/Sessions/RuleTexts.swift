import Diagnostics
import Language
import Terms

/// The rules, parameters and constraints of sources as texts of their own, without the facts: what a snapshot keeps
/// besides the graph.
///
/// Each text has its source's name and its lines, so that messages and explanations name the lines of the source.
struct RuleTexts {
  private(set) var texts: [(name: String, text: String)] = []

  /// - Parameter isInForce: whether a statement is to be kept, if it is of these.
  init(_ sources: [SourceFile], isInForce: (Statement) -> Bool) {
    for source in sources {
      let text = Self.text(of: source, isInForce)
      if !text.isEmpty { texts.append((source.name, text)) }
    }
  }

  private static func text(of source: SourceFile, _ isInForce: (Statement) -> Bool) -> String {
    var parser = Parser(source, mode: .prompt)
    var bytes: [UInt8] = []
    var line = 1
    while let statement = parser.next() {
      guard let written = written(statement), isInForce(statement) else { continue }
      let start = source.line(of: statement.span.start)
      while line < start {
        bytes.append(0x0A)
        line += 1
      }
      bytes += Array((written + ". ").utf8)
      line += written.utf8.count { $0 == 0x0A }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The statement without its full stop, where it is to be kept.
  static func written(_ statement: Statement) -> String? {
    switch statement {
    case .parameter(let name, let value, let description):
      let told = description.map { " " + Value.string($0).description } ?? ""
      return "param \(name.name) = \(value.description)\(told)"
    case .rule(let rule) where rule.body == nil: return nil
    case .rule, .constraint: return statement.span.statementText
    default: return nil
    }
  }
}
