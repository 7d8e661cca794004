extension ErrorCatalogue {
  static let functions: [ErrorEntry] = [
    ErrorEntry(
      .divisionByZero, #"Division by zero"#,
      #"It is an error for a row that all else in the body admits."#,
      ErrorExample(
        #"""
        p(1, 0).
        ?- p(X, Y), Z = X / Y.
        """#,
        mended: #"""
          p(1, 0).
          ?- p(X, Y), Y != 0, Z = X / Y.
          """#)),
    ErrorEntry(
      .overflow, #"Overflow"#,
      #"An integer never wraps."#,
      ErrorExample(
        #"""
        ?- X = 9223372036854775807 + 1.
        """#,
        mended: #"""
          ?- X = 9223372036854775807.0 + 1.0.
          """#)),
    ErrorEntry(
      .wrongArgument, #"An argument that a function does not take"#,
      #"Each function takes values of some kinds. As far as declarations tell, this is said before anything runs."#,
      ErrorExample(
        title: #"Arithmetic on text"#,
        explanation: #"Numbers in text are read by `to_number`."#,
        #"""
        p("1").
        ?- p(X), Y = X + 1.
        """#,
        mended: #"""
          p("1").
          ?- p(X), Y = to_number(X) + 1.
          """#),
      ErrorExample(
        title: #"A function of what can never fit"#,
        explanation: #"As far as declarations tell, before anything runs."#,
        #"""
        relation held_on(any, date).
        held_on(fair, 2013-02-14).
        ?- held_on(X, D), N = length(D).
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          ?- held_on(X, D), Y = year(D).
          """#),
      ErrorExample(
        title: #"`+` between texts"#,
        explanation: #"`+` adds numbers."#,
        #"""
        relation p(string).
        p("a").
        ?- p(X), Y = X + "b".
        """#,
        mended: #"""
          relation p(string).
          p("a").
          ?- p(X), Y = X ++ "b".
          """#)),
    ErrorEntry(
      .unknownFunction, #"An unknown function"#,
      #"Functions have one name each; the nearest is named."#,
      ErrorExample(
        #"""
        ?- X = uper("a").
        """#,
        mended: #"""
          ?- X = upper("a").
          """#),
      ErrorExample(
        title: #"`count(X)`"#,
        explanation: #"An aggregate has braces, what to take, a colon and a body."#,
        #"""
        p(1).
        ?- N = count(X).
        """#,
        mended: #"""
          p(1).
          ?- N = count{ X : p(X) }.
          """#),
      ErrorExample(
        title: #"`concat`, `len`, `substr`"#,
        explanation: #"Functions have one name each."#,
        #"""
        p("a").
        ?- p(X), N = len(X).
        """#,
        mended: #"""
          p("a").
          ?- p(X), N = length(X).
          """#)),
    ErrorEntry(
      .wrongArgumentCount, #"A wrong number of a function's arguments"#,
      #"The message shows how it is written."#,
      ErrorExample(
        #"""
        ?- X = replace("a", "b").
        """#,
        mended: #"""
          ?- X = replace("a", "a", "b").
          """#)),
    ErrorEntry(
      .absentPart, #"A part that a date does not have"#,
      #"A year has no month, a month no day, and an interval with an open end no last day."#,
      ErrorExample(
        title: #"The day of a month"#,
        explanation:
          #"A month has none. A fact must have a value; in a rule or a query such a row does not match, and nothing is wrong."#,
        #"""
        paid_on(fee, day(2013-02)).
        """#,
        mended: #"""
          paid_on(fee, day(2013-02-14)).
          """#)),
    ErrorEntry(
      .badPattern, #"A pattern that is none"#,
      #"The message says where it goes wrong."#,
      ErrorExample(
        #"""
        p("abc").
        ?- p(X), matches(X, "a(b").
        """#,
        mended: #"""
          p("abc").
          ?- p(X), matches(X, "a(b)").
          """#)),
    ErrorEntry(
      .severalKinds, #"Values of several kinds"#,
      #"Values of different kinds are in no order, and the least and the greatest are of one kind."#,
      ErrorExample(
        title: #"The least of values of several kinds"#,
        explanation: #"Values of different kinds are in no order."#,
        #"""
        p(1). p("x").
        ?- N = min{ X : p(X) }.
        """#,
        mended: #"""
          p(1). p("x").
          ?- N = min{ X : p(X), X != "x" }.
          """#)),
    ErrorEntry(
      .unreadableText, #"A text that is no number and no date"#,
      #"`to_number` and `date` read texts that are written as the language writes numbers and dates."#,
      ErrorExample(
        #"""
        p("one").
        ?- p(X), N = to_number(X).
        """#,
        mended: #"""
          p("1").
          ?- p(X), N = to_number(X).
          """#)),
    ErrorEntry(
      .badPosition, #"A character before the first"#,
      #"Characters and parts of a text are counted from 1."#,
      ErrorExample(
        #"""
        ?- X = substring("abc", 0, 1).
        """#,
        mended: #"""
          ?- X = substring("abc", 1, 1).
          """#)),
    ErrorEntry(
      .resultTooLong, #"A text that becomes too long"#,
      #"A computed text has at most 16 MiB."#,
      withoutExample: #"it would take long"#),
    ErrorEntry(
      .patternTooCostly, #"A pattern that takes too long"#,
      #"Some patterns try more ways than there is time or memory for. Write them so that each character fits one part."#,
      withoutExample: #"it would take long"#),
  ]
}
