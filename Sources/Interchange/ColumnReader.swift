import Evaluation
import Graphs
import Language
import Terms

/// Turns the fields of one column into terms, by the types that the relation's declaration gives it.
struct ColumnReader {
  /// The way to read nearly all fields of a column, from the bytes to the term without a detour.
  enum Shortcut {
    /// Anything: what is written as an integer is one, any other field is a string.
    case anything
    case integers
    case strings
    /// Entities, most of them written as bare names.
    case names
    case dates
    case none
  }

  let shortcut: Shortcut
  private let types: [PositionType]
  private let graph: Graph
  private let fit: PositionFit
  /// The entities that texts named so far: looking a name up costs more than the rest of a row.
  private var named: [String: Term] = [:]

  init(_ types: [PositionType], of graph: Graph) {
    self.types = types
    self.graph = graph
    fit = PositionFit(graph)
    if types.contains(.any) {
      shortcut = .anything
    } else if types == [.integer] {
      shortcut = .integers
    } else if types == [.string] {
      shortcut = .strings
    } else if types == [.date] {
      shortcut = .dates
    } else {
      shortcut = types.allSatisfy(\.isEntity) ? .names : .none
    }
  }

  /// The term of a field whose shortcut leads nowhere; where several types are taken, of the first that fits out of
  /// numbers, truth values, dates, names of entities and strings.
  mutating func term(
    _ text: UnsafeBufferPointer<UInt8>, at span: () -> SourceSpan
  ) throws(Diagnostic) -> Term {
    if text.count > TermDictionary.longestText {
      throw Diagnostic("a text has at most \(TermDictionary.longestText) bytes, and this has \(text.count)", at: span())
    }
    if let value = try number(text, at: span) { return graph.terms.intern(value) }
    let written = String(decoding: text, as: UTF8.self)
    if let value = valueWritten(written) { return graph.terms.intern(value) }
    if let term = named[written] { return term }
    let term = graph.terms.intern(try fit.fit(misfit(text, written), to: types, at: span()))
    named[written] = term
    return term
  }

  private func number(
    _ text: UnsafeBufferPointer<UInt8>, at span: () -> SourceSpan
  ) throws(Diagnostic) -> Value? {
    let takesAny = types.contains(.any)
    guard takesAny || types.contains(.integer) || types.contains(.decimal) else { return nil }
    let number = types.contains(.decimal) && !takesAny ? FieldNumber.any(text) : FieldNumber.integer(text)
    switch number {
    case .integer(let integer): return .integer(integer)
    case .decimal(let decimal): return Value.number(decimal)
    case .none: return nil
    case .tooGreat:
      if types.contains(.string) && !takesAny { return nil }
      throw Diagnostic(
        "the number does not fit: integers lie between \(Int64.min) and \(Int64.max)", at: span(),
        help: takesAny ? "declare the column as string to read it as a text" : nil)
    }
  }

  private func valueWritten(_ text: String) -> Value? {
    if types.contains(.any) { return .string(text) }
    if types.contains(.boolean), text == "true" || text == "false" { return .boolean(text == "true") }
    if types.contains(.date), let date = DateSpan(text) { return .date(date) }
    if types.contains(where: \.isEntity), let name = Self.name(text) { return .name(name) }
    return types.contains(.string) ? .string(text) : nil
  }

  /// The name that a field writes bare or in quotes.
  private static func name(_ text: String) -> String? {
    if Text.isBareName(text) { return text }
    guard text.utf8.first == UInt8(ascii: "'"), text.utf8.last == UInt8(ascii: "'") else { return nil }
    guard let fact = try? Parser.fact(in: SourceFile(name: "", text: "field(\(text))")), fact.arguments.count == 1,
      case .constant(.name(let name), _) = fact.arguments[0]
    else { return nil }
    return name
  }

  /// The field as a message shall call it: a number where no text is asked for.
  private func misfit(_ text: UnsafeBufferPointer<UInt8>, _ written: String) -> Value {
    if types.contains(where: \.isEntity) || types.contains(.date) { return .string(written) }
    switch FieldNumber.any(text) {
    case .integer(let integer): return .integer(integer)
    case .decimal(let decimal): return Value.number(decimal) ?? .string(written)
    default: return .string(written)
    }
  }
}
