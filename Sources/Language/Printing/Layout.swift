import Diagnostics

/// A statement with a body, taken apart into what may stand on lines of its own.
struct Layout {
  /// A head, a literal or a pipe.
  struct Piece {
    var lines: [String]
    /// Where it stands in the source that was read.
    var range: Range<Int>

    mutating func append(_ text: String) {
      guard !lines.isEmpty else { return }
      lines[lines.count - 1] += text
    }
  }

  /// How many columns a line of canonical source takes, where it can be broken.
  static let width = 100

  /// `?-`, or what ends with `:-`.
  private let opening: Piece
  private let isQuery: Bool
  private let body: Formula
  private let pipes: [Piece]

  private init(_ opening: String, _ range: Range<Int>, _ body: Formula) {
    self.opening = Piece(lines: [opening], range: range)
    self.body = body
    isQuery = false
    pipes = []
  }

  init(_ query: Query) {
    opening = Piece(lines: ["?-"], range: query.span.start..<query.span.start)
    body = query.body
    isQuery = true
    pipes = query.pipes
  }

  /// `nil` for a fact.
  init?(_ rule: Rule) {
    guard let body = rule.body else { return nil }
    self.init("\(rule.head.source) :-", rule.head.span.start..<rule.head.span.end, body)
  }

  /// `nil` where the statement has no body.
  init?(_ statement: Statement) {
    switch statement {
    case .rule(let rule): self.init(rule)
    case .query(let query): self.init(query)
    case .constraint(let description, let body, let span):
      // Where the description ends is not kept; what follows the first word comes behind the `:-`.
      self.init("constraint \(description.quoted) :-", span.start..<span.start + "constraint".utf8.count, body)
    default: return nil
    }
  }

  /// The statement with its full stop: on one line where it fits; else the pipes on lines of their own, or the body
  /// beneath the head; and where that does not fit, each literal.
  var text: String {
    let pipeLines = pipes.flatMap(\.lines)
    let body = body.source
    let line = ([opening.lines[0], body] + pipeLines).joined(separator: " ") + "."
    if Self.fits(line) { return line }
    let divided = isQuery ? ["?- " + body] + pipeLines.map { "  " + $0 } : [opening.lines[0], "  " + body]
    if divided.count > 1, divided.allSatisfy({ Self.fits($0 + ".") }) { return divided.joined(separator: "\n") + "." }
    return pieces.flatMap(\.lines).joined(separator: "\n")
  }

  private static func fits(_ line: String) -> Bool { line.unicodeScalars.count <= width }

  /// The statement with its full stop, a literal or pipe a line.
  var pieces: [Piece] {
    let indent = isQuery ? "   " : "  "
    var pieces = body.pieces(in: Self.width - indent.utf8.count - 2)
    for index in pieces.indices { pieces[index].lines = pieces[index].lines.map { indent + $0 } }
    if isQuery, !pieces.isEmpty {
      pieces[0].lines[0] = "?- " + pieces[0].lines[0].dropFirst(indent.count)
      pieces[0].range = opening.range.lowerBound..<pieces[0].range.upperBound
    } else {
      pieces.insert(opening, at: 0)
    }
    pieces += pipes.map { Piece(lines: $0.lines.map { "  " + $0 }, range: $0.range) }
    pieces[pieces.count - 1].append(".")
    return pieces
  }
}

extension Query {
  /// What follows the body, each part with its `|`.
  fileprivate var pipes: [Layout.Piece] {
    var pipes: [Layout.Piece] = []
    if let selection {
      let names = selection.map(\.name).joined(separator: ", ")
      pipes.append(pipe("select \(names)", selection.map(\.span)))
    }
    if !order.isEmpty {
      let names = order.map { $0.variable.name + ($0.descending ? " desc" : "") }.joined(separator: ", ")
      pipes.append(pipe("order by \(names)", order.map(\.variable.span)))
    }
    if let limit { pipes.append(pipe("limit \(limit.source)", [limit.span])) }
    if let offset { pipes.append(pipe("offset \(offset.source)", [offset.span])) }
    return pipes
  }

  private func pipe(_ text: String, _ places: [SourceSpan]) -> Layout.Piece {
    Layout.Piece(lines: ["| " + text], range: (places.first?.start ?? span.end)..<(places.last?.end ?? span.end))
  }
}
