import Diagnostics
import Evaluation
import Graphs
import Language
import Terms

/// Turns the fields of one column into terms, by the types that the relation's declaration gives it or by what all of its fields
/// are.
struct ColumnReader {
  /// The way to read nearly all fields of a column, from the bytes to the term without a detour.
  enum Shortcut {
    case integers, decimals
    /// Only those that would be written just so.
    case plainIntegers, plainDecimals
    case strings
    /// Strings most of which are words.
    case words
    /// Entities, most of them written as bare names.
    case names
    /// Entities whatever is written, where none has a name of another kind.
    case ids
    case dates
    case none
    /// The column is left out.
    case skipped
  }

  /// What a field is.
  enum Field {
    case term(Term)
    /// Nothing is stated.
    case empty
    /// Something that the column does not hold as far as is known: it is of the kind given.
    case other(ColumnKind)
  }

  let shortcut: Shortcut
  private let types: [PositionType]
  /// What the column holds where no type says it.
  private let kind: ColumnKind?
  private let emptyFields: EmptyFields
  private let readsQuotedNames: Bool
  private let graph: Graph
  private let fit: PositionFit
  /// The entities that texts named so far: looking a name up costs more than the rest of a row.
  private var named: [String: Term] = [:]

  /// - Parameters:
  ///   - types: `nil` of a column that is left out.
  ///   - kind: what the column holds, where it takes anything.
  ///   - readsQuotedNames: whether an entity may stand in `'`.
  init(
    _ types: [PositionType]?, _ kind: ColumnKind?, of graph: Graph, _ emptyFields: EmptyFields, readsQuotedNames: Bool
  ) {
    self.types = types ?? []
    self.kind = kind
    self.emptyFields = emptyFields
    self.readsQuotedNames = readsQuotedNames
    self.graph = graph
    fit = PositionFit(graph)
    shortcut =
      if let types { emptyFields.marker.isEmpty ? Self.shortcut(types, kind, hasNames: graph.hasNames) : .none } else {
        .skipped
      }
  }

  private static func shortcut(_ types: [PositionType], _ kind: ColumnKind?, hasNames: Bool) -> Shortcut {
    switch kind {
    case .integers: return .plainIntegers
    case .decimals: return .plainDecimals
    case .texts: return .words
    case nil: break
    }
    switch types {
    case [.integer]: return .integers
    case [.decimal], [.integer, .decimal], [.decimal, .integer]: return .decimals
    case [.string]: return .strings
    case [.date]: return .dates
    default: return types.allSatisfy(\.isEntity) ? hasNames ? .names : .ids : .none
    }
  }

  /// A field whose shortcut leads nowhere; where several types are taken, of the first that fits out of numbers, truth values,
  /// dates, names of entities and strings.
  mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, at span: () -> SourceSpan
  ) throws(Diagnostic) -> Field {
    if shortcut == .skipped { return .term(Term(0)) }
    if text.count > TermDictionary.longestText {
      throw Diagnostic(
        .textTooLong, "a text has at most \(TermDictionary.longestText) bytes, and this has \(text.count)", at: span())
    }
    if emptyFields.isMarker(text) { return .empty }
    if let kind { return read(text, as: kind) }
    if text.isEmpty && !(emptyFields.areTexts && types.contains(.string)) { return .empty }
    if let value = try number(text, at: span) { return .term(graph.terms.intern(value)) }
    let written = String(decoding: text, as: UTF8.self)
    if let value = valueWritten(written) { return .term(graph.terms.intern(value)) }
    if let term = named[written] { return .term(term) }
    let takesAnyName = types.contains(where: \.isEntity)
    let value =
      takesAnyName
      ? try fit.entity(identifiedBy: written, types, at: span())
      : try fit.fit(misfit(text, written), to: types, at: span())
    let term = graph.terms.intern(value)
    named[written] = term
    return .term(term)
  }

  private func read(_ text: UnsafeBufferPointer<UInt8>, as kind: ColumnKind) -> Field {
    if emptyFields.holds(text) { return .empty }
    if kind == .texts { return .term(graph.terms.intern(utf8: text, asName: false)) }
    let own = ColumnKind(text)
    if own > kind { return .other(own) }
    switch FieldNumber.any(text) {
    case .integer(let integer): return .term(graph.terms.intern(integer: integer))
    case .decimal(let decimal): return .term(graph.terms.intern(.decimal(decimal)))
    case .none, .tooGreat: return .other(.texts)
    }
  }

  private func number(
    _ text: UnsafeBufferPointer<UInt8>, at span: () -> SourceSpan
  ) throws(Diagnostic) -> Value? {
    guard types.contains(.integer) || types.contains(.decimal) else { return nil }
    switch types.contains(.decimal) ? FieldNumber.any(text) : FieldNumber.integer(text) {
    case .integer(let integer): return .integer(integer)
    case .decimal(let decimal): return Value.number(decimal)
    case .none: return nil
    case .tooGreat:
      if types.contains(.string) { return nil }
      throw Diagnostic(
        .integerTooGreat, "the number does not fit: integers lie between \(Int64.min) and \(Int64.max)", at: span(),
        help: "declare the column as string to read it as a text")
    }
  }

  private func valueWritten(_ text: String) -> Value? {
    if types.contains(.boolean), text == "true" || text == "false" { return .boolean(text == "true") }
    if types.contains(.date), let date = DateSpan(text) { return .date(date) }
    if types.contains(where: \.isEntity), let name = name(text) { return .name(name) }
    return types.contains(.string) ? .string(text) : nil
  }

  /// The name that a field writes bare or in quotes.
  private func name(_ text: String) -> String? {
    if Text.isBareName(text) { return text }
    guard readsQuotedNames, text.utf8.first == UInt8(ascii: "'"), text.utf8.last == UInt8(ascii: "'") else {
      return nil
    }
    guard let fact = try? Parser.fact(in: SourceFile(name: "", text: "field(\(text))")), fact.arguments.count == 1,
      case .constant(.name(let name), _) = fact.arguments[0]
    else { return nil }
    return name
  }

  /// The field as a message shall call it: a number where no text is asked for.
  private func misfit(_ text: UnsafeBufferPointer<UInt8>, _ written: String) -> Value {
    if types.contains(.date) { return .string(written) }
    switch FieldNumber.any(text) {
    case .integer(let integer): return .integer(integer)
    case .decimal(let decimal): return Value.number(decimal) ?? .string(written)
    default: return .string(written)
    }
  }
}
