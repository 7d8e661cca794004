extension ErrorCatalogue {
  static let safety: [ErrorEntry] = [
    ErrorEntry(
      .unboundVariable, #"A variable that nothing binds"#,
      #"Each variable is bound by a relation in the body that is not negated."#,
      ErrorExample(
        title: #"A head's variable that nothing binds"#,
        explanation: #"Each variable of a head is bound by the body."#,
        #"""
        q(1).
        p(X, Y) :- q(X).
        """#,
        mended: #"""
          q(1).
          p(X, Y) :- q(X), q(Y).
          """#),
      ErrorExample(
        title: #"A comparison's variable that nothing binds"#,
        explanation: #"A comparison chooses among values, and makes none."#,
        #"""
        p(1).
        ?- p(X), Y > X.
        """#,
        mended: #"""
          p(1). p(2).
          ?- p(X), p(Y), Y > X.
          """#),
      ErrorExample(
        title: #"A negation's variable that nothing binds"#,
        explanation: #"Bind it outside, or write `_` for any value."#,
        #"""
        p(1). q(1, 2).
        ?- p(X), not q(X, Y).
        """#,
        mended: #"""
          p(1). q(1, 2).
          ?- p(X), not q(X, _).
          """#),
      ErrorExample(
        title: #"An aggregate's column that nothing binds"#,
        explanation: #"What is counted is bound within the braces."#,
        #"""
        p(1).
        ?- N = count{ Y : p(X) }.
        """#,
        mended: #"""
          p(1).
          ?- N = count{ X : p(X) }.
          """#)),
    ErrorEntry(
      .unboundInAlternative, #"A column that an alternative leaves open"#,
      #"Each column of a query is bound in each of its alternatives."#,
      ErrorExample(
        #"""
        p(1). q(2).
        ?- (p(A) ; q(B)).
        """#,
        mended: #"""
          p(1). q(2).
          ?- (p(A) ; q(A)).
          """#)),
    ErrorEntry(
      .recursionThroughNegation, #"Recursion through a negation or an aggregate"#,
      #"A relation can't depend on what it does not hold, nor on how many of it there are."#,
      ErrorExample(
        title: #"Recursion through a negation"#,
        explanation: #"A relation can't depend on what it does not hold."#,
        #"""
        n(1).
        win(X) :- n(X), not lose(X).
        lose(X) :- n(X), not win(X).
        """#,
        mended: #"""
          n(1).
          win(X) :- n(X), not lose(X).
          lose(2).
          """#),
      ErrorExample(
        title: #"Recursion through an aggregate"#,
        explanation: #"Nor on how many of it there are."#,
        #"""
        n(1).
        p(X) :- n(X), N = count{ Y : p(Y) }, N < 2.
        """#,
        mended: #"""
          n(1).
          p(X) :- n(X), N = count{ Y : n(Y) }, N < 2.
          """#)),
  ]

  static let neverEmpty: [ErrorEntry] = [
    ErrorEntry(
      .neverHolds, #"A comparison that can never hold"#,
      #"Values of different kinds are never equal, and in no order. Declarations tell which kind a variable has."#,
      ErrorExample(
        title: #"A comparison of kinds that have no order"#,
        explanation: #"A date is not less than a number."#,
        #"""
        relation held_on(any, date).
        held_on(fair, 2013-02-14).
        ?- held_on(X, D), D > 2012.
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          ?- held_on(X, D), year(D) > 2012.
          """#),
      ErrorExample(
        title: #"A date that is to equal a number"#,
        explanation:
          #"What declarations tell to be of different kinds is never equal. A year is a number, and a date has one."#,
        #"""
        relation held_on(any, date).
        held_on(fair, 2013-02-14).
        ?- held_on(E, D), D = 2013.
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          ?- held_on(E, D), year(D) = 2013.
          """#),
      ErrorExample(
        title: #"A date compared with a string"#,
        explanation: #"A date stands without quotes."#,
        #"""
        relation held_on(any, date).
        held_on(fair, 2013-02-14).
        ?- held_on(X, D), D > "2013-01-01".
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          ?- held_on(X, D), D > 2013-01-01.
          """#)),
    ErrorEntry(
      .nothingMatches, #"A literal that nothing matches (a warning)"#,
      #"`tiltas check` tells of relations that are asked for and have no facts."#,
      ErrorExample(
        #"""
        echo 'type person. person(a). relation p(person). ?- p(X).' | tiltas check --no-graph -
        """#,
        mended: #"""
          echo 'type person. person(a). relation p(person). p(a). ?- p(X).' | tiltas check --no-graph --quiet -
          """#)),
    ErrorEntry(
      .untypedEntity, #"An entity of no type (a warning)"#,
      #"If types are declared, `tiltas check` tells of entities that have none."#,
      ErrorExample(
        #"""
        echo 'type person. person(a). knows(a, b).' | tiltas check --no-graph -
        """#,
        mended: #"""
          echo 'type person. person(a). person(b). knows(a, b).' | tiltas check --no-graph --quiet -
          """#)),
  ]

  static let explanations: [ErrorEntry] = [
    ErrorEntry(
      .noAnswerToExplain, #"An answer that is not there to explain"#,
      #"`?why.` explains the first answer of the query before, `?why 2.` the second."#,
      ErrorExample(
        #"""
        p(1).
        ?- p(X).
        ?why 2.
        """#,
        mended: #"""
          p(1).
          ?- p(X).
          ?why.
          """#)),
    ErrorEntry(
      .doesNotHold, #"Why something holds that does not"#,
      #"`?why not` explains why a fact does not hold."#,
      ErrorExample(
        #"""
        p(a). q(b).
        ?why p(b).
        """#,
        mended: #"""
          p(a). q(b).
          ?why not p(b).
          """#)),
    ErrorEntry(
      .doesHold, #"Why something does not hold that does"#,
      #"`?why` explains why a fact holds."#,
      ErrorExample(
        #"""
        p(a).
        ?why not p(a).
        """#,
        mended: #"""
          p(a).
          ?why p(a).
          """#)),
    ErrorEntry(
      .notOneFact, #"An explanation of several facts"#,
      #"What is explained is one fact, without variables."#,
      ErrorExample(
        #"""
        p(a).
        ?why p(X).
        """#,
        mended: #"""
          p(a).
          ?why p(a).
          """#)),
    ErrorEntry(
      .brokenConstraint, #"A broken constraint"#,
      #"A constraint says what must not be. The notes tell what breaks it."#,
      ErrorExample(
        #"""
        echo 'p(b). q(a). constraint "nothing is b" :- p(b).' | tiltas check --no-graph -
        """#,
        mended: #"""
          echo 'p(a). q(b). constraint "nothing is b" :- p(b).' | tiltas check --no-graph --quiet -
          """#)),
  ]
}
