import Diagnostics

/// What functions, relations and numbers are called or written like in other languages, for suggestions.
enum ForeignNames {
  /// What to write instead of a function that is not there.
  static func help(forFunction name: String, nearest: String?) -> String {
    if let known = function(name.lowercased()) { return known }
    if let nearest { return "did you mean `\(nearest)`?" }
    let names = Function.allCases.filter { !$0.isOperator }.map(\.rawValue).sorted()
    return "the functions are \(names.joined(separator: ", ")); a relation stands as a literal of its own"
  }

  private static func function(_ name: String) -> String? {
    switch name {
    case "count", "sum", "avg", "average", "mean", "list", "group_concat", "string_agg":
      "an aggregate is written with braces: `count{ X : p(X) }`, or `sum{ N, X : p(X, N) }`"
    case "entity":
      "`entity(TYPE, NAME)` stands in `add` alone; a query names an entity by its label: `label(X, \"Ann\")`"
    case "concat", "cat", "join", "str_concat": "`++` joins texts: `X ++ Y`"
    case "strlen", "len", "char_length", "size", "string_length": "`length(X)` counts the characters of a text"
    case "substr", "mid", "left", "right", "sub_string": "a part of a text is `substring(X, start, length)`"
    case "lcase", "lowercase", "tolower", "to_lower": "write `lower(X)`"
    case "ucase", "uppercase", "toupper", "to_upper": "write `upper(X)`"
    case "str", "string", "text", "tostring", "cast", "convert": "`to_string(X)` makes text of a value"
    case "int", "integer", "number", "float", "tonumber", "parse_int", "toint":
      "`to_number(X)` reads a number from text"
    case "floor", "ceil", "ceiling", "trunc", "truncate": "`round(X)` rounds to the nearest whole number"
    case "sqrt", "pow", "power", "exp", "log", "ln", "sin", "cos":
      "there is no such function: arithmetic is `+ - * / mod`"
    case "datediff", "date_diff", "days": "`days_between(A, B)` counts the days from one date to another"
    case "now", "today", "current_date", "curdate":
      "give today as a parameter: `--param today=2014-03-05`, used as `$today`"
    case "regex", "regexp", "re_match", "match": "`matches(X, \"pattern\")` is a condition on a text"
    case "coalesce", "ifnull", "nvl", "if", "iif": "write a rule for each case"
    case "greatest": "write `max(X, Y)`"
    case "least": "write `min(X, Y)`"
    default: nil
    }
  }

  /// What to write instead of a relation that is not there.
  static func help(forRelation name: String) -> String? {
    switch name.lowercased() {
    case "count", "sum", "avg", "min", "max", "list": function("count")
    case "exists", "some": "a literal says by itself that there is a fact: write `p(X, _)`"
    case "forall", "all": "for all is written as not one without: `not (p(X), not q(X))`"
    case "like", "regex", "regexp": function("regex")
    case "findall", "setof", "bagof": function("count")
    case "member", "in": "one of several values is written `(X = a; X = b)`"
    case "write", "print", "writeln", "format", "nl": "answers are shown by themselves: select the variables"
    case "is_a", "isa", "a", "instance_of", "rdf_type": "a type is a relation of its own: `person(X)`"
    case "atom_length", "string_length": function("strlen")
    case "between": "write two comparisons: `1 <= X, X <= 5`"
    default:
      name.hasPrefix("_") || (name.count == 1 && name != name.lowercased())
        ? "a relation cannot be a variable: `triple(S, R, O)` ranges over all of them" : nil
    }
  }

  /// What to write instead of a parameter that is not there.
  static func help(forParameter name: String) -> String {
    name.utf8.allSatisfy { (0x30...0x39).contains($0) }
      ? "an amount is a number alone: give the currency an argument of its own"
      : "declare it, `param \(name) = 2.`; a variable has no `$` and starts with an upper-case letter"
  }

  /// Where too many arguments come of a number written `3,14`, as a suggestion.
  static func decimalComma(_ span: SourceSpan) -> String? {
    let bytes = span.file.bytes[span.start..<min(span.end, span.file.bytes.count)]
    func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && (0x30...0x39).contains(bytes[index]) }
    guard bytes.indices.contains(where: { bytes[$0] == 0x2C && isDigit($0 - 1) && isDigit($0 + 1) }) else { return nil }
    return "a decimal is written with a point, `3.14`, and thousands with `_`, `1_000_000`: `,` separates arguments"
  }
}
