extension ErrorCatalogue {
  static let relations: [ErrorEntry] = [
    ErrorEntry(
      .unknownRelation, #"An unknown relation"#,
      #"A relation is declared, has facts, or is defined by a rule."#,
      ErrorExample(
        #"""
        partner(a, b).
        ?- partnr(X, Y).
        """#,
        mended: #"""
          partner(a, b).
          ?- partner(X, Y).
          """#),
      ErrorExample(
        title: #"An unknown relation in a `triple`"#,
        explanation: #"The second place of a `triple` is the name of a relation with facts."#,
        #"""
        likes(ann, tea).
        ?- triple(S, "like", O).
        """#,
        mended: #"""
          likes(ann, tea).
          ?- triple(S, "likes", O).
          """#),
      ErrorExample(
        title: #"`forall`"#,
        explanation: #"For all is said as: there is none without."#,
        #"""
        p(a).
        q(a).
        ?- forall(p(X), q(X)).
        """#,
        mended: #"""
          p(a).
          q(a).
          ?- not (p(X), not q(X)).
          """#),
      ErrorExample(
        title: #"A relation as a variable"#,
        explanation: #"A variable stands for a value, not for a relation."#,
        #"""
        partner(ann, school).
        ?- R(ann, school).
        """#,
        mended: #"""
          partner(ann, school).
          ?- triple(ann, R, school).
          """#)),
    ErrorEntry(
      .wrongArity, #"A wrong number of arguments"#,
      #"A relation has one number of arguments."#,
      ErrorExample(
        #"""
        partner(a, b).
        ?- partner(X).
        """#,
        mended: #"""
          partner(a, b).
          ?- partner(X, _).
          """#),
      ErrorExample(
        title: #"A wrong number of arguments of a declared relation"#,
        explanation: #"The message shows the declaration."#,
        #"""
        relation held_on(any, date).
        held_on(fair).
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          """#),
      ErrorExample(
        title: #"A decimal comma"#,
        explanation: #"A comma separates arguments."#,
        #"""
        relation price(any, decimal).
        price(bread, 3,14).
        """#,
        mended: #"""
          relation price(any, decimal).
          price(bread, 3.14).
          """#)),
    ErrorEntry(
      .wrongKind, #"A value of the wrong kind"#,
      #"A declared position takes what its declaration says."#,
      ErrorExample(
        #"""
        relation held_on(any, date).
        held_on(fair, today).
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, 2013-02-14).
          """#),
      ErrorExample(
        title: #"A year where a date is expected"#,
        explanation: #"A bare number is no date."#,
        #"""
        relation held_on(any, date).
        held_on(fair, 2013).
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, date("2013")).
          """#),
      ErrorExample(
        title: #"A number that is written otherwise"#,
        explanation:
          #"A position that takes numbers takes them as the language writes them, in a program and in a table."#,
        #"""
        relation r(integer, decimal).
        r("+5", ".5").
        r("0x10", "NaN").
        r("1 000", "2,5").
        """#,
        mended: #"""
          relation r(integer, decimal).
          r(5, 0.5).
          r(16, 2.5).
          r(1_000, 2.5).
          """#),
      ErrorExample(
        title: #"A day that there is not, as a text"#,
        explanation: #"The reason is the same as for a date without quotes."#,
        #"""
        relation born(any, date).
        born(ona, "2013-02-29").
        """#,
        mended: #"""
          relation born(any, date).
          born(ona, "2013-02-28").
          """#),
      ErrorExample(
        title: #"An annotation that is meant as a date and is none"#,
        explanation: #"A string as `from`, `until` or `at` is read as a date; other texts may stand there too."#,
        #"""
        holds(ann, mayor) @ {from: "08.06.2010"}.
        """#,
        mended: #"""
          holds(ann, mayor) @ {from: "2010-06-08"}.
          """#),
      ErrorExample(
        title: #"A date with slashes in a string"#,
        explanation: #"A string where a date is expected is read as a date, year-month-day."#,
        #"""
        relation held_on(any, date).
        held_on(fair, "14/02/2013").
        """#,
        mended: #"""
          relation held_on(any, date).
          held_on(fair, "2013-02-14").
          """#)),
    ErrorEntry(
      .wrongType, #"An entity of a type that can never match"#,
      #"The message says what it is and what is expected."#,
      ErrorExample(
        #"""
        type person. type event. relation attended(person, event).
        person(ann). event(fair).
        attended(fair, fair).
        """#,
        mended: #"""
          type person. type event. relation attended(person, event).
          person(ann). event(fair).
          attended(ann, fair).
          """#)),
    ErrorEntry(
      .impossibleType, #"A variable of two types that can never match"#,
      #"A variable stands for one thing."#,
      ErrorExample(
        #"""
        type person. type event. relation attended(person, event).
        person(ann). event(fair).
        attended(ann, fair).
        ?- attended(X, X).
        """#,
        mended: #"""
          type person. type event. relation attended(person, event).
          person(ann). event(fair).
          attended(ann, fair).
          ?- attended(X, Y).
          """#)),
    ErrorEntry(
      .unknownType, #"An unknown type"#,
      #"A type is declared before or after it is named."#,
      ErrorExample(
        #"""
        type person.
        relation likes(persn, any).
        """#,
        mended: #"""
          type person.
          relation likes(person, any).
          """#),
      ErrorExample(
        title: #"`int`, `float`, `varchar`"#,
        explanation: #"The kinds of values are `string`, `integer`, `decimal`, `boolean` and `date`."#,
        #"""
        relation age(any, int).
        """#,
        mended: #"""
          relation age(any, integer).
          """#)),
    ErrorEntry(
      .typeCycle, #"A type above itself"#,
      #"Types lie above one another in one direction."#,
      ErrorExample(
        #"""
        type a : b.
        type b : a.
        """#,
        mended: #"""
          type a : b.
          type b.
          """#)),
    ErrorEntry(
      .declaredTwice, #"What is declared twice"#,
      #"A relation or a type has one declaration."#,
      ErrorExample(
        title: #"A relation that is declared twice"#,
        explanation: #"A relation has one declaration."#,
        #"""
        relation p(any).
        relation p(integer).
        """#,
        mended: #"""
          relation p(integer).
          """#)),
    ErrorEntry(
      .builtInType, #"A type of the language"#,
      #"Some types are there from the start."#,
      ErrorExample(
        #"""
        type date.
        """#,
        mended: #"""
          type period.
          """#)),
    ErrorEntry(
      .reservedName, #"A name that the language has itself"#,
      #"`triple(S, R, O)` asks for the facts of all relations with two arguments. No relation, type or table has its name."#,
      ErrorExample(
        #"""
        triple(ona, likes, tea).
        """#,
        mended: #"""
          likes(ona, tea).
          """#)),
    ErrorEntry(
      .parameterDeclaredTwice, #"A parameter that is declared twice"#,
      #"A parameter has one value in a program; `--param` sets another."#,
      ErrorExample(
        #"""
        param min = 1.
        param min = 2.
        """#,
        mended: #"""
          param min = 2.
          """#)),
    ErrorEntry(
      .declarationAgainstFacts, #"A declaration that facts contradict"#,
      #"A relation is declared as its facts are."#,
      ErrorExample(
        #"""
        printf '+p("x").\nrelation p(integer).\n' | tiltas --no-graph
        """#,
        mended: #"""
          printf 'relation p(string).\n+p("x").\n' | tiltas --quiet --no-graph
          """#)),
    ErrorEntry(
      .tooManyColumns, #"More arguments than a relation can have"#,
      #"Split it into relations that share an argument."#,
      withoutExample: #"it would fill pages"#),
    ErrorEntry(
      .noRelationName, #"What cannot name a relation"#,
      #"A relation's name starts with a letter."#,
      ErrorExample(
        #"""
        _p(a).
        """#,
        mended: #"""
          p(a).
          """#)),
    ErrorEntry(
      .unknownColumn, #"A column that a relation does not have"#,
      #"A relation's columns have the names of its declaration, or those of a table's header."#,
      ErrorExample(
        #"""
        relation letter(id: string, sender: entity).
        letter("7", ann).
        ?- letter(sendr: S).
        """#,
        mended: #"""
          relation letter(id: string, sender: entity).
          letter("7", ann).
          ?- letter(sender: S).
          """#),
      ErrorExample(
        title: #"Columns without names"#,
        explanation: #"Without names, each column is asked for by its place."#,
        #"""
        likes(ann, tea).
        ?- likes(what: X).
        """#,
        mended: #"""
          likes(ann, tea).
          ?- likes(_, X).
          """#),
      ErrorExample(
        title: #"A name with a prefix"#,
        explanation:
          #"A colon is no part of a name. A name with other characters than letters, digits and `_` stands in single quotes."#,
        #"""
        person(ex:ann).
        """#,
        mended: #"""
          person('ex:ann').
          """#)),
    ErrorEntry(
      .columnTwice, #"A column that stands twice"#,
      #"Each column has one name and one value."#,
      ErrorExample(
        #"""
        relation letter(id: string, sender: entity).
        letter("7", ann).
        ?- letter(I, id: J).
        """#,
        mended: #"""
          relation letter(id: string, sender: entity).
          letter("7", ann).
          ?- letter(I, sender: S).
          """#),
      ErrorExample(
        title: #"Two columns of one name"#,
        #"""
        relation letter(from: string, from: date).
        """#,
        mended: #"""
          relation letter(from: string, sent: date).
          """#)),
    ErrorEntry(
      .missingColumn, #"A fact without one of its columns"#,
      #"A fact has a value in each column, and so has the head of a rule."#,
      ErrorExample(
        #"""
        relation letter(id: string, sender: entity).
        letter(sender: ann).
        """#,
        mended: #"""
          relation letter(id: string, sender: entity).
          letter(id: "7", sender: ann).
          """#)),
  ]
}
