import Sessions

/// What `:help` and `tiltas help` explain besides commands and verbs: the language, each part with examples on the graph.
enum HelpTopic: String, CaseIterable {
  case asking, negation, aggregates, paths, names, dates, annotations, defining, functions, numbers, safe

  var text: String {
    switch self {
    case .asking:
      """
      A comma means and, a semicolon or; the same variable is the same thing. `_` is anything.
        partner(Org, P), covers(P, Place)
        held_in(E, klaipeda) ; held_in(E, kaliningrad)
      What follows a bar chooses columns and order:
        held_on(E, D) | select D, E | order by D | limit 5
      """
    case .negation:
      """
      `not` keeps what has no answer; its variables are bound elsewhere, or are `_`.
        project(P), not partner(_, P)
      """
    case .aggregates:
      """
      Braces take a set together, for each value of what also stands outside of them:
        project(P), N = count{ O : partner(O, P) } | order by N desc
        N = max{ S : size(_, S) }
      There are count, sum, min, max, avg and list, which joins texts.
      """
    case .paths:
      """
      `+` is one step or more, `*` none or more, `^` backwards, `|` any of several:
        part_of+(Department, kaliningrad_administration)
        D = distance{ attended | ^attended : aleksandr_jarosuk -> X }
      `:path A B` tells the way itself.
      """
    case .names:
      """
      An entity is written by its id, or in quotes by any of its names if the relation takes one:
        partner("Klaipėdos miesto administracija", P)
      `~` finds by words without regard to case and diacritics, as `:find` does:
        X ~ "jarosuk", holds(X, Office)
      """
    case .dates:
      """
      A date is a day, a month or an interval, 2013-02-14, 2013-02, 2014-03-05/2014-03-07; a year is date("2013").
      What is not known for certain is marked as in EDTF; what may be read otherwise stands in date("…"):
      · 1871? uncertain, 1870~ about, date("1870%") both; also of months and days: 1870-05~
      · 187X, 18XX, date("1870-XX"), 1870-05-XX: digits, month or day are not known
      · 1870-21 spring, 1870-22 summer, 1870-23 autumn, 1870-24 winter of 1870 and 1871
      · 1870/.. and ../1870 are open, date("1870/") and date("/1870") end on a day that nobody knows
      · date("-0043") is 44 BC, date("Y17000") a year beyond 9999
      It is sorted by its first day. `during`, `before` and `after` hold if it is certain, `overlaps` if it is possible;
      `year(D)`, `month(D)`, `latest(D)` match nothing if D has no such part.
        held_on(E, D), year(D) = 2013
        held_on(E, D), during(D, 2013-07)
        held_on(E, D), overlaps(D, 2013-07/..), not is_uncertain(D) | order by D
        held_on(E, D), latest(D) < 2012-01-01, not is_approximate(D)
      """
    case .annotations:
      """
      What is known about a fact matches behind `@`: its source and line, dates, roles, notes.
        holds(P, O) @ {line: L, at: D}
      What rules give has none: `@ {}` asks for what is stated alone.
        attended(P, reception_2011) @ {}
      `:source 19` lists what rests on a line; `:source-is report 19` sets it for facts that are added.
      """
    case .defining:
      """
      A rule defines a relation for this session; `:load` reads those of a file.
        colleague(A, B) :- works_at(A, Org), works_at(B, Org), A != B.
        colleague(X, natalija_dmitrijeva)
      `?why` tells which rules and lines an answer rests on, `:undo` forgets the rule again.
      """
    case .functions: Self.functionList
    case .numbers:
      """
      A number means a row of what was shown last: `:describe 3`, `:near 3 2`, `:path 1 4`, `?why 3`.
        person(P)
        :describe 1
      """
    case .safe:
      """
      `tiltas --safe` is for statements of strangers. They reach no file but the graph that was named,
      start no programs and leave no history; changes stay in memory. A query ends after 10 s, and at
      1024 MiB. These limits can be lowered, and not raised:
        :set timeout
        :set memory
        partner(Org, P) | limit 3
      """
    }
  }

  /// The first topic that a word begins, a topic's own name first.
  init?(_ word: String) {
    guard
      let topic = Self(rawValue: word) ?? Self.allCases.first(where: { !word.isEmpty && $0.rawValue.hasPrefix(word) })
    else { return nil }
    self = topic
  }
}

extension HelpTopic {
  /// The functions with what they take, in lines of a terminal's width.
  static var functionList: String {
    let list = FunctionList.signatures.map(\.signature).joined(separator: "  ")
    let lines = Wrapping.lines(list.replacing(", ", with: ",\u{A0}"), width: 96).map {
      "  " + $0.replacing("\u{A0}", with: " ")
    }
    return "Functions stand in comparisons and arguments; ++ joins texts, + - * / mod compute.\n"
      + lines.joined(separator: "\n")
      + "\n  held_on(E, D), starts_with(to_string(D), \"2013-02\"), Days = days_between(2013-01-01, D)"
  }
}
