extension ErrorCatalogue {
  static let commandLine: [ErrorEntry] = [
    ErrorEntry(
      .unknownVerb, #"An unknown verb"#,
      #"The first word says what to do."#,
      ErrorExample(
        #"""
        tiltas qury 'p(X)'
        """#,
        mended: #"""
          tiltas help query
          """#),
      ErrorExample(
        title: #"A file without its verb"#,
        explanation: #"A file is run by `tiltas run`."#,
        #"""
        tiltas rules.dl
        """#,
        mended: #"""
          tiltas --version
          """#),
      ErrorExample(
        title: #"A query without its verb"#,
        explanation: #"A query is asked by `tiltas query`."#,
        #"""
        tiltas 'p(X)'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .unknownOption, #"An unknown option"#,
      #"Options begin with `--`."#,
      ErrorExample(
        #"""
        tiltas query --formt csv 'p(X)'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .missingOptionValue, #"An option without its value"#,
      #"Some options take a value behind them."#,
      ErrorExample(
        #"""
        tiltas query 'p(X)' --format
        """#,
        mended: #"""
          tiltas query --no-graph --format csv '1 < 2'
          """#)),
    ErrorEntry(
      .wrongOptionValue, #"A value that an option does not take"#,
      #"Formats have names."#,
      ErrorExample(
        #"""
        tiltas query --format xls 'p(X)'
        """#,
        mended: #"""
          tiltas query --no-graph --format csv '1 < 2'
          """#)),
    ErrorEntry(
      .optionNotForVerb, #"An option that a verb does not take"#,
      #"Each verb has options of its own; `tiltas help VERB` lists them."#,
      ErrorExample(
        #"""
        tiltas query --repair '1 < 2'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .missingOperand, #"A verb without what it needs"#,
      #"`tiltas help VERB` shows how it is written."#,
      ErrorExample(
        title: #"A query that is missing"#,
        explanation: #"`tiltas query` needs what to ask."#,
        #"""
        tiltas query
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .surplusOperand, #"A word that a verb has no use for"#,
      #"`tiltas help VERB` shows how it is written."#,
      ErrorExample(
        title: #"A query that the command line has split"#,
        explanation: #"A query is one word of the command line: single quotes keep it together."#,
        #"""
        tiltas query --no-graph 1 '<' 2
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .contradictingOptions, #"Options that contradict one another"#,
      #"A graph is named or there is none, and standard input is read once."#,
      ErrorExample(
        #"""
        tiltas query --graph here.dl --no-graph '1 < 2'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .argumentNotUTF8, #"A name that is not UTF-8"#,
      #"Names of files and queries are UTF-8. Another name would become that of another file."#,
      ErrorExample(
        #"""
        tiltas run --no-graph $'\xff.dl'
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas run --no-graph -
          """#)),
    ErrorEntry(
      .unknownFormat, #"A format that there is not"#,
      #"`--format` or the ending of a file's name says how answers are written."#,
      ErrorExample(
        title: #"A file whose ending names no format"#,
        explanation: #"Answers are written as the ending of the file says; `-o -` is standard output."#,
        #"""
        tiltas query --no-graph '1 < 2' -o answer.xlsx
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2' -o -
          """#)),
    ErrorEntry(
      .parameterSyntax, #"A parameter that is set in another form"#,
      #"A parameter is set by NAME=VALUE."#,
      ErrorExample(
        title: #"A parameter without a value"#,
        #"""
        tiltas query --no-graph --param min '1 < 2'
        """#,
        mended: #"""
          echo 'param min = 2. ?- $min < 2.' | tiltas run --quiet --no-graph --param min=1 -
          """#)),
    ErrorEntry(
      .wrongParameterValue, #"A value that a parameter does not take"#,
      #"What a parameter is set to has the kind of its default."#,
      ErrorExample(
        title: #"A parameter that is no date"#,
        #"""
        echo 'param day = 2000-01-01. ?- X = $day.' | tiltas run --no-graph --param day=1990-02-30 -
        """#,
        mended: #"""
          echo 'param day = 2000-01-01. ?- X = $day.' | tiltas run --quiet --no-graph --param day=1990-02-28 -
          """#),
      ErrorExample(
        title: #"A parameter that is no integer"#,
        explanation: #"A number with a fraction is taken by a parameter whose default has one, as `1.0` has."#,
        #"""
        echo 'param n = 10. ?- X = $n.' | tiltas run --no-graph --param n=2.5 -
        """#,
        mended: #"""
          echo 'param n = 10.0. ?- X = $n.' | tiltas run --quiet --no-graph --param n=2.5 -
          """#)),
    ErrorEntry(
      .wrongNumber, #"A number that an option does not take"#,
      #"Seconds and MiB are numbers above 0, threads go from 1 to 1024."#,
      ErrorExample(
        title: #"A limit that is no number"#,
        explanation: #"Seconds and MiB are numbers above 0."#,
        #"""
        tiltas query --no-graph --timeout soon '1 < 2'
        """#,
        mended: #"""
          tiltas query --no-graph --timeout 5 '1 < 2'
          """#)),
    ErrorEntry(
      .noGraph, #"No graph"#,
      #"The graph is `--graph`, else the variable TILTAS_GRAPH, else the folder `Graph` here or above."#,
      ErrorExample(
        #"""
        tiltas query 'person(X)'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
  ]
}
