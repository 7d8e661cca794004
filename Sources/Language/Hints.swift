import Diagnostics

/// What to write instead of a sign that other languages have.
enum Hints {
  static func forSign(_ sign: String) -> String? {
    switch sign {
    case "==", "=:=", "===": "equality is written `=`"
    case ":=": "a value is bound by `=`, and a rule is written `head :- body`"
    case "<>", "\\=", "\\==", "=\\=", "!==": "`!=` says that two values differ"
    case "=<": "write `<=`"
    case "=>": "a rule is written `head :- body`, and `>=` compares"
    case "!", "\\+": negation
    case "&", "&&": "`,` means and"
    case "||": "`;` means or, and `++` joins texts"
    case "//", "#": "a comment starts with `%`"
    case "?": "a query starts with `?-` and ends with a full stop"
    case "[", "]": "there are no lists: state one fact for each member"
    default:
      sign.hasPrefix("?")
        ? "a variable starts with an upper-case letter: write `\(capitalized(sign.dropFirst()))`" : nil
    }
  }

  static let negation = "negation is written `not p(X)`"
  static let noPower = "there is no power: write `X * X`"
  static let groupedDigits = "digits are grouped by `_`, without a space: `1_000_000`"
  static let braces = "braces hold an aggregate, `count{ X : p(X) }`, or annotations, `@ {key: value}`"
  static let aggregate = "an aggregate is written with braces: `count{ X : p(X) }`, or `sum{ N, X : p(X, N) }`"

  /// What `:- word …` and `.word …`, `#word …` are in Prolog, Souffle and clingo.
  static func forDirective(_ word: String) -> String? {
    switch word {
    case "use_module", "ensure_loaded", "consult", "include", "module":
      "another file is read by `include \"rules/people.dl\".`"
    case "dynamic", "discontiguous", "table", "multifile", "initialization", "set_prolog_flag":
      "leave it out: relations need no directive, and recursion ends by itself"
    case "decl": "a relation is declared by `relation edge(integer, integer).`: types alone, without names"
    case "type", "comp", "init": "a type is declared by `type person.`, a subtype by `type mayor : person.`"
    case "input": "rows of a file are read by `import edge \"edge.tsv\".`"
    case "output", "printsize", "show": "answers are asked for: `?- path(X, Y).`"
    case "limitsize": "the number of answers is limited in the query: `?- path(X, Y) | limit 10.`"
    case "const", "define": "a constant is a parameter: `param min = 2.`, used as `$min`"
    case "maximize", "minimize": "the greatest and the least value are `max{ X : p(X) }` and `min{ X : p(X) }`"
    default: nil
    }
  }

  static func strangeCharacter(_ scalar: Unicode.Scalar, at span: SourceSpan) -> Diagnostic {
    let shown = "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
    switch scalar {
    case "„", "“", "”", "«", "»":
      return Diagnostic(
        .quotationMark, "unexpected quotation mark `\(scalar)`", at: span,
        help: "a string stands in straight quotes: `\"…\"`")
    case "‘", "’", "‚", "`":
      return Diagnostic(
        .quotationMark, "unexpected quotation mark `\(scalar)`", at: span,
        help: "a name stands in straight quotes: `'…'`")
    default: break
    }
    if let sign = typographic(scalar) {
      return Diagnostic(.strangeCharacter, "unexpected `\(scalar)`", at: span, help: sign)
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .format:
      return Diagnostic(
        .strangeCharacter, "unexpected invisible character \(shown)", at: span, help: "write an ordinary space")
    case .control:
      return Diagnostic(.strangeCharacter, "unexpected control character \(shown)", at: span, help: "delete it")
    case .currencySymbol:
      return Diagnostic(
        .strangeCharacter, "unexpected character `\(scalar)` (\(shown))", at: span,
        help: "an amount is a number alone: give the currency an argument of its own")
    default:
      return Diagnostic(
        .strangeCharacter, "unexpected character `\(scalar)` (\(shown))", at: span,
        help: "a name with other characters than letters, digits and `_` stands in quotes: `'…'`")
    }
  }

  private static func typographic(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "–", "—", "−": "write the ASCII sign `-`"
    case "≠": "write `!=`"
    case "≤": "write `<=`"
    case "≥": "write `>=`"
    case "←", "⇐": "a rule is written `head :- body`"
    case "→", "⇒": "a rule is written the other way round: `head :- body`"
    case "¬": negation
    case "∧": "`,` means and"
    case "∨": "`;` means or"
    case "×", "·": "write `*`"
    case "÷": "write `/`"
    default: nil
    }
  }

  private static func capitalized(_ word: Substring) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}
