extension ErrorCatalogue {
  static let bodies: [ErrorEntry] = [
    ErrorEntry(
      .expectedComparison, #"A value without a comparison"#,
      #"A literal is a relation with its arguments, or two values with a comparison between."#,
      ErrorExample(
        title: #"`==`, `=:=`"#,
        explanation: #"Equality is `=`; it binds a variable or compares."#,
        #"""
        p(1).
        ?- p(X), X == 1.
        """#,
        mended: #"""
          p(1).
          ?- p(X), X = 1.
          """#),
      ErrorExample(
        title: #"`:=`"#,
        explanation: #"A value is bound by `=`."#,
        #"""
        p(1).
        ?- p(X), Y := X.
        """#,
        mended: #"""
          p(1).
          ?- p(X), Y = X.
          """#),
      ErrorExample(
        title: #"`<>`"#,
        explanation: #"Two values differ by `!=`."#,
        #"""
        p(1).
        ?- p(X), X <> 2.
        """#,
        mended: #"""
          p(1).
          ?- p(X), X != 2.
          """#),
      ErrorExample(
        title: #"`is`"#,
        explanation: #"`=` computes."#,
        #"""
        p(1).
        ?- p(X), Y is X + 1.
        """#,
        mended: #"""
          p(1).
          ?- p(X), Y = X + 1.
          """#),
      ErrorExample(
        title: #"`in`"#,
        explanation: #"Write each alternative."#,
        #"""
        p(1).
        ?- p(X), X in (1, 2).
        """#,
        mended: #"""
          p(1).
          ?- p(X), (X = 1 ; X = 2).
          """#),
      ErrorExample(
        title: #"`like`"#,
        explanation: #"There are conditions on text."#,
        #"""
        p("abc").
        ?- p(X), X like "%b%".
        """#,
        mended: #"""
          p("abc").
          ?- p(X), contains(X, "b").
          """#),
      ErrorExample(
        title: #"`between`"#,
        explanation: #"A range is two comparisons."#,
        #"""
        p(3).
        ?- p(X), X between 1 and 5.
        """#,
        mended: #"""
          p(3).
          ?- p(X), 1 <= X, X <= 5.
          """#)),
    ErrorEntry(
      .expectedLiteral, #"A literal that is missing"#,
      #"A body has literals, joined by `,` and `;`."#,
      ErrorExample(
        title: #"An empty body"#,
        explanation: #"A rule's body has a literal."#,
        #"""
        p(a).
        q(X) :- .
        """#,
        mended: #"""
          p(a).
          q(X) :- p(X).
          """#),
      ErrorExample(
        title: #"`!p(X)` and `\+ p(X)`"#,
        explanation: #"Negation is `not`."#,
        #"""
        p(1). q(1).
        ?- p(X), !q(X).
        """#,
        mended: #"""
          p(1). q(1).
          ?- p(X), not q(X).
          """#),
      ErrorExample(
        title: #"A cut"#,
        explanation: #"Every rule gives all that follows from it, in whatever order rules are written."#,
        #"""
        p(a).
        q(X) :- p(X), !.
        """#,
        mended: #"""
          p(a).
          q(X) :- p(X).
          """#)),
    ErrorEntry(
      .expectedValue, #"A value that is missing"#,
      #"An argument is a name, a string, a number, a date, a variable, or computed from these."#,
      ErrorExample(
        title: #"A list"#,
        explanation: #"There are no lists: state one fact for each member."#,
        #"""
        p([a, b]).
        """#,
        mended: #"""
          p(a). p(b).
          """#),
      ErrorExample(
        title: #"`?x`"#,
        explanation: #"A variable starts with a capital letter."#,
        #"""
        p(1).
        ?- p(?x).
        """#,
        mended: #"""
          p(1).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"`COUNT(*)`"#,
        explanation: #"An aggregate stands in braces and says what it counts."#,
        #"""
        p(a).
        ?- N = COUNT(*).
        """#,
        mended: #"""
          p(a).
          ?- N = count{ X : p(X) }.
          """#),
      ErrorExample(
        title: #"`{…}` in a fact"#,
        explanation: #"A fact has no structured values: each thing that is said is a fact of its own."#,
        #"""
        person({name: "Ann"}).
        """#,
        mended: #"""
          label(ann, "Ann").
          """#)),
    ErrorEntry(
      .noLiteral, #"A value as a literal"#,
      #"A literal holds or fails; a value alone does neither."#,
      ErrorExample(
        title: #"`exists`"#,
        explanation: #"A literal asks whether there is one."#,
        #"""
        p(1, 2).
        ?- exists p(1, X).
        """#,
        mended: #"""
          p(1, 2).
          ?- p(1, _).
          """#),
      ErrorExample(
        title: #"`~p(X)` and `-p(X)`"#,
        explanation: #"Negation is a word. `~` finds entities by their names, and `-` stands before numbers."#,
        #"""
        p(a).
        q(a).
        ?- q(X), -p(X).
        """#,
        mended: #"""
          p(a).
          q(a).
          ?- q(X), not p(X).
          """#),
      ErrorExample(
        title: #"`true` as a literal"#,
        explanation: #"A literal is a relation with arguments or a comparison; what always holds is left out."#,
        #"""
        p(a) :- true.
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"A variable as a literal"#,
        explanation: #"A variable stands for a value, which neither holds nor fails."#,
        #"""
        p(true).
        ?- p(X), X.
        """#,
        mended: #"""
          p(true).
          ?- p(X), X = true.
          """#),
      ErrorExample(
        title: #"`X % 2`"#,
        explanation: #"`%` begins a comment, so what follows it is not read."#,
        #"""
        p(4).
        ?- p(X), X % 2 = 0.
        """#,
        mended: #"""
          p(4).
          ?- p(X), X mod 2 = 0.
          """#)),
    ErrorEntry(
      .comparisonChain, #"Comparisons in a row"#,
      #"Write each of them."#,
      ErrorExample(
        #"""
        p(1).
        ?- p(X), 0 < X < 5.
        """#,
        mended: #"""
          p(1).
          ?- p(X), 0 < X, X < 5.
          """#)),
    ErrorEntry(
      .unexpectedInBody, #"What joins no literals"#,
      #"Literals are joined by `,` for and, and `;` for or. What is done to the answers stands behind `|`."#,
      ErrorExample(
        title: #"`&&` and `AND`"#,
        explanation: #"A comma means and."#,
        #"""
        p(1). q(1).
        ?- p(X) && q(X).
        """#,
        mended: #"""
          p(1). q(1).
          ?- p(X), q(X).
          """#),
      ErrorExample(
        title: #"`OR`"#,
        explanation: #"A semicolon means or."#,
        #"""
        p(1). q(1).
        ?- p(X) OR q(X).
        """#,
        mended: #"""
          p(1). q(1).
          ?- p(X) ; q(X).
          """#),
      ErrorExample(
        title: #"`GROUP BY`"#,
        explanation: #"An aggregate is for each value of the variables that also stand outside of it."#,
        #"""
        p(a, 1).
        ?- p(X, _) GROUP BY X.
        """#,
        mended: #"""
          p(a, 1).
          ?- p(X, _), N = count{ Y : p(X, Y) }.
          """#),
      ErrorExample(
        title: #"`order by` without its bar"#,
        explanation: #"What is done with the answers stands behind a bar."#,
        #"""
        p(1).
        ?- p(X) order by X.
        """#,
        mended: #"""
          p(1).
          ?- p(X) | order by X.
          """#),
      ErrorExample(
        title: #"`|` for or"#,
        explanation: #"`|` leads to what is done to a query's answers."#,
        #"""
        p(a).
        r(b).
        q(X) :- p(X) | r(X).
        """#,
        mended: #"""
          p(a).
          r(b).
          q(X) :- p(X) ; r(X).
          """#),
      ErrorExample(
        title: #"`X ^ 2` and `X ** 2`"#,
        explanation: #"There is no power."#,
        #"""
        p(4).
        ?- p(X), Y = X ^ 2.
        """#,
        mended: #"""
          p(4).
          ?- p(X), Y = X * X.
          """#),
      ErrorExample(
        title: #"`count : { … }`"#,
        explanation: #"What is counted stands within the braces, before the colon."#,
        #"""
        p(a).
        ?- N = count : { p(X) }.
        """#,
        mended: #"""
          p(a).
          ?- N = count{ X : p(X) }.
          """#),
      ErrorExample(
        title: #"`limit` without its bar"#,
        explanation: #"What is done to the answers stands behind `|`, each with a bar of its own."#,
        #"""
        p(a).
        ?- p(X) limit 10.
        """#,
        mended: #"""
          p(a).
          ?- p(X) | limit 10.
          """#)),
    ErrorEntry(
      .unexpectedBehindBar, #"What cannot stand behind the bar"#,
      #"Behind `|` stand `select`, `order by`, `limit` and `offset`, each with a bar of its own."#,
      ErrorExample(
        title: #"`limit 10 offset 5`"#,
        explanation: #"Each of them has a bar of its own."#,
        #"""
        p(a).
        ?- p(X) | limit 10 offset 5.
        """#,
        mended: #"""
          p(a).
          ?- p(X) | limit 10 | offset 5.
          """#),
      ErrorExample(
        title: #"`where` behind the bar"#,
        explanation: #"Conditions belong to the body."#,
        #"""
        p(a). p(b).
        ?- p(X) | where X != b.
        """#,
        mended: #"""
          p(a). p(b).
          ?- p(X), X != b.
          """#),
      ErrorExample(
        title: #"`select *`"#,
        explanation: #"Without `select` all named variables are shown."#,
        #"""
        p(a).
        ?- p(X) | select *.
        """#,
        mended: #"""
          p(a).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"`order by -X`"#,
        explanation: #"The direction is a word behind the variable."#,
        #"""
        p(a).
        ?- p(X) | order by -X.
        """#,
        mended: #"""
          p(a).
          ?- p(X) | order by X desc.
          """#),
      ErrorExample(
        title: #"`select X as name`"#,
        explanation: #"A column is called like its variable."#,
        #"""
        p(a).
        ?- p(X) | select X as name.
        """#,
        mended: #"""
          p(a).
          ?- p(Name).
          """#)),
    ErrorEntry(
      .selectUnbound, #"`select` of what is not bound"#,
      #"The query's variables can be selected."#,
      ErrorExample(
        #"""
        p(1).
        ?- p(X) | select Y.
        """#,
        mended: #"""
          p(1).
          ?- p(X) | select X.
          """#)),
    ErrorEntry(
      .noWholeNumber, #"A limit that is no whole number"#,
      #"`limit` and `offset` take whole numbers from 0."#,
      ErrorExample(
        #"""
        param n = 1.5.
        p(1).
        ?- p(X) | limit $n.
        """#,
        mended: #"""
          param n = 1.
          p(1).
          ?- p(X) | limit $n.
          """#)),
    ErrorEntry(
      .relationAsValue, #"A relation as a value"#,
      #"A relation is asked as a condition of its own."#,
      ErrorExample(
        #"""
        age(ann, 30).
        ?- X = age(ann) + 1.
        """#,
        mended: #"""
          age(ann, 30).
          ?- age(ann, A), X = A + 1.
          """#)),
    ErrorEntry(
      .functionAsCondition, #"A function as a condition"#,
      #"A function gives a value, which is compared or bound."#,
      ErrorExample(
        #"""
        p("a").
        ?- p(X), length(X).
        """#,
        mended: #"""
          p("a").
          ?- p(X), length(X) = 1.
          """#)),
    ErrorEntry(
      .noAggregate, #"An unknown aggregate"#,
      #"The nearest is named."#,
      ErrorExample(
        #"""
        p(1).
        ?- N = summ{ X : p(X) }.
        """#,
        mended: #"""
          p(1).
          ?- N = sum{ X : p(X) }.
          """#)),
    ErrorEntry(
      .unexpectedInAggregate, #"An aggregate in another form"#,
      #"An aggregate is written `count{ X : p(X) }`, a distance `distance{ r : A -> B }`."#,
      ErrorExample(
        title: #"An aggregate without a colon"#,
        explanation: #"What to take stands before the colon."#,
        #"""
        p(1).
        ?- N = count{ p(X) }.
        """#,
        mended: #"""
          p(1).
          ?- N = count{ X : p(X) }.
          """#)),
    ErrorEntry(
      .unexpectedInPath, #"A path in another form"#,
      #"A path is a relation with `+` or `*`, or several joined by `|` in brackets."#,
      ErrorExample(
        #"""
        p(a, b).
        ?- (p | 3)+(a, X).
        """#,
        mended: #"""
          p(a, b). q(a, b).
          ?- (p | q)+(a, X).
          """#)),
    ErrorEntry(
      .pathEnds, #"A path without its two ends"#,
      #"A path goes from somewhere to somewhere."#,
      ErrorExample(
        title: #"A path with one end"#,
        #"""
        part_of(a, b).
        ?- part_of+(X).
        """#,
        mended: #"""
          part_of(a, b).
          ?- part_of+(X, _).
          """#)),
    ErrorEntry(
      .pathStep, #"A path along a relation of three"#,
      #"A path goes along relations between two things."#,
      ErrorExample(
        #"""
        flight(a, b, 3).
        ?- flight+(a, X).
        """#,
        mended: #"""
          flight(a, b, 3).
          hop(X, Y) :- flight(X, Y, _).
          ?- hop+(a, X).
          """#)),
    ErrorEntry(
      .pathAnnotations, #"A path that is asked for what is stated"#,
      #"`@ {}` leaves out what rules give. Define a relation by it, and repeat that."#,
      ErrorExample(
        #"""
        p(a, b). p(b, c).
        ?- p+(a, X) @ {}.
        """#,
        mended: #"""
          p(a, b). p(b, c).
          stated(X, Y) :- p(X, Y) @ {}.
          ?- stated+(a, X).
          """#)),
    ErrorEntry(
      .tripleOfNoFacts, #"A `triple` of what is not stated"#,
      #"`triple` ranges over the facts of relations between two things."#,
      ErrorExample(
        #"""
        p(a, b).
        q(X, Y) :- p(X, Y).
        ?- triple(S, q, O).
        """#,
        mended: #"""
          p(a, b).
          ?- triple(S, p, O).
          """#)),
    ErrorEntry(
      .bodyTooLarge, #"A body that is too large"#,
      #"Define relations for parts of it."#,
      withoutExample: #"it would fill pages"#),
    ErrorEntry(
      .noWords, #"What finds no entity by words"#,
      #"`~` finds entities by words in quotes."#,
      ErrorExample(
        title: #"A number for words"#,
        explanation: #"`~` finds entities by words."#,
        #"""
        label(klaipeda, "Klaipėda").
        ?- X ~ 5.
        """#,
        mended: #"""
          label(klaipeda, "Klaipėda").
          ?- X ~ "klaip".
          """#)),
    ErrorEntry(
      .expectedArguments, #"A relation without its arguments"#,
      #"A relation is written with its arguments in brackets."#,
      ErrorExample(
        #"""
        person ann.
        """#,
        mended: #"""
          person(ann).
          """#)),
    ErrorEntry(
      .columnsMisplaced, #"The name of a column where none can stand"#,
      #"Only a relation's columns have names, and those that are named come last."#,
      ErrorExample(
        #"""
        relation letter(id: string, sender: entity).
        letter("7", ann).
        ?- letter(id: I, S).
        """#,
        mended: #"""
          relation letter(id: string, sender: entity).
          letter("7", ann).
          ?- letter(id: I, sender: S).
          """#),
      ErrorExample(
        title: #"A function with names"#,
        #"""
        name("Ann").
        ?- name(N), L = length(text: N).
        """#,
        mended: #"""
          name("Ann").
          ?- name(N), L = length(N).
          """#)),
  ]
}
