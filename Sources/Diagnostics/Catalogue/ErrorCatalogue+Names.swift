extension ErrorCatalogue {
  static let names: [ErrorEntry] = [
    ErrorEntry(
      .unknownName, #"A name that the graph does not have"#,
      #"A name in a query is one that the graph speaks of. One that it does not have would make `=` hold never and `!=` always."#,
      ErrorExample(
        title: #"A misspelt entity"#,
        explanation: #"A name in a query is one that the graph speaks of."#,
        #"""
        partner(gintaras, water).
        ?- partner(gintras, P).
        """#,
        mended: #"""
          partner(gintaras, water).
          ?- partner(gintaras, P).
          """#),
      ErrorExample(
        title: #"A misspelt entity in a comparison"#,
        explanation: #"A name that nothing in the graph has would make `=` hold never and `!=` always."#,
        #"""
        partner(gintaras, water). partner(klaipeda, water).
        ?- partner(O, P), O != gintras.
        """#,
        mended: #"""
          partner(gintaras, water). partner(klaipeda, water).
          ?- partner(O, P), O != gintaras.
          """#),
      ErrorExample(
        title: #"A lower-case variable"#,
        explanation: #"A variable starts with a capital letter."#,
        #"""
        p(1).
        ?- p(x).
        """#,
        mended: #"""
          p(1).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"A string for a name"#,
        explanation: #"`"a"` is a string and `a` an entity."#,
        #"""
        edge("a", "b").
        ?- edge(a, X).
        """#,
        mended: #"""
          edge("a", "b").
          ?- edge("a", X).
          """#),
      ErrorExample(
        title: #"Lower-case variables in a rule"#,
        explanation:
          #"What starts with a lower-case letter is a name. A rule does not make a name that its own body asks for."#,
        #"""
        p(a).
        q(x) :- p(x).
        """#,
        mended: #"""
          p(a).
          q(X) :- p(X).
          """#)),
    ErrorEntry(
      .unknownEntity, #"A name that nobody bears"#,
      #"A string in an entity's place is looked up among labels and aliases."#,
      ErrorExample(
        #"""
        type city. relation near(city, city). city(klaipeda). city(palanga).
        label(klaipeda, "Klaipėda"). near(klaipeda, palanga).
        ?- near("Klaipda", X).
        """#,
        mended: #"""
          type city. relation near(city, city). city(klaipeda). city(palanga).
          label(klaipeda, "Klaipėda"). near(klaipeda, palanga).
          ?- near("Klaipeda", X).
          """#),
      ErrorExample(
        title: #"A string that names no entity of a derived relation"#,
        explanation: #"Where all rules of a relation have entities in a position, a string there names one."#,
        #"""
        relation near(entity, entity).
        near(klaipeda, palanga). label(klaipeda, "Klaipėda").
        close(X, Y) :- near(X, Y).
        ?- close("Klaipeda city", Y).
        """#,
        mended: #"""
          relation near(entity, entity).
          near(klaipeda, palanga). label(klaipeda, "Klaipėda").
          close(X, Y) :- near(X, Y).
          ?- close("Klaipeda", Y).
          """#)),
    ErrorEntry(
      .ambiguousName, #"A name that several bear"#,
      #"Then it has to be said which is meant."#,
      ErrorExample(
        #"""
        type person. relation knows(person, person). person(a). person(b).
        label(a, "Ona"). label(b, "Ona"). knows(a, b).
        ?- knows("Ona", X).
        """#,
        mended: #"""
          type person. relation knows(person, person). person(a). person(b).
          label(a, "Ona"). label(b, "Ona"). knows(a, b).
          ?- knows(a, X).
          """#)),
    ErrorEntry(
      .namesRestOnNames, #"A rule for names that needs names"#,
      #"What rules say of `label` and `alias` is known before any name is looked up."#,
      ErrorExample(
        title: #"A rule for names that looks a name up"#,
        #"""
        type person. relation knows(person, person).
        person(ona). person(jo). label(ona, "Ona"). knows(ona, jo).
        alias(X, "a friend of Ona") :- knows("Ona", X).
        ?- X ~ "friend".
        """#,
        mended: #"""
          type person. relation knows(person, person).
          person(ona). person(jo). label(ona, "Ona"). knows(ona, jo).
          alias(X, "a friend of Ona") :- knows(ona, X).
          ?- X ~ "friend".
          """#),
      ErrorExample(
        title: #"A rule for names that searches by names"#,
        explanation: #"`~` looks in all names, and a rule for them is needed before."#,
        #"""
        person(ona). label(ona, "Ona Onaitė").
        alias(X, "found") :- person(X), X ~ "ona".
        ?- X ~ "found".
        """#,
        mended: #"""
          person(ona). label(ona, "Ona Onaitė").
          alias(X, "found") :- person(X), label(X, L), contains(fold(L), "ona").
          ?- X ~ "found".
          """#)),
    ErrorEntry(
      .unknownParameter, #"An unknown parameter"#,
      #"`param min = 2.` declares a parameter, and `$min` stands for its value."#,
      ErrorExample(
        #"""
        p(1).
        ?- p($n).
        """#,
        mended: #"""
          param n = 1.
          p(1).
          ?- p($n).
          """#),
      ErrorExample(
        title: #"`$x` for a variable"#,
        explanation: #"A dollar marks a parameter."#,
        #"""
        p(1).
        ?- p($x).
        """#,
        mended: #"""
          p(1).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"A sign before an amount"#,
        explanation: #"`$` begins a parameter."#,
        #"""
        price(bread, $3).
        """#,
        mended: #"""
          price(bread, 3, usd).
          """#),
      ErrorExample(
        title: #"A parameter that nothing declares"#,
        explanation:
          #"`param min = 2.` in the graph, its rules or the program declares a parameter, with its default."#,
        #"""
        echo 'param person = "Ona". ?- X = $person.' | tiltas run --no-graph --param persn=Jonas -
        """#,
        mended: #"""
          echo 'param person = "Ona". ?- X = $person.' | tiltas run --quiet --no-graph --param person=Jonas -
          """#)),
    ErrorEntry(
      .unknownKey, #"An annotation key that no statement has"#,
      #"A key is one that a statement has, or one of those that every graph may have."#,
      ErrorExample(
        #"""
        holds(ann, mayor) @ {from: 2010-06-08}.
        ?- holds(P, O) @ {form: F}.
        """#,
        mended: #"""
          holds(ann, mayor) @ {from: 2010-06-08}.
          ?- holds(P, O) @ {from: F}.
          """#)),
    ErrorEntry(
      .unclearNames, #"Two names of which it is not clear where the first ends"#,
      #"Each name stands in quotes, or is written as an id."#,
      withoutExample: #"it depends on the names in the graph"#),
    ErrorEntry(
      .unknownSource, #"A source that no statement has"#,
      #"`source` takes what stands behind the key `source` of annotations."#,
      ErrorExample(
        #"""
        echo 'p(a) @ {source: report, line: 1}.' > g.dl; tiltas source --graph g.dl reprot 1
        """#,
        mended: #"""
          echo 'p(a) @ {source: report, line: 1}.' > g.dl; tiltas source --graph g.dl report 1
          """#)),
  ]
}
