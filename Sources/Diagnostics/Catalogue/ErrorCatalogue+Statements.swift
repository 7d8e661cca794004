extension ErrorCatalogue {
  static let statements: [ErrorEntry] = [
    ErrorEntry(
      .expectedStatement, #"What begins no statement"#,
      #"A statement is a fact, a rule, a query or a declaration."#,
      ErrorExample(
        title: #"`//` and `#` for a comment"#,
        explanation: #"A comment starts with `%`."#,
        #"""
        // the facts
        p(a).
        """#,
        mended: #"""
          % the facts
          p(a).
          """#),
      ErrorExample(
        title: #"A directive"#,
        explanation: #"There are no directives; a query is written with `?-`."#,
        #"""
        p(a).
        :- p(X).
        """#,
        mended: #"""
          p(a).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"`:- use_module` and `:- include`"#,
        explanation: #"A file is read by `include`; there are no modules."#,
        #"""
        :- use_module(library(lists)).
        p(a).
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"`#show` and `#const`"#,
        explanation: #"What clingo says by directives is a query or a parameter."#,
        #"""
        p(a).
        #show p/1.
        """#,
        mended: #"""
          p(a).
          ?- p(X).
          """#),
      ErrorExample(
        title: #"`+` and `-` before a fact"#,
        explanation: #"Facts are added with `+` and taken back with `-` at the prompt only."#,
        #"""
        +p(a).
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"A command of the shell in a file"#,
        explanation: #"Commands that begin with `:` are the shell's."#,
        #"""
        :help
        """#,
        mended: #"""
          p(a).
          """#)),
    ErrorEntry(
      .foreignStatement, #"A statement of another language"#,
      #"The help says how the same is written here."#,
      ErrorExample(
        title: #"A declaration of Souffle"#,
        explanation: #"A relation is declared by `relation`."#,
        #"""
        .decl edge(x: number, y: number)
        """#,
        mended: #"""
          relation edge(integer, integer).
          """#),
      ErrorExample(
        title: #"A command of SQL"#,
        explanation: #"A query is a body, and says behind bars what to do with the answers."#,
        #"""
        SELECT x FROM p.
        """#,
        mended: #"""
          p(a).
          ?- p(X) | select X.
          """#),
      ErrorExample(
        title: #"A pattern of Cypher"#,
        explanation: #"A relation is written with its arguments."#,
        #"""
        MATCH (a)-[:partner]->(b) RETURN a.
        """#,
        mended: #"""
          partner(a, b).
          ?- partner(A, _).
          """#),
      ErrorExample(
        title: #"A query of SPARQL"#,
        explanation:
          #"Prefixes and `?x` are not known: a name stands for itself, and a variable starts with an upper-case letter."#,
        #"""
        person(ann).
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        ?- person(X).
        """#,
        mended: #"""
          person(ann).
          ?- person(X).
          """#),
      ErrorExample(
        title: #"`INSERT INTO`"#,
        explanation: #"A fact is a statement by itself."#,
        #"""
        INSERT INTO person VALUES ('ann');
        """#,
        mended: #"""
          person(ann).
          """#),
      ErrorExample(
        title: #"`UPDATE`"#,
        explanation: #"What is stated is not changed in place."#,
        #"""
        UPDATE person SET age = 3;
        """#,
        mended: #"""
          age(ann, 3).
          """#),
      ErrorExample(
        title: #"`let`"#,
        explanation: #"What is fixed for a whole file is a parameter; in a body `=` binds a value."#,
        #"""
        let min = 2.
        """#,
        mended: #"""
          param min = 2.
          """#),
      ErrorExample(
        title: #"`.input` and `.output`"#,
        explanation: #"A table is read by `import`, and answers are asked for by a query."#,
        #"""
        p(a).
        .output p
        """#,
        mended: #"""
          p(a).
          ?- p(X).
          """#)),
    ErrorEntry(
      .missingFullStop, #"A missing full stop"#,
      #"Each statement ends with a full stop."#,
      ErrorExample(
        #"""
        p(a)
        q(b).
        """#,
        mended: #"""
          p(a).
          q(b).
          """#)),
    ErrorEntry(
      .unexpectedAfterHead, #"What follows a fact"#,
      #"A fact ends with a full stop. A rule's head is followed by `:-` and its body."#,
      ErrorExample(
        title: #"A parenthesis too many"#,
        explanation: #"Each bracket is opened."#,
        #"""
        p(a)).
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"`if`"#,
        explanation: #"The head stands first."#,
        #"""
        p(a).
        q(X) if p(X).
        """#,
        mended: #"""
          p(a).
          q(X) :- p(X).
          """#),
      ErrorExample(
        title: #"`<-` and `←`"#,
        explanation: #"A rule's head and body are joined by `:-`."#,
        #"""
        p(a).
        q(X) <- p(X).
        """#,
        mended: #"""
          p(a).
          q(X) :- p(X).
          """#),
      ErrorExample(
        title: #"Several facts in one statement"#,
        explanation: #"Each fact ends with a full stop."#,
        #"""
        p(a), p(b).
        """#,
        mended: #"""
          p(a). p(b).
          """#),
      ErrorExample(
        title: #"A semicolon at the end"#,
        explanation: #"A statement ends with a full stop."#,
        #"""
        p(a);
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"A value on the right of `=`"#,
        explanation: #"A statement begins with a relation, and a value is one of its arguments."#,
        #"""
        age(ann) = 30.
        """#,
        mended: #"""
          age(ann, 30).
          """#)),
    ErrorEntry(
      .unexpectedInDeclaration, #"A declaration that goes on otherwise"#,
      #"`type`, `relation`, `param`, `include`, `import` and `constraint` each have one form."#,
      ErrorExample(
        title: #"A parameter without a value"#,
        explanation: #"A parameter has a value, and may have a description."#,
        #"""
        param min 2.
        """#,
        mended: #"""
          param min = 2 "at least".
          """#),
      ErrorExample(
        title: #"An include without quotes"#,
        explanation: #"Paths are strings."#,
        #"""
        include rules.
        """#,
        mended: #"""
          % include "rules.dl".
          """#),
      ErrorExample(
        title: #"A constraint without a description"#,
        explanation: #"It says what must hold."#,
        #"""
        p(a).
        constraint :- p(b).
        """#,
        mended: #"""
          p(a).
          constraint "nothing is b" :- p(X), X = b.
          """#),
      ErrorExample(
        title: #"Names of positions in a declaration"#,
        explanation: #"The name of a column is followed by a colon."#,
        #"""
        relation edge(from integer, to integer).
        """#,
        mended: #"""
          relation edge(from: integer, to: integer).
          """#),
      ErrorExample(
        title: #"A type declared with an argument"#,
        explanation: #"A type is declared by its name alone."#,
        #"""
        type person(X).
        """#,
        mended: #"""
          type person.
          """#)),
    ErrorEntry(
      .expectedBracket, #"A bracket that is not closed"#,
      #"Each bracket is closed. Between its values stand commas."#,
      ErrorExample(
        title: #"A missing parenthesis"#,
        explanation: #"Each bracket is closed."#,
        #"""
        p(a, b.
        """#,
        mended: #"""
          p(a, b).
          """#),
      ErrorExample(
        title: #"`->`"#,
        explanation: #"A choice is a rule for each case, or a disjunction."#,
        #"""
        p(a).
        r(b).
        q(X) :- (p(X) -> r(X) ; p(X)).
        """#,
        mended: #"""
          p(a).
          r(b).
          q(X) :- (p(X), r(X) ; p(X)).
          """#),
      ErrorExample(
        title: #"A doubled quote"#,
        explanation: #"A quote within quotes is written with a backslash."#,
        #"""
        p('it''s').
        """#,
        mended: #"""
          p('it\'s').
          """#),
      ErrorExample(
        title: #"A space between thousands"#,
        explanation: #"Digits are grouped by `_`."#,
        #"""
        p(1 000).
        """#,
        mended: #"""
          p(1_000).
          """#)),
    ErrorEntry(
      .variableInFact, #"A variable in a fact"#,
      #"A fact has a value in each place."#,
      ErrorExample(
        title: #"An upper-case constant"#,
        explanation: #"A word that starts with a capital letter is a variable, and a fact has none."#,
        #"""
        person(Anna).
        """#,
        mended: #"""
          person(anna).
          """#),
      ErrorExample(
        title: #"`NULL`"#,
        explanation: #"What is not known is not stated."#,
        #"""
        born(ann, NULL).
        """#,
        mended: #"""
          person(ann).
          """#)),
    ErrorEntry(
      .emptyQuery, #"A query that asks nothing"#,
      #"A query has a body."#,
      ErrorExample(
        #"""
        tiltas query --no-graph ''
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .parameterNotConstant, #"A parameter whose default is computed"#,
      #"The default of a parameter is a constant."#,
      ErrorExample(
        #"""
        param min = 1 + 1.
        """#,
        mended: #"""
          param min = 2.
          """#)),
    ErrorEntry(
      .answersFromOne, #"An answer before the first"#,
      #"Answers are counted from 1."#,
      ErrorExample(
        #"""
        p(1).
        ?- p(X).
        ?why 0.
        """#,
        mended: #"""
          p(1).
          ?- p(X).
          ?why 1.
          """#)),
    ErrorEntry(
      .duplicateKey, #"A key that stands twice in one annotation"#,
      #"State the fact twice, once with each value."#,
      ErrorExample(
        #"""
        p(a) @ {line: 1, line: 2}.
        """#,
        mended: #"""
          p(a) @ {line: 1}. p(a) @ {line: 2}.
          """#)),
    ErrorEntry(
      .annotatedHead, #"An annotation on a rule's head"#,
      #"What is derived is stated by no source."#,
      ErrorExample(
        #"""
        q(a).
        p(X) @ {line: 1} :- q(X).
        """#,
        mended: #"""
          q(a).
          p(X) :- q(X).
          """#)),
    ErrorEntry(
      .unexpectedInAnnotation, #"An annotation in another form"#,
      #"An annotation is `@ {key: value, …}`."#,
      ErrorExample(
        #"""
        p(a) @ {line = 3}.
        """#,
        mended: #"""
          p(a) @ {line: 3}.
          """#)),
    ErrorEntry(
      .computedFact, #"A fact that asks the graph"#,
      #"A fact is what is stated, and not computed from others."#,
      ErrorExample(
        #"""
        p(1).
        q(count{ X : p(X) }).
        """#,
        mended: #"""
          p(1).
          q(N) :- N = count{ X : p(X) }.
          """#)),
    ErrorEntry(
      .tooNested, #"Parts that are nested too deep"#,
      #"Give the inner parts a rule of their own, and split long chains of operators into several literals."#,
      withoutExample: #"it would fill pages"#),
    ErrorEntry(
      .expectedEnd, #"More than one fact or query"#,
      #"What is asked or explained is one thing."#,
      ErrorExample(
        #"""
        tiltas query --no-graph '1 < 2. 2 < 3.'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2, 2 < 3'
          """#)),
    ErrorEntry(
      .notAConstant, #"A text that is no constant"#,
      #"A constant is a name, a string, a number, a date, `true` or `false`."#,
      withoutExample: #"the program tells it only to programs that use the library"#),
  ]
}
