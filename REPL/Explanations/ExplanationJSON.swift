import Diagnostics
import Sessions

/// Explanations for programs. `Documentation/Explanations.md` describes the form.
enum ExplanationJSON {
  static func text(_ explanation: Explanation) -> String {
    let nodes = explanation.nodes.enumerated().map { number, node in
      var fields = [("id", "\(number)"), ("conclusion", JSON.quoted(node.conclusion))]
      fields += reason(node.reason)
      fields.append(("premises", "[" + node.premises.map(String.init).joined(separator: ", ") + "]"))
      return "    " + object(fields)
    }
    return "{\n  \"nodes\": [\n" + nodes.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private static func reason(_ reason: Explanation.Reason) -> [(String, String)] {
    switch reason {
    case .stated(let statements):
      let listed = statements.map { annotations in object(annotations.map { ($0.key, value($0.value)) }) }
      return [("reason", "\"stated\""), ("statements", "[" + listed.joined(separator: ", ") + "]")]
    case .rule(let span): return [("reason", "\"rule\"")] + place(span)
    case .subtype: return [("reason", "\"type\"")]
    case .query: return [("reason", "\"query\"")]
    case .path: return [("reason", "\"path\"")]
    case .computed: return [("reason", "\"computed\"")]
    case .notFound: return [("reason", "\"not found\"")]
    case .aggregate(let rows, let shown):
      return [("reason", "\"aggregate\""), ("rows", "\(rows)"), ("shown", "\(shown)")]
    case .name: return [("reason", "\"name\"")]
    }
  }

  static func text(_ refutation: Refutation) -> String {
    let attempts = refutation.attempts.map { attempt in
      var fields = attempt.rule.map { place($0) } ?? []
      fields.append(("reached", list(attempt.reached)))
      fields.append(("failed", JSON.quoted(attempt.failed)))
      fields.append(("near", list(attempt.near)))
      return "    " + object(fields)
    }
    let fields = [
      "  \"fact\": \(JSON.quoted(refutation.fact))", "  \"near\": \(list(refutation.near))",
      "  \"attempts\": [" + (attempts.isEmpty ? "" : "\n" + attempts.joined(separator: ",\n") + "\n  ") + "]",
    ]
    return "{\n" + fields.joined(separator: ",\n") + "\n}\n"
  }

  private static func place(_ span: SourceSpan) -> [(String, String)] {
    [("file", JSON.quoted(span.file.name)), ("line", "\(span.file.line(of: span.start))")]
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { JSON.quoted($0) }.joined(separator: ", ") + "]"
  }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(JSON.quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private static func value(_ value: Value) -> String {
    switch value {
    case .integer, .boolean, .decimal: value.plainText
    case .name, .string, .date: JSON.quoted(value.plainText)
    }
  }
}
