import Diagnostics
import Graphs
import Language
import Terms

/// Brings a constant into the form that a position of a relation takes: a string that names an entity becomes the
/// entity, one that writes a date the date.
public struct PositionFit {
  private let graph: Graph
  /// Whether a string may be the name by which the graph refers to an entity, as the text of a parameter may.
  private let takesIds: Bool

  public init(_ graph: Graph, takesIds: Bool = false) {
    self.graph = graph
    self.takesIds = takesIds
  }

  /// The value as the position takes it; throws where none of the types takes it.
  public func fit(_ value: Value, to types: [PositionType], at span: SourceSpan) throws(Diagnostic) -> Value {
    if types.contains(.date), case .string(let text) = value, let date = DateSpan(text), !types.contains(.string) {
      return .date(date)
    }
    if types.contains(.any) { return value }
    switch value {
    case .name: if types.contains(where: \.isEntity) { return value }
    case .string(let text):
      if types.contains(.string) { return value }
      if types.contains(where: \.isEntity) { return try entity(text, types, span) }
    case .integer: if types.contains(.integer) || types.contains(.decimal) { return value }
    case .decimal: if types.contains(.decimal) { return value }
    case .boolean: if types.contains(.boolean) { return value }
    case .date: if types.contains(.date) { return value }
    }
    throw mismatch(value, types, span)
  }

  /// The keys whose values are dates, so that a string with one of them is read as a date. Others may be texts as well:
  /// `{until: "the end of the visit"}`.
  static let dateKeys: Set<String> = ["from", "until", "at"]

  /// The value as an annotation of a key takes it; throws where a date was meant and is none. The place is asked for only
  /// then, since that of a plain fact has to be read anew.
  func fit(
    _ value: Value, toAnnotation key: String, at span: @autoclosure () -> SourceSpan
  ) throws(Diagnostic) -> Value {
    guard Self.dateKeys.contains(key), case .string(let text) = value else { return value }
    if let date = DateSpan(text) { return .date(date) }
    if Self.isMeantAsDate(text) { throw mismatch(value, [.date], span()) }
    return value
  }

  /// The value as a position takes it of which only rules tell what stands there: a string where none can stand is a date or
  /// names an entity. The relation was not declared to refuse anything, so that what else can never match is merely not found,
  /// and so is a string in a graph that names no entities.
  func fit(_ value: Value, toDerived types: [PositionType], at span: SourceSpan) throws(Diagnostic) -> Value {
    guard case .string(let text) = value, !types.contains(.any), !types.contains(.string) else { return value }
    if types.contains(.date), let date = DateSpan(text) { return .date(date) }
    guard types.contains(where: \.isEntity), graph.hasNames else { return value }
    return try entity(text, types, span)
  }

  private static func isMeantAsDate(_ text: String) -> Bool {
    let separators = text.utf8.count { "-/.".utf8.contains($0) }
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    return separators > 0 && digits > 3 && separators + digits == text.utf8.count || DateSpan.nearMiss(text) != nil
  }

  /// Why a value that is stored does not fit as it is; `nil` where it does.
  func problem(_ value: Value, _ types: [PositionType], _ span: SourceSpan) -> Diagnostic? {
    do throws(Diagnostic) {
      if try fit(value, to: types, at: span) == value { return nil }
      return Diagnostic(.wrongKind, "it reads \(value.description) otherwise", at: span)
    } catch {
      return error
    }
  }

  private func mismatch(_ value: Value, _ types: [PositionType], _ span: SourceSpan) -> Diagnostic {
    let expected = types.map { Self.phrase($0) }.joined(separator: " or ")
    var help: String?
    if types.contains(.date), case .integer(let number) = value, let year = Int(exactly: number),
      let date = DateSpan(year: year)
    {
      help = "for a whole year write \(Value.date(date).description)"
    } else if types.contains(.date), case .string(let text) = value, let why = DateSpan.whyInvalid(text) {
      help = WrittenDate.help(text) ?? why
    } else if types.contains(.string), case .name(let name) = value {
      help = "in quotes it is a string: \"\(name)\""
    } else if case .string(let text) = value, let number = Self.numberHelp(text, types) {
      help = number
    } else if types.contains(.integer), case .decimal = value {
      help = "declare the position `decimal` if numbers have a fraction"
    } else if types.contains(.string) {
      help = "in quotes it is a string: \"\(value.description)\""
    } else if types.contains(where: \.isEntity) {
      help = "an entity is a name, such as `klaipeda`, or a string that is the label of one"
    }
    return Diagnostic(.wrongKind, "expected \(expected) here, not \(Self.phrase(value))", at: span, help: help)
  }

  private static func numberHelp(_ text: String, _ types: [PositionType]) -> String? {
    guard types.contains(.integer) || types.contains(.decimal) else { return nil }
    if !types.contains(.decimal), ForeignNumber.isLiteral(text), Int64(text.filter { $0 != "_" }) == nil {
      return "declare the position `decimal` if numbers have a fraction"
    }
    return ForeignNumber.help(text)
  }

  static func phrase(_ type: PositionType) -> String {
    switch type {
    case .any: "anything"
    case .entity: "an entity"
    case .member(let name): "\("aeiou".contains(name.first ?? "b") ? "an" : "a") \(name)"
    case .string: "a string"
    case .integer: "an integer"
    case .decimal: "a number"
    case .boolean: "true or false"
    case .date: "a date"
    }
  }

  static func phrase(_ value: Value) -> String {
    switch value {
    case .name: "the entity `\(value.description)`"
    case .string: "the string `\(value.description)`"
    case .integer, .decimal: "the number `\(value.description)`"
    case .boolean: "`\(value.description)`"
    case .date: "the date `\(value.description)`"
    }
  }

  /// The entity that a text names, of a type that fits.
  private func entity(_ text: String, _ types: [PositionType], _ span: SourceSpan) throws(Diagnostic) -> Value {
    let bearers = graph.entities(named: text)
    let fitting = bearers.filter { mayBe($0, types) }
    let candidates = fitting.isEmpty ? bearers : fitting
    if candidates.count == 1 { return graph.terms.value(candidates[0]) }
    if candidates.isEmpty, takesIds, graph.speaksOf(text) { return .name(text) }
    if candidates.isEmpty {
      throw Diagnostic(
        .unknownEntity, "no entity has the name \(Value.string(text).description)", at: span,
        help: suggestion(for: text, types)
          ?? "look for it by its words: `:find \(text)` in the shell, `tiltas find` outside of it")
    }
    let shown = Array(candidates.prefix(8))
    let names = zip(shown, graph.traits(of: shown)).map { entity, traits in
      graph.terms.value(entity).description + (traits.isEmpty ? "" : " (\(traits))")
    }.joined(separator: ", ")
    throw Diagnostic(
      .ambiguousName, "\(candidates.count) entities have the name \(Value.string(text).description)", at: span,
      help: "write which one: \(names)\(candidates.count > 8 ? ", …" : "")")
  }

  /// The entity that a field of a table stands for: the one that has it as a name, or else the one whose id it is, whatever
  /// characters it has.
  public func entity(
    identifiedBy text: String, _ types: [PositionType], at span: SourceSpan
  ) throws(Diagnostic) -> Value {
    let bearers = graph.entities(named: text).filter { mayBe($0, types) }
    if bearers.count > 1 { return try entity(text, types, span) }
    return bearers.first.map { graph.terms.value($0) } ?? .name(text)
  }

  /// The names that were meant: those of entities that fit with each of the words, or one that is spelt nearly so.
  private func suggestion(for text: String, _ types: [PositionType]) -> String? {
    if graph.speaksOf(text), let term = graph.terms.find(.name(text)), mayBe(term, types) {
      let id = graph.terms.value(term).description
      return id.hasPrefix("'")
        ? "in double quotes stands a name; the entity with this id is written \(id)"
        : "did you mean `\(id)`, without quotes?"
    }
    var found = graph.find(text).filter { mayBe($0, types) }
    if found.isEmpty || found.count > Self.mostSuggestions {
      var near = NearWords(to: text, limit: 1, ordersByText: true)
      graph.forEachName { near?.consider($0) }
      if let name = near?.found.first {
        return "did you mean \(Value.string(name).description)?"
      }
      found = found.isEmpty ? graph.misspelt(text, limit: Self.mostSuggestions).filter { mayBe($0, types) } : []
      if found.isEmpty { return nil }
    }
    let names = found.map { entity in
      graph.label(of: entity).map { Value.string($0).description } ?? "`\(graph.terms.value(entity).description)`"
    }
    return "did you mean \(names.joined(separator: " or "))?"
  }

  private static let mostSuggestions = 5

  /// Whether an entity is, or for want of any type could be, a member of one of the types.
  func mayBe(_ entity: Term, _ types: [PositionType]) -> Bool {
    if types.contains(.any) || types.contains(.entity) { return true }
    let own = graph.types(of: entity)
    if own.isEmpty { return true }
    return types.contains { type in
      guard case .member(let name) = type else { return false }
      return own.contains { graph.isType($0, within: name) || graph.isType(name, within: $0) }
    }
  }
}
