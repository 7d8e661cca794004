import Diagnostics
import Language
import Terms

/// The relation that the language has itself, whose name is free for nothing else.
enum ReservedName {
  static let triple = "triple"

  /// Throws where a fact, a rule, a declaration or a table is to be called so.
  /// - Parameter help: what to write instead.
  static func check(_ name: Identifier, help: String? = nil) throws(Diagnostic) {
    if name.name == triple { throw problem(at: name.span, help: help) }
  }

  static func problem(at span: SourceSpan?, help: String? = nil) -> Diagnostic {
    Diagnostic(
      .reservedName,
      "`triple` is the language's own: triple(S, R, O) asks for the facts of all relations with two arguments",
      at: span,
      help: help ?? "give the relation another name, such as `statement`")
  }

  /// What a fact of three arguments would be without `triple`.
  static func help(for fact: Atom) -> String? {
    guard fact.arguments.count == 3, case .constant(let relation, _) = fact.arguments[1] else { return nil }
    let parts = [fact.arguments[0], fact.arguments[2]].map { argument in
      if case .constant(let value, _) = argument { value.description } else { "…" }
    }
    return "state the fact itself: `\(RelationName.source(relation.plainText))(\(parts.joined(separator: ", "))).`, "
      + "or give the relation another name"
  }
}
