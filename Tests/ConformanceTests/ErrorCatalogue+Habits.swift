extension ErrorCatalogue {
  /// What other languages have and this one writes otherwise.
  static let habits: [ErrorEntry] = [
    ErrorEntry(
      #"A query of SPARQL"#,
      #"Prefixes and `?x` are not known: a name stands for itself, and a variable starts with an upper-case letter."#,
      #"""
      person(ann).
      PREFIX foaf: <http://xmlns.com/foaf/0.1/>
      ?- person(X).
      """#,
      #"""
      person(ann).
      ?- person(X).
      """#),
    ErrorEntry(
      #"A name with a prefix"#,
      #"A colon is no part of a name. A name with other characters than letters, digits and `_` stands in single quotes."#,
      #"""
      person(ex:ann).
      """#,
      #"""
      person('ex:ann').
      """#),
    ErrorEntry(
      #"`INSERT INTO`"#,
      #"A fact is a statement by itself."#,
      #"""
      INSERT INTO person VALUES ('ann');
      """#,
      #"""
      person(ann).
      """#),
    ErrorEntry(
      #"`UPDATE`"#,
      #"What is stated is not changed in place."#,
      #"""
      UPDATE person SET age = 3;
      """#,
      #"""
      age(ann, 3).
      """#),
    ErrorEntry(
      #"`let`"#,
      #"What is fixed for a whole file is a parameter; in a body `=` binds a value."#,
      #"""
      let min = 2.
      """#,
      #"""
      param min = 2.
      """#),
    ErrorEntry(
      #"`:- use_module` and `:- include`"#,
      #"A file is read by `include`; there are no modules."#,
      #"""
      :- use_module(library(lists)).
      p(a).
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"`.input` and `.output`"#,
      #"A table is read by `import`, and answers are asked for by a query."#,
      #"""
      p(a).
      .output p
      """#,
      #"""
      p(a).
      ?- p(X).
      """#),
    ErrorEntry(
      #"`#show` and `#const`"#,
      #"What clingo says by directives is a query or a parameter."#,
      #"""
      p(a).
      #show p/1.
      """#,
      #"""
      p(a).
      ?- p(X).
      """#),
    ErrorEntry(
      #"A cut"#,
      #"Every rule gives all that follows from it, in whatever order rules are written."#,
      #"""
      p(a).
      q(X) :- p(X), !.
      """#,
      #"""
      p(a).
      q(X) :- p(X).
      """#),
    ErrorEntry(
      #"`->`"#,
      #"A choice is a rule for each case, or a disjunction."#,
      #"""
      p(a).
      r(b).
      q(X) :- (p(X) -> r(X) ; p(X)).
      """#,
      #"""
      p(a).
      r(b).
      q(X) :- (p(X), r(X) ; p(X)).
      """#),
    ErrorEntry(
      #"`if`"#,
      #"The head stands first."#,
      #"""
      p(a).
      q(X) if p(X).
      """#,
      #"""
      p(a).
      q(X) :- p(X).
      """#),
    ErrorEntry(
      #"`<-` and `←`"#,
      #"A rule's head and body are joined by `:-`."#,
      #"""
      p(a).
      q(X) <- p(X).
      """#,
      #"""
      p(a).
      q(X) :- p(X).
      """#),
    ErrorEntry(
      #"`~p(X)` and `-p(X)`"#,
      #"Negation is a word. `~` finds entities by their names, and `-` stands before numbers."#,
      #"""
      p(a).
      q(a).
      ?- q(X), -p(X).
      """#,
      #"""
      p(a).
      q(a).
      ?- q(X), not p(X).
      """#),
    ErrorEntry(
      #"`|` for or"#,
      #"`|` leads to what is done to a query's answers."#,
      #"""
      p(a).
      r(b).
      q(X) :- p(X) | r(X).
      """#,
      #"""
      p(a).
      r(b).
      q(X) :- p(X) ; r(X).
      """#),
    ErrorEntry(
      #"`true` as a literal"#,
      #"A literal is a relation with arguments or a comparison; what always holds is left out."#,
      #"""
      p(a) :- true.
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A variable as a literal"#,
      #"A variable stands for a value, which neither holds nor fails."#,
      #"""
      p(true).
      ?- p(X), X.
      """#,
      #"""
      p(true).
      ?- p(X), X = true.
      """#),
    ErrorEntry(
      #"`X % 2`"#,
      #"`%` begins a comment, so what follows it is not read."#,
      #"""
      p(4).
      ?- p(X), X % 2 = 0.
      """#,
      #"""
      p(4).
      ?- p(X), X mod 2 = 0.
      """#),
    ErrorEntry(
      #"`X ^ 2` and `X ** 2`"#,
      #"There is no power."#,
      #"""
      p(4).
      ?- p(X), Y = X ^ 2.
      """#,
      #"""
      p(4).
      ?- p(X), Y = X * X.
      """#),
    ErrorEntry(
      #"`concat`, `len`, `substr`"#,
      #"Functions have one name each."#,
      #"""
      p("a").
      ?- p(X), N = len(X).
      """#,
      #"""
      p("a").
      ?- p(X), N = length(X).
      """#),
    ErrorEntry(
      #"`+` between texts"#,
      #"`+` adds numbers."#,
      #"""
      relation p(string).
      p("a").
      ?- p(X), Y = X + "b".
      """#,
      #"""
      relation p(string).
      p("a").
      ?- p(X), Y = X ++ "b".
      """#),
    ErrorEntry(
      #"`COUNT(*)`"#,
      #"An aggregate stands in braces and says what it counts."#,
      #"""
      p(a).
      ?- N = COUNT(*).
      """#,
      #"""
      p(a).
      ?- N = count{ X : p(X) }.
      """#),
    ErrorEntry(
      #"`count : { … }`"#,
      #"What is counted stands within the braces, before the colon."#,
      #"""
      p(a).
      ?- N = count : { p(X) }.
      """#,
      #"""
      p(a).
      ?- N = count{ X : p(X) }.
      """#),
    ErrorEntry(
      #"`between`"#,
      #"A range is two comparisons."#,
      #"""
      p(3).
      ?- p(X), X between 1 and 5.
      """#,
      #"""
      p(3).
      ?- p(X), 1 <= X, X <= 5.
      """#),
    ErrorEntry(
      #"`forall`"#,
      #"For all is said as: there is none without."#,
      #"""
      p(a).
      q(a).
      ?- forall(p(X), q(X)).
      """#,
      #"""
      p(a).
      q(a).
      ?- not (p(X), not q(X)).
      """#),
    ErrorEntry(
      #"`limit` without its bar"#,
      #"What is done to the answers stands behind `|`, each with a bar of its own."#,
      #"""
      p(a).
      ?- p(X) limit 10.
      """#,
      #"""
      p(a).
      ?- p(X) | limit 10.
      """#),
    ErrorEntry(
      #"`limit 10 offset 5`"#,
      #"Each of them has a bar of its own."#,
      #"""
      p(a).
      ?- p(X) | limit 10 offset 5.
      """#,
      #"""
      p(a).
      ?- p(X) | limit 10 | offset 5.
      """#),
    ErrorEntry(
      #"`where` behind the bar"#,
      #"Conditions belong to the body."#,
      #"""
      p(a). p(b).
      ?- p(X) | where X != b.
      """#,
      #"""
      p(a). p(b).
      ?- p(X), X != b.
      """#),
    ErrorEntry(
      #"`select *`"#,
      #"Without `select` all named variables are shown."#,
      #"""
      p(a).
      ?- p(X) | select *.
      """#,
      #"""
      p(a).
      ?- p(X).
      """#),
    ErrorEntry(
      #"`order by -X`"#,
      #"The direction is a word behind the variable."#,
      #"""
      p(a).
      ?- p(X) | order by -X.
      """#,
      #"""
      p(a).
      ?- p(X) | order by X desc.
      """#),
    ErrorEntry(
      #"`select X as name`"#,
      #"A column is called like its variable."#,
      #"""
      p(a).
      ?- p(X) | select X as name.
      """#,
      #"""
      p(a).
      ?- p(Name).
      """#),
    ErrorEntry(
      #"`NULL`"#,
      #"What is not known is not stated."#,
      #"""
      born(ann, NULL).
      """#,
      #"""
      person(ann).
      """#),
    ErrorEntry(
      #"`{…}` in a fact"#,
      #"A fact has no structured values: each thing that is said is a fact of its own."#,
      #"""
      person({name: "Ann"}).
      """#,
      #"""
      label(ann, "Ann").
      """#),
    ErrorEntry(
      #"Several facts in one statement"#,
      #"Each fact ends with a full stop."#,
      #"""
      p(a), p(b).
      """#,
      #"""
      p(a). p(b).
      """#),
    ErrorEntry(
      #"A semicolon at the end"#,
      #"A statement ends with a full stop."#,
      #"""
      p(a);
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A value on the right of `=`"#,
      #"A statement begins with a relation, and a value is one of its arguments."#,
      #"""
      age(ann) = 30.
      """#,
      #"""
      age(ann, 30).
      """#),
    ErrorEntry(
      #"`+` and `-` before a fact"#,
      #"Facts are added with `+` and taken back with `-` at the prompt only."#,
      #"""
      +p(a).
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A command of the shell in a file"#,
      #"Commands that begin with `:` are the shell's."#,
      #"""
      :help
      """#,
      #"""
      p(a).
      """#),
    ErrorEntry(
      #"A doubled quote"#,
      #"A quote within quotes is written with a backslash."#,
      #"""
      p('it''s').
      """#,
      #"""
      p('it\'s').
      """#),
    ErrorEntry(
      #"A string that another quote should close"#,
      #"Both ends have the same sign."#,
      #"""
      p("Klaipėda“).
      """#,
      #"""
      p("Klaipėda").
      """#),
    ErrorEntry(
      #"An apostrophe between thousands"#,
      #"Digits are grouped by `_`."#,
      #"""
      p(1'000).
      """#,
      #"""
      p(1_000).
      """#),
    ErrorEntry(
      #"A space between thousands"#,
      #"Digits are grouped by `_`."#,
      #"""
      p(1 000).
      """#,
      #"""
      p(1_000).
      """#),
    ErrorEntry(
      #"A decimal comma"#,
      #"A comma separates arguments."#,
      #"""
      relation price(any, decimal).
      price(bread, 3,14).
      """#,
      #"""
      relation price(any, decimal).
      price(bread, 3.14).
      """#),
    ErrorEntry(
      #"A sign before an amount"#,
      #"`$` begins a parameter."#,
      #"""
      price(bread, $3).
      """#,
      #"""
      price(bread, 3, usd).
      """#),
    ErrorEntry(
      #"A currency"#,
      #"An amount is a number alone."#,
      #"""
      price(bread, 3€).
      """#,
      #"""
      price(bread, 3, eur).
      """#),
    ErrorEntry(
      #"A date with slashes in a string"#,
      #"A string where a date is expected is read as a date, year-month-day."#,
      #"""
      relation held_on(any, date).
      held_on(fair, "14/02/2013").
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, "2013-02-14").
      """#),
    ErrorEntry(
      #"A date compared with a string"#,
      #"A date stands without quotes."#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), D > "2013-01-01".
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(X, D), D > 2013-01-01.
      """#),
    ErrorEntry(
      #"Names of positions in a declaration"#,
      #"A position has a type alone."#,
      #"""
      relation edge(from: integer, to: integer).
      """#,
      #"""
      relation edge(integer, integer).
      """#),
    ErrorEntry(
      #"`int`, `float`, `varchar`"#,
      #"The kinds of values are `string`, `integer`, `decimal`, `boolean` and `date`."#,
      #"""
      relation age(any, int).
      """#,
      #"""
      relation age(any, integer).
      """#),
    ErrorEntry(
      #"A type declared with an argument"#,
      #"A type is declared by its name alone."#,
      #"""
      type person(X).
      """#,
      #"""
      type person.
      """#),
    ErrorEntry(
      #"A relation as a variable"#,
      #"A variable stands for a value, not for a relation."#,
      #"""
      partner(ann, school).
      ?- R(ann, school).
      """#,
      #"""
      partner(ann, school).
      ?- triple(ann, R, school).
      """#),
    ErrorEntry(
      #"Lower-case variables in a rule"#,
      #"What starts with a lower-case letter is a name. A rule does not make a name that its own body asks for."#,
      #"""
      p(a).
      q(x) :- p(x).
      """#,
      #"""
      p(a).
      q(X) :- p(X).
      """#),
  ]
}
