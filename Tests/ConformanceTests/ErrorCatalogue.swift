/// A way of going wrong, with an example, what is to be understood, and the example mended.
struct ErrorEntry: Sendable {
  var title: String
  var explanation: String
  var example: String
  var mended: String

  init(_ title: String, _ explanation: String, _ example: String, _ mended: String) {
    self.title = title
    self.explanation = explanation
    self.example = example
    self.mended = mended
  }
}

/// The errors that the documentation explains, by what they are about. `Documentation/Errors.md` is made from these entries
/// and from what the program says to their examples.
enum ErrorCatalogue {
  static let groups: [(title: String, entries: [ErrorEntry])] = [
    ("Words", words),
    ("Statements", statements),
    ("Relations and types", relations),
    ("Names", names),
    ("Bodies", bodies),
    ("Safety and strata", safety),
    ("Arithmetic and functions", arithmetic),
    ("Questions that could have no answer", neverEmpty),
    ("Habits of other languages", habits),
    ("Files", files),
    ("The command line", commandLine),
  ]

  /// Whether an example is a line for a shell and no program.
  static func isCommand(_ example: String) -> Bool { example.hasPrefix("tiltas ") || example.contains("| tiltas ") }

  private static let words: [ErrorEntry] = [
    ErrorEntry(
      #"A string that is not closed"#,
      #"A string ends on the line on which it begins. A line break within it is written `\n`."#,
      #"""
      note(a, "one).
      """#,
      #"""
      note(a, "one").
      """#),
    ErrorEntry(
      #"A name in quotes that is not closed"#,
      #"A name with other characters than letters, digits and `_` stands between single quotes."#,
      #"""
      p('VšĮ Gintaras).
      """#,
      #"""
      p('VšĮ Gintaras').
      """#),
    ErrorEntry(
      #"A comment that is not closed"#,
      #"`/*` needs its `*/`; `%` comments to the end of the line."#,
      #"""
      p(a). /* the first
      """#,
      #"""
      p(a). /* the first */
      """#),
    ErrorEntry(
      #"Typographic quotation marks"#,
      #"Strings stand in straight double quotes; „ and “ may stand within."#,
      #"""
      label(a, „Anna“).
      """#,
      #"""
      label(a, "„Anna“").
      """#),
    ErrorEntry(
      #"An escape that is none"#,
      #"A backslash begins an escape; a backslash itself is written twice."#,
      #"""
      path(a, "c:\docs").
      """#,
      #"""
      path(a, "c:\\docs").
      """#),
    ErrorEntry(
      #"An integer that is too great"#,
      #"Integers have 64 bits and never wrap."#,
      #"""
      p(99999999999999999999).
      """#,
      #"""
      p(99999999999999999999.0).
      """#),
    ErrorEntry(
      #"A decimal that is too great"#,
      #"A decimal is finite."#,
      #"""
      p(1e999).
      """#,
      #"""
      p(1e300).
      """#),
    ErrorEntry(
      #"A date that does not exist"#,
      #"Dates are those of the calendar."#,
      #"""
      held_on(e, 2013-02-30).
      """#,
      #"""
      held_on(e, 2013-02-28).
      """#),
    ErrorEntry(
      #"A date in another form"#,
      #"Dates are year-month-day. Other forms would be read as arithmetic."#,
      #"""
      held_on(e, 14.02.2013).
      """#,
      #"""
      held_on(e, 2013-02-14).
      """#),
    ErrorEntry(
      #"A date with slashes"#,
      #"Dates are year-month-day."#,
      #"""
      held_on(e, 2013/02/14).
      """#,
      #"""
      held_on(e, 2013-02-14).
      """#),
    ErrorEntry(
      #"An interval that ends before it begins"#,
      #"An interval is written from its beginning to its end."#,
      #"""
      held_on(e, 2014-03-07/2014-03-05).
      """#,
      #"""
      held_on(e, 2014-03-05/2014-03-07).
      """#),
    ErrorEntry(
      #"A word that is neither number nor name"#,
      #"A name starts with a letter."#,
      #"""
      p(3k).
      """#,
      #"""
      p('3k').
      """#),
    ErrorEntry(
      #"`//` and `#` for a comment"#,
      #"A comment starts with `%`."#,
      #"""
      // the facts
      p(a).
      """#,
      #"""
      % the facts
      p(a).
      """#),
    ErrorEntry(
      #"A list"#,
      #"There are no lists: state one fact for each member."#,
      #"""
      p([a, b]).
      """#,
      #"""
      p(a). p(b).
      """#),
  ]

  private static let statements: [ErrorEntry] = [
    ErrorEntry(
      #"A missing full stop"#,
      #"Each statement ends with a full stop."#,
      #"""
      p(a)
      q(b).
      """#,
      #"""
      p(a).
      q(b).
      """#),
    ErrorEntry(
      #"A missing parenthesis"#,
      #"Each bracket is closed."#,
      #"""
      p(a, b.
      """#,
      #"""
      p(a, b).
      """#),
    ErrorEntry(
      #"A parenthesis too many"#,
      #"Each bracket is opened."#,
      #"""
      p(a)).
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A directive"#,
      #"There are no directives; a query is written with `?-`."#,
      #"""
      p(a).
      :- p(X).
      """#,
      #"""
      p(a).
      ?- p(X).
      """#),
    ErrorEntry(
      #"A declaration of Souffle"#,
      #"A relation is declared by `relation`."#,
      #"""
      .decl edge(x: number, y: number)
      """#,
      #"""
      relation edge(integer, integer).
      """#),
    ErrorEntry(
      #"An upper-case constant"#,
      #"A word that starts with a capital letter is a variable, and a fact has none."#,
      #"""
      person(Anna).
      """#,
      #"""
      person(anna).
      """#),
    ErrorEntry(
      #"An empty body"#,
      #"A rule's body has a literal."#,
      #"""
      p(a).
      q(X) :- .
      """#,
      #"""
      p(a).
      q(X) :- p(X).
      """#),
    ErrorEntry(
      #"A key that stands twice in one annotation"#,
      #"State the fact twice, once with each value."#,
      #"""
      p(a) @ {line: 1, line: 2}.
      """#,
      #"""
      p(a) @ {line: 1}. p(a) @ {line: 2}.
      """#),
    ErrorEntry(
      #"A path that is asked for what is stated"#,
      #"`@ {}` leaves out what rules give. Define a relation by it, and repeat that."#,
      #"""
      p(a, b). p(b, c).
      ?- p+(a, X) @ {}.
      """#,
      #"""
      p(a, b). p(b, c).
      stated(X, Y) :- p(X, Y) @ {}.
      ?- stated+(a, X).
      """#),
    ErrorEntry(
      #"An annotation on a rule's head"#,
      #"What is derived is stated by no source."#,
      #"""
      q(a).
      p(X) @ {line: 1} :- q(X).
      """#,
      #"""
      q(a).
      p(X) :- q(X).
      """#),
    ErrorEntry(
      #"A parameter without a value"#,
      #"A parameter has a value, and may have a description."#,
      #"""
      param min 2.
      """#,
      #"""
      param min = 2 "at least".
      """#),
    ErrorEntry(
      #"An include without quotes"#,
      #"Paths are strings."#,
      #"""
      include rules.
      """#,
      #"""
      % include "rules.dl".
      """#),
    ErrorEntry(
      #"A constraint without a description"#,
      #"It says what must hold."#,
      #"""
      p(a).
      constraint :- p(b).
      """#,
      #"""
      p(a).
      constraint "nothing is b" :- p(X), X = b.
      """#),
    ErrorEntry(
      #"A command of SQL"#,
      #"A query is a body, and says behind bars what to do with the answers."#,
      #"""
      SELECT x FROM p.
      """#,
      #"""
      p(a).
      ?- p(X) | select X.
      """#),
    ErrorEntry(
      #"A pattern of Cypher"#,
      #"A relation is written with its arguments."#,
      #"""
      MATCH (a)-[:partner]->(b) RETURN a.
      """#,
      #"""
      partner(a, b).
      ?- partner(A, _).
      """#),
  ]

  private static let relations: [ErrorEntry] = [
    ErrorEntry(
      #"A parameter that is declared twice"#,
      #"A parameter has one value in a program; `--param` sets another."#,
      #"""
      param min = 1.
      param min = 2.
      """#,
      #"""
      param min = 2.
      """#),
    ErrorEntry(
      #"A name that the language has itself"#,
      #"`triple(S, R, O)` asks for the facts of all relations with two arguments. No relation, type or table has its name."#,
      #"""
      triple(ona, likes, tea).
      """#,
      #"""
      likes(ona, tea).
      """#),
    ErrorEntry(
      #"An unknown relation"#,
      #"A relation is declared, has facts, or is defined by a rule."#,
      #"""
      partner(a, b).
      ?- partnr(X, Y).
      """#,
      #"""
      partner(a, b).
      ?- partner(X, Y).
      """#),
    ErrorEntry(
      #"A wrong number of arguments"#,
      #"A relation has one number of arguments."#,
      #"""
      partner(a, b).
      ?- partner(X).
      """#,
      #"""
      partner(a, b).
      ?- partner(X, _).
      """#),
    ErrorEntry(
      #"A wrong number of arguments of a declared relation"#,
      #"The message shows the declaration."#,
      #"""
      relation held_on(any, date).
      held_on(fair).
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      """#),
    ErrorEntry(
      #"A value of the wrong kind"#,
      #"A declared position takes what its declaration says."#,
      #"""
      relation held_on(any, date).
      held_on(fair, today).
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      """#),
    ErrorEntry(
      #"A year where a date is expected"#,
      #"A bare number is no date."#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013).
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, date("2013")).
      """#),
    ErrorEntry(
      #"An entity of a type that can never match"#,
      #"The message says what it is and what is expected."#,
      #"""
      type person. type event. relation attended(person, event).
      person(ann). event(fair).
      attended(fair, fair).
      """#,
      #"""
      type person. type event. relation attended(person, event).
      person(ann). event(fair).
      attended(ann, fair).
      """#),
    ErrorEntry(
      #"A variable of two types that can never match"#,
      #"A variable stands for one thing."#,
      #"""
      type person. type event. relation attended(person, event).
      person(ann). event(fair).
      attended(ann, fair).
      ?- attended(X, X).
      """#,
      #"""
      type person. type event. relation attended(person, event).
      person(ann). event(fair).
      attended(ann, fair).
      ?- attended(X, Y).
      """#),
    ErrorEntry(
      #"An unknown type"#,
      #"A type is declared before or after it is named."#,
      #"""
      type person.
      relation likes(persn, any).
      """#,
      #"""
      type person.
      relation likes(person, any).
      """#),
    ErrorEntry(
      #"A type above itself"#,
      #"Types lie above one another in one direction."#,
      #"""
      type a : b.
      type b : a.
      """#,
      #"""
      type a : b.
      type b.
      """#),
    ErrorEntry(
      #"A relation that is declared twice"#,
      #"A relation has one declaration."#,
      #"""
      relation p(any).
      relation p(integer).
      """#,
      #"""
      relation p(integer).
      """#),
    ErrorEntry(
      #"A type of the language"#,
      #"Some types are there from the start."#,
      #"""
      type date.
      """#,
      #"""
      type period.
      """#),
  ]

  private static let names: [ErrorEntry] = [
    ErrorEntry(
      #"A misspelt entity"#,
      #"A name in a query is one that the graph speaks of."#,
      #"""
      partner(gintaras, water).
      ?- partner(gintras, P).
      """#,
      #"""
      partner(gintaras, water).
      ?- partner(gintaras, P).
      """#),
    ErrorEntry(
      #"A misspelt entity in a comparison"#,
      #"A name that nothing in the graph has would make `=` hold never and `!=` always."#,
      #"""
      partner(gintaras, water). partner(klaipeda, water).
      ?- partner(O, P), O != gintras.
      """#,
      #"""
      partner(gintaras, water). partner(klaipeda, water).
      ?- partner(O, P), O != gintaras.
      """#),
    ErrorEntry(
      #"A rule for names that looks a name up"#,
      #"What rules say of `label` and `alias` is known before any name is looked up."#,
      #"""
      type person. relation knows(person, person).
      person(ona). person(jo). label(ona, "Ona"). knows(ona, jo).
      alias(X, "a friend of Ona") :- knows("Ona", X).
      ?- X ~ "friend".
      """#,
      #"""
      type person. relation knows(person, person).
      person(ona). person(jo). label(ona, "Ona"). knows(ona, jo).
      alias(X, "a friend of Ona") :- knows(ona, X).
      ?- X ~ "friend".
      """#),
    ErrorEntry(
      #"A rule for names that searches by names"#,
      #"`~` looks in all names, and a rule for them is needed before."#,
      #"""
      person(ona). label(ona, "Ona Onaitė").
      alias(X, "found") :- person(X), X ~ "ona".
      ?- X ~ "found".
      """#,
      #"""
      person(ona). label(ona, "Ona Onaitė").
      alias(X, "found") :- person(X), label(X, L), contains(fold(L), "ona").
      ?- X ~ "found".
      """#),
    ErrorEntry(
      #"A lower-case variable"#,
      #"A variable starts with a capital letter."#,
      #"""
      p(1).
      ?- p(x).
      """#,
      #"""
      p(1).
      ?- p(X).
      """#),
    ErrorEntry(
      #"A name that nobody bears"#,
      #"A string in an entity's place is looked up among labels and aliases."#,
      #"""
      type city. relation near(city, city). city(klaipeda). city(palanga).
      label(klaipeda, "Klaipėda"). near(klaipeda, palanga).
      ?- near("Klaipda", X).
      """#,
      #"""
      type city. relation near(city, city). city(klaipeda). city(palanga).
      label(klaipeda, "Klaipėda"). near(klaipeda, palanga).
      ?- near("Klaipeda", X).
      """#),
    ErrorEntry(
      #"A name that several bear"#,
      #"Then it has to be said which is meant."#,
      #"""
      type person. relation knows(person, person). person(a). person(b).
      label(a, "Ona"). label(b, "Ona"). knows(a, b).
      ?- knows("Ona", X).
      """#,
      #"""
      type person. relation knows(person, person). person(a). person(b).
      label(a, "Ona"). label(b, "Ona"). knows(a, b).
      ?- knows(a, X).
      """#),
    ErrorEntry(
      #"A string for a name"#,
      #"`"a"` is a string and `a` an entity."#,
      #"""
      edge("a", "b").
      ?- edge(a, X).
      """#,
      #"""
      edge("a", "b").
      ?- edge("a", X).
      """#),
    ErrorEntry(
      #"An unknown parameter"#,
      #"A parameter is declared."#,
      #"""
      p(1).
      ?- p($n).
      """#,
      #"""
      param n = 1.
      p(1).
      ?- p($n).
      """#),
  ]

  private static let bodies: [ErrorEntry] = [
    ErrorEntry(
      #"`==`, `=:=`"#,
      #"Equality is `=`; it binds a variable or compares."#,
      #"""
      p(1).
      ?- p(X), X == 1.
      """#,
      #"""
      p(1).
      ?- p(X), X = 1.
      """#),
    ErrorEntry(
      #"`:=`"#,
      #"A value is bound by `=`."#,
      #"""
      p(1).
      ?- p(X), Y := X.
      """#,
      #"""
      p(1).
      ?- p(X), Y = X.
      """#),
    ErrorEntry(
      #"`<>`"#,
      #"Two values differ by `!=`."#,
      #"""
      p(1).
      ?- p(X), X <> 2.
      """#,
      #"""
      p(1).
      ?- p(X), X != 2.
      """#),
    ErrorEntry(
      #"`is`"#,
      #"`=` computes."#,
      #"""
      p(1).
      ?- p(X), Y is X + 1.
      """#,
      #"""
      p(1).
      ?- p(X), Y = X + 1.
      """#),
    ErrorEntry(
      #"`!p(X)` and `\+ p(X)`"#,
      #"Negation is `not`."#,
      #"""
      p(1). q(1).
      ?- p(X), !q(X).
      """#,
      #"""
      p(1). q(1).
      ?- p(X), not q(X).
      """#),
    ErrorEntry(
      #"`&&` and `AND`"#,
      #"A comma means and."#,
      #"""
      p(1). q(1).
      ?- p(X) && q(X).
      """#,
      #"""
      p(1). q(1).
      ?- p(X), q(X).
      """#),
    ErrorEntry(
      #"`OR`"#,
      #"A semicolon means or."#,
      #"""
      p(1). q(1).
      ?- p(X) OR q(X).
      """#,
      #"""
      p(1). q(1).
      ?- p(X) ; q(X).
      """#),
    ErrorEntry(
      #"`?x`"#,
      #"A variable starts with a capital letter."#,
      #"""
      p(1).
      ?- p(?x).
      """#,
      #"""
      p(1).
      ?- p(X).
      """#),
    ErrorEntry(
      #"`$x` for a variable"#,
      #"A dollar marks a parameter."#,
      #"""
      p(1).
      ?- p($x).
      """#,
      #"""
      p(1).
      ?- p(X).
      """#),
    ErrorEntry(
      #"Comparisons in a row"#,
      #"Write each of them."#,
      #"""
      p(1).
      ?- p(X), 0 < X < 5.
      """#,
      #"""
      p(1).
      ?- p(X), 0 < X, X < 5.
      """#),
    ErrorEntry(
      #"`in`"#,
      #"Write each alternative."#,
      #"""
      p(1).
      ?- p(X), X in (1, 2).
      """#,
      #"""
      p(1).
      ?- p(X), (X = 1 ; X = 2).
      """#),
    ErrorEntry(
      #"`like`"#,
      #"There are conditions on text."#,
      #"""
      p("abc").
      ?- p(X), X like "%b%".
      """#,
      #"""
      p("abc").
      ?- p(X), contains(X, "b").
      """#),
    ErrorEntry(
      #"`exists`"#,
      #"A literal asks whether there is one."#,
      #"""
      p(1, 2).
      ?- exists p(1, X).
      """#,
      #"""
      p(1, 2).
      ?- p(1, _).
      """#),
    ErrorEntry(
      #"`count(X)`"#,
      #"An aggregate has braces, what to take, a colon and a body."#,
      #"""
      p(1).
      ?- N = count(X).
      """#,
      #"""
      p(1).
      ?- N = count{ X : p(X) }.
      """#),
    ErrorEntry(
      #"An aggregate without a colon"#,
      #"What to take stands before the colon."#,
      #"""
      p(1).
      ?- N = count{ p(X) }.
      """#,
      #"""
      p(1).
      ?- N = count{ X : p(X) }.
      """#),
    ErrorEntry(
      #"`GROUP BY`"#,
      #"An aggregate is for each value of the variables that also stand outside of it."#,
      #"""
      p(a, 1).
      ?- p(X, _) GROUP BY X.
      """#,
      #"""
      p(a, 1).
      ?- p(X, _), N = count{ Y : p(X, Y) }.
      """#),
    ErrorEntry(
      #"`order by` without its bar"#,
      #"What is done with the answers stands behind a bar."#,
      #"""
      p(1).
      ?- p(X) order by X.
      """#,
      #"""
      p(1).
      ?- p(X) | order by X.
      """#),
    ErrorEntry(
      #"`select` of what is not bound"#,
      #"The query's variables can be selected."#,
      #"""
      p(1).
      ?- p(X) | select Y.
      """#,
      #"""
      p(1).
      ?- p(X) | select X.
      """#),
    ErrorEntry(
      #"A relation as a value"#,
      #"A relation is asked as a condition of its own."#,
      #"""
      age(ann, 30).
      ?- X = age(ann) + 1.
      """#,
      #"""
      age(ann, 30).
      ?- age(ann, A), X = A + 1.
      """#),
    ErrorEntry(
      #"A path with one end"#,
      #"A path goes from somewhere to somewhere."#,
      #"""
      part_of(a, b).
      ?- part_of+(X).
      """#,
      #"""
      part_of(a, b).
      ?- part_of+(X, _).
      """#),
    ErrorEntry(
      #"A path along a relation of three"#,
      #"A path goes along relations between two things."#,
      #"""
      flight(a, b, 3).
      ?- flight+(a, X).
      """#,
      #"""
      flight(a, b, 3).
      hop(X, Y) :- flight(X, Y, _).
      ?- hop+(a, X).
      """#),
  ]

  private static let safety: [ErrorEntry] = [
    ErrorEntry(
      #"A head's variable that nothing binds"#,
      #"Each variable of a head is bound by the body."#,
      #"""
      q(1).
      p(X, Y) :- q(X).
      """#,
      #"""
      q(1).
      p(X, Y) :- q(X), q(Y).
      """#),
    ErrorEntry(
      #"A comparison's variable that nothing binds"#,
      #"A comparison chooses among values, and makes none."#,
      #"""
      p(1).
      ?- p(X), Y > X.
      """#,
      #"""
      p(1). p(2).
      ?- p(X), p(Y), Y > X.
      """#),
    ErrorEntry(
      #"A negation's variable that nothing binds"#,
      #"Bind it outside, or write `_` for any value."#,
      #"""
      p(1). q(1, 2).
      ?- p(X), not q(X, Y).
      """#,
      #"""
      p(1). q(1, 2).
      ?- p(X), not q(X, _).
      """#),
    ErrorEntry(
      #"An aggregate's column that nothing binds"#,
      #"What is counted is bound within the braces."#,
      #"""
      p(1).
      ?- N = count{ Y : p(X) }.
      """#,
      #"""
      p(1).
      ?- N = count{ X : p(X) }.
      """#),
    ErrorEntry(
      #"Recursion through a negation"#,
      #"A relation can't depend on what it does not hold."#,
      #"""
      n(1).
      win(X) :- n(X), not lose(X).
      lose(X) :- n(X), not win(X).
      """#,
      #"""
      n(1).
      win(X) :- n(X), not lose(X).
      lose(2).
      """#),
    ErrorEntry(
      #"Recursion through an aggregate"#,
      #"Nor on how many of it there are."#,
      #"""
      n(1).
      p(X) :- n(X), N = count{ Y : p(Y) }, N < 2.
      """#,
      #"""
      n(1).
      p(X) :- n(X), N = count{ Y : n(Y) }, N < 2.
      """#),
  ]

  private static let arithmetic: [ErrorEntry] = [
    ErrorEntry(
      #"Division by zero"#,
      #"It is an error for a row that all else in the body admits."#,
      #"""
      p(1, 0).
      ?- p(X, Y), Z = X / Y.
      """#,
      #"""
      p(1, 0).
      ?- p(X, Y), Y != 0, Z = X / Y.
      """#),
    ErrorEntry(
      #"Overflow"#,
      #"An integer never wraps."#,
      #"""
      ?- X = 9223372036854775807 + 1.
      """#,
      #"""
      ?- X = 9223372036854775807.0 + 1.0.
      """#),
    ErrorEntry(
      #"Arithmetic on text"#,
      #"Numbers in text are read by `to_number`."#,
      #"""
      p("1").
      ?- p(X), Y = X + 1.
      """#,
      #"""
      p("1").
      ?- p(X), Y = to_number(X) + 1.
      """#),
    ErrorEntry(
      #"An unknown function"#,
      #"The nearest is named."#,
      #"""
      ?- X = uper("a").
      """#,
      #"""
      ?- X = upper("a").
      """#),
    ErrorEntry(
      #"A wrong number of a function's arguments"#,
      #"The message shows how it is written."#,
      #"""
      ?- X = replace("a", "b").
      """#,
      #"""
      ?- X = replace("a", "a", "b").
      """#),
    ErrorEntry(
      #"A function of what can never fit"#,
      #"As far as declarations tell, before anything runs."#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), N = length(D).
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), Y = year(D).
      """#),
    ErrorEntry(
      #"A comparison of kinds that have no order"#,
      #"A date is not less than a number."#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), D > 2012.
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), year(D) > 2012.
      """#),
    ErrorEntry(
      #"The day of a month"#,
      #"A month has none. A fact must have a value; in a rule or a query such a row does not match, and nothing is wrong."#,
      #"""
      paid_on(fee, day(2013-02)).
      """#,
      #"""
      paid_on(fee, day(2013-02-14)).
      """#),
    ErrorEntry(
      #"A pattern that is none"#,
      #"The message says where it goes wrong."#,
      #"""
      p("abc").
      ?- p(X), matches(X, "a(b").
      """#,
      #"""
      p("abc").
      ?- p(X), matches(X, "a(b)").
      """#),
  ]

  private static let files: [ErrorEntry] = [
    ErrorEntry(
      #"An include that is not there"#,
      #"The nearest name in the folder is suggested."#,
      #"""
      include "nowhere.dl".
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A table that is not there"#,
      #"As an include."#,
      #"""
      import edge "nowhere.tsv".
      """#,
      #"""
      edge(1, 2).
      """#),
    ErrorEntry(
      #"An option that a table does not take"#,
      #"`header`, `separator` and `empty` say how a table is written; the other options of the language come later, and none is ignored."#,
      #"""
      import edge "edge.csv" {seperator: ";"}.
      """#,
      #"""
      edge(1, 2).
      """#),
    ErrorEntry(
      #"A number that is written otherwise"#,
      #"A position that takes numbers takes them as the language writes them, in a program and in a table."#,
      #"""
      relation r(integer, decimal).
      r("+5", ".5").
      r("0x10", "NaN").
      r("1 000", "2,5").
      """#,
      #"""
      relation r(integer, decimal).
      r(5, 0.5).
      r(16, 2.5).
      r(1_000, 2.5).
      """#),
    ErrorEntry(
      #"A day that there is not, as a text"#,
      #"The reason is the same as for a date without quotes."#,
      #"""
      relation born(any, date).
      born(ona, "2013-02-29").
      """#,
      #"""
      relation born(any, date).
      born(ona, "2013-02-28").
      """#),
  ]
}
