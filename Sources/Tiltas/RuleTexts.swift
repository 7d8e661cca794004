import Language
import Terms

/// The rules, parameters and constraints of sources as texts of their own, without the facts: what a snapshot keeps
/// besides the graph.
///
/// Each text has its source's name and its lines, so that messages and explanations name the lines of the source.
struct RuleTexts {
  private(set) var texts: [(name: String, text: String)] = []

  /// - Parameter isInForce: whether the value of a parameter is that of the statement which names it at this place.
  init(_ sources: [SourceFile], isInForce: (Identifier) -> Bool) {
    for source in sources {
      let text = Self.text(of: source, isInForce)
      if !text.isEmpty { texts.append((source.name, text)) }
    }
  }

  private static func text(of source: SourceFile, _ isInForce: (Identifier) -> Bool) -> String {
    var parser = Parser(source, mode: .prompt)
    var bytes: [UInt8] = []
    var line = 1
    while let statement = parser.next() {
      if case .parameter(let name, _, _) = statement, !isInForce(name) { continue }
      guard let written = written(statement, in: source) else { continue }
      let start = source.line(of: statement.span.start)
      while line < start {
        bytes.append(0x0A)
        line += 1
      }
      bytes += written
      bytes += Array(". ".utf8)
      line += written.count { $0 == 0x0A }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The statement without its full stop, where it is to be kept.
  static func written(_ statement: Statement, in source: SourceFile) -> [UInt8]? {
    switch statement {
    case .parameter(let name, let value, let description):
      let told = description.map { " " + Value.string($0).description } ?? ""
      return Array("param \(name.name) = \(value.description)\(told)".utf8)
    case .rule(let rule) where rule.body == nil: return nil
    case .rule, .constraint:
      var end = min(statement.span.end, source.bytes.count)
      if end > 0, source.bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
      return Array(source.bytes[statement.span.start..<end])
    default: return nil
    }
  }
}
