/// What to write instead of a sign or a word that other languages have.
enum Hints {
  static func forSign(_ sign: String) -> String? {
    switch sign {
    case "==", "=:=", "===": "equality is written `=`"
    case ":=": "a value is bound by `=`, and a rule is written `head :- body`"
    case "<>", "\\=", "\\==", "=\\=", "!==": "`!=` says that two values differ"
    case "=<": "write `<=`"
    case "=>": "a rule is written `head :- body`, and `>=` compares"
    case "!", "\\+": "negation is written `not p(X)`"
    case "&", "&&": "`,` means and"
    case "||": "`;` means or, and `++` joins texts"
    case "//", "#": "a comment starts with `%`"
    case "?": "a query starts with `?-`"
    case "[", "]": "there are no lists: state one fact for each member"
    default:
      sign.hasPrefix("?")
        ? "a variable starts with an upper-case letter: write `\(capitalized(sign.dropFirst()))`" : nil
    }
  }

  static func forWord(_ word: String) -> String? {
    switch word {
    case "and", "AND", "And": "`,` means and"
    case "or", "OR", "Or": "`;` means or"
    case "NOT", "Not": "write `not` in lower case"
    case "is": "`=` binds and computes: write `X = Y + 1`"
    case "SELECT", "Select", "FROM", "from", "select": "a query is written `?- body | select X`"
    case "MATCH", "Match", "match", "WHERE", "RETURN", "find", "where": "a query is written `?- relation(X, Y), X != Y`"
    case "INSERT", "CREATE", "insert", "assert":
      "a fact is written `relation(a, b).`, and `+relation(a, b).` at the prompt"
    case "DELETE", "delete", "retract": "a fact is taken back at the prompt by `-relation(a, b).`"
    case "order", "ORDER": "what orders the answers stands behind a bar: `| order by X`"
    case "limit", "LIMIT", "offset", "OFFSET": "it stands behind a bar: `| \(word.lowercased()) 10`"
    case "BY", "DESC", "ASC": "write `\(word.lowercased())` in lower case"
    case "group", "GROUP", "having", "HAVING":
      "an aggregate is for each value of the variables outside its braces: `p(X, _), N = count{ Y : p(X, Y) }, N > 1`"
    case "exists", "EXISTS", "Exists": "a literal asks whether there is one: `p(X, _)`"
    case "in", "IN": "write each alternative: `(X = 1 ; X = 2)`"
    case "like", "LIKE", "ilike", "ILIKE":
      "write `contains(X, \"part\")`, `starts_with(X, \"part\")` or `matches(X, \"pattern\")`"
    case "DISTINCT", "distinct": "answers are a set already"
    case "decl", "input", "output", "type_alias": "a relation is declared by `relation edge(integer, integer).`"
    default: nil
    }
  }

  static func strangeCharacter(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Diagnostic {
    let shown = "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
    switch scalar {
    case "„", "“", "”", "«", "»":
      return Diagnostic(
        "unexpected quotation mark `\(scalar)`", at: span, help: "a string stands in straight quotes: `\"…\"`")
    case "‘", "’", "‚", "`":
      return Diagnostic(
        "unexpected quotation mark `\(scalar)`", at: span, help: "a name stands in straight quotes: `'…'`")
    case "–", "—", "−": return Diagnostic("unexpected `\(scalar)`", at: span, help: "write the ASCII sign `-`")
    case "≠": return Diagnostic("unexpected `≠`", at: span, help: "write `!=`")
    case "≤": return Diagnostic("unexpected `≤`", at: span, help: "write `<=`")
    case "≥": return Diagnostic("unexpected `≥`", at: span, help: "write `>=`")
    default: break
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .format:
      return Diagnostic("unexpected invisible character \(shown)", at: span, help: "write an ordinary space")
    case .control: return Diagnostic("unexpected control character \(shown)", at: span)
    default:
      return Diagnostic(
        "unexpected character `\(scalar)` (\(shown))", at: span,
        help: "a name with other characters than letters, digits and `_` stands in quotes: `'…'`")
    }
  }

  private static func capitalized(_ word: Substring) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}
