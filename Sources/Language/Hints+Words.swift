import Diagnostics

/// What to write instead of a word that other languages have.
extension Hints {
  /// Of a word within a statement.
  static func forWord(_ word: String) -> String? {
    switch word {
    case "NOT", "Not": return "write `not` in lower case"
    case "LIMIT", "OFFSET", "ORDER", "BY", "DESC", "ASC": return "write `\(word.lowercased())` in lower case"
    default: break
    }
    return switch word.lowercased() {
    case "and": "`,` means and"
    case "or": "`;` means or"
    case "is": "`=` binds and computes: write `X = Y + 1`"
    case "in": "one of several values is written `(X = a; X = b)`"
    case "like", "ilike", "regexp", "rlike":
      "`contains(X, \"part\")` and `matches(X, \"pattern\")` look into text, `X ~ \"words\"` finds an entity by its names"
    case "between": "write two comparisons: `1 <= X, X <= 5`"
    case "exists", "some", "any", "optional": "a literal says by itself that there is a fact: write `p(X, _)`"
    case "forall", "all", "every": "for all is written as not one without: `not (p(X), not q(X))`"
    case "if", "when", "then", "else", "case", "unless": "a rule is written `head :- body`, one for each case"
    case "group", "having":
      "an aggregate groups by the variables that also stand outside of its braces: "
        + "`partner(O, _), N = count{ P : partner(O, P) }`"
    case "join", "on", "using", "inner", "left": "literals with a variable in common are joined: `p(X, Y), q(Y, Z)`"
    case "union": "`;` means or: `(p(X); q(X))`"
    case "minus", "except", "filter": "write `not q(X)`, or a comparison such as `X > 3`, as a literal of its own"
    case "as": "a column is called like its variable: name the variable so in the body"
    case "distinct", "unique": "leave it out: answers are a set, in which nothing comes twice"
    case "limit", "offset", "order", "select": "what is done to the answers stands behind `|`: `p(X) | limit 10`"
    default: foreignStatement(word)
    }
  }

  /// Of a word that begins a statement elsewhere.
  static func foreignStatement(_ word: String) -> String? {
    switch word.lowercased() {
    case "select", "from": "a query is written `?- person(X), age(X, A), A > 3 | select X`"
    case "match", "where", "return", "find", "optional", "ask", "construct", "describe", "with", "unwind", "for",
      "query":
      "a query is written `?- knows(A, B), A != B`: a relation, and its ends as arguments"
    case "insert", "create", "merge", "assert", "asserta", "assertz", "add", "fact":
      "a fact is written `relation(a, b).`, and `+relation(a, b).` at the prompt"
    case "delete", "retract", "remove", "drop": "a fact is taken back at the prompt by `-relation(a, b).`"
    case "update", "set", "alter", "replace":
      "nothing is changed in place: take a fact back at the prompt, `-p(a, 1).`, and add another, `+p(a, 2).`"
    case "prefix", "base", "namespace": "a name has no prefix: write `klaipeda`, or `'foaf:name'` in quotes"
    case "let", "var", "const", "define", "def": "a constant is a parameter: `param min = 2.`, used as `$min`"
    case "rule", "if": "a rule is written `head :- body`"
    case "class", "entity", "table", "struct", "enum": "a type is declared by `type person.`"
    case "predicate", "pred": "a relation is declared by `relation partner(organisation, project).`"
    case "load", "use", "require", "source", "consult": "another file is read by `include \"rules/people.dl\".`"
    case "why": "an explanation is asked for by `?why p(a).`"
    case "explain":
      "how a query will be answered is told by `:plan QUERY`, and by `tiltas plan QUERY`; why a fact holds, by `?why p(a).`"
    case "quit", "exit", "halt": "the shell is left by `:quit`"
    case "help": "the shell's help is `:help`"
    default: nil
    }
  }

  /// Of a word behind a query's `|`.
  static func forPipe(_ word: String) -> String? {
    switch word.lowercased() {
    case "sort", "orderby", "order_by": "write `order by X`"
    case "where", "filter", "and", "with", "not": "conditions stand before the `|`, joined by `,`"
    case "distinct", "unique": "leave it out: answers are a set, in which nothing comes twice"
    case "count", "sum", "min", "max", "avg", "group", "having", "summarize", "aggregate":
      "an aggregate stands in the body: `N = count{ X : p(X) }`"
    case "skip": "write `offset 10`"
    case "top", "first", "take", "head", "fetch": "write `limit 10`"
    case "return", "project", "show", "columns", "print": "write `select X`"
    default: nil
    }
  }

  /// Of the name of a type.
  static func forType(_ name: String) -> String? {
    switch name.lowercased() {
    case "int", "long", "int64", "bigint", "unsigned", "i64": "integer"
    case "float", "double", "real", "number", "numeric", "num", "f64": "decimal"
    case "text", "str", "varchar", "char", "literal": "string"
    case "bool": "boolean"
    case "datetime", "timestamp", "time", "year", "month", "day": "date"
    case "symbol", "thing", "node", "object", "resource", "iri", "uri", "id": "entity"
    case "value", "term", "anything", "mixed": "any"
    default: nil
    }
  }
}

extension Suggestion {
  /// The type of the language for which other languages have a name: `int`, `varchar`.
  public static func type(_ name: String) -> String? { Hints.forType(name) }
}
