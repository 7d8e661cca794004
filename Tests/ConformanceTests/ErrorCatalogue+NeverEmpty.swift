extension ErrorCatalogue {
  /// Questions whose answer would be empty whatever the facts are, and which are errors for that.
  static let neverEmpty: [ErrorEntry] = [
    ErrorEntry(
      #"An annotation key that no statement has"#,
      #"A key is one that a statement has, or one of those that every graph may have."#,
      #"""
      holds(ann, mayor) @ {from: 2010-06-08}.
      ?- holds(P, O) @ {form: F}.
      """#,
      #"""
      holds(ann, mayor) @ {from: 2010-06-08}.
      ?- holds(P, O) @ {from: F}.
      """#),
    ErrorEntry(
      #"An annotation that is meant as a date and is none"#,
      #"A string as `from`, `until` or `at` is read as a date; other texts may stand there too."#,
      #"""
      holds(ann, mayor) @ {from: "08.06.2010"}.
      """#,
      #"""
      holds(ann, mayor) @ {from: "2010-06-08"}.
      """#),
    ErrorEntry(
      #"An unknown relation in a `triple`"#,
      #"The second place of a `triple` is the name of a relation with facts."#,
      #"""
      likes(ann, tea).
      ?- triple(S, "like", O).
      """#,
      #"""
      likes(ann, tea).
      ?- triple(S, "likes", O).
      """#),
    ErrorEntry(
      #"A date that is to equal a number"#,
      #"What declarations tell to be of different kinds is never equal. A year is a number, and a date has one."#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(E, D), D = 2013.
      """#,
      #"""
      relation held_on(any, date).
      held_on(fair, 2013-02-14).
      ?- held_on(E, D), year(D) = 2013.
      """#),
    ErrorEntry(
      #"A string that names no entity of a derived relation"#,
      #"Where all rules of a relation have entities in a position, a string there names one."#,
      #"""
      relation near(entity, entity).
      near(klaipeda, palanga). label(klaipeda, "Klaipėda").
      close(X, Y) :- near(X, Y).
      ?- close("Klaipeda city", Y).
      """#,
      #"""
      relation near(entity, entity).
      near(klaipeda, palanga). label(klaipeda, "Klaipėda").
      close(X, Y) :- near(X, Y).
      ?- close("Klaipeda", Y).
      """#),
    ErrorEntry(
      #"A number for words"#,
      #"`~` finds entities by words."#,
      #"""
      label(klaipeda, "Klaipėda").
      ?- X ~ 5.
      """#,
      #"""
      label(klaipeda, "Klaipėda").
      ?- X ~ "klaip".
      """#),
    ErrorEntry(
      #"The least of values of several kinds"#,
      #"Values of different kinds are in no order."#,
      #"""
      p(1). p("x").
      ?- N = min{ X : p(X) }.
      """#,
      #"""
      p(1). p("x").
      ?- N = min{ X : p(X), X != "x" }.
      """#),
    ErrorEntry(
      #"A column that an alternative leaves open"#,
      #"Each column of a query is bound in each of its alternatives."#,
      #"""
      p(1). q(2).
      ?- (p(A) ; q(B)).
      """#,
      #"""
      p(1). q(2).
      ?- (p(A) ; q(A)).
      """#),
    ErrorEntry(
      #"An answer that is not there to explain"#,
      #"`?why.` explains the first answer of the query before, `?why 2.` the second."#,
      #"""
      p(1).
      ?- p(X).
      ?why 2.
      """#,
      #"""
      p(1).
      ?- p(X).
      ?why.
      """#),
  ]
}
