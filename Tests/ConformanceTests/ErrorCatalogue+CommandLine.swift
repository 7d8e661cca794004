extension ErrorCatalogue {
  /// Mistakes in how the program is called: the examples are lines for a shell.
  static let commandLine: [ErrorEntry] = [
    ErrorEntry(
      #"A parameter that nothing declares"#,
      #"`param min = 2.` in the graph, its rules or the program declares a parameter, with its default."#,
      #"""
      echo 'param person = "Ona". ?- X = $person.' | tiltas run --no-graph --param persn=Jonas -
      """#,
      #"""
      echo 'param person = "Ona". ?- X = $person.' | tiltas run --quiet --no-graph --param person=Jonas -
      """#),
    ErrorEntry(
      #"A parameter that is no date"#,
      #"What a parameter is set to has the kind of its default."#,
      #"""
      echo 'param day = 2000-01-01. ?- X = $day.' | tiltas run --no-graph --param day=1990-02-30 -
      """#,
      #"""
      echo 'param day = 2000-01-01. ?- X = $day.' | tiltas run --quiet --no-graph --param day=1990-02-28 -
      """#),
    ErrorEntry(
      #"A parameter that is no integer"#,
      #"A number with a fraction is taken by a parameter whose default has one, as `1.0` has."#,
      #"""
      echo 'param n = 10. ?- X = $n.' | tiltas run --no-graph --param n=2.5 -
      """#,
      #"""
      echo 'param n = 10.0. ?- X = $n.' | tiltas run --quiet --no-graph --param n=2.5 -
      """#),
    ErrorEntry(
      #"A name that is not UTF-8"#,
      #"Names of files and queries are UTF-8. Another name would become that of another file."#,
      #"""
      tiltas run --no-graph $'\xff.dl'
      """#,
      #"""
      echo '?- 1 < 2.' | tiltas run --no-graph -
      """#),
    ErrorEntry(
      #"A file that `--safe` keeps out of reach"#,
      #"With `--safe` statements reach no file beyond what the command line names."#,
      #"""
      echo 'include "other.dl". ?- 1 < 2.' | tiltas run --safe --no-graph -
      """#,
      #"""
      echo '?- 1 < 2.' | tiltas run --safe --no-graph -
      """#),
    ErrorEntry(
      #"An unknown verb"#,
      #"The first word says what to do."#,
      #"""
      tiltas qury 'p(X)'
      """#,
      #"""
      tiltas help query
      """#),
    ErrorEntry(
      #"A file without its verb"#,
      #"A file is run by `tiltas run`."#,
      #"""
      tiltas rules.dl
      """#,
      #"""
      tiltas --version
      """#),
    ErrorEntry(
      #"A query without its verb"#,
      #"A query is asked by `tiltas query`."#,
      #"""
      tiltas 'p(X)'
      """#,
      #"""
      tiltas query --no-graph '1 < 2'
      """#),
    ErrorEntry(
      #"An unknown option"#,
      #"Options begin with `--`."#,
      #"""
      tiltas query --formt csv 'p(X)'
      """#,
      #"""
      tiltas query --no-graph '1 < 2'
      """#),
    ErrorEntry(
      #"An option without its value"#,
      #"Some options take a value behind them."#,
      #"""
      tiltas query 'p(X)' --format
      """#,
      #"""
      tiltas query --no-graph --format csv '1 < 2'
      """#),
    ErrorEntry(
      #"A value that an option does not take"#,
      #"Formats have names."#,
      #"""
      tiltas query --format xls 'p(X)'
      """#,
      #"""
      tiltas query --no-graph --format csv '1 < 2'
      """#),
    ErrorEntry(
      #"A file whose ending names no format"#,
      #"Answers are written as the ending of the file says; `-o -` is standard output."#,
      #"""
      tiltas query --no-graph '1 < 2' -o answer.xlsx
      """#,
      #"""
      tiltas query --no-graph '1 < 2' -o -
      """#),
    ErrorEntry(
      #"A query that the command line has split"#,
      #"A query is one word of the command line: single quotes keep it together."#,
      #"""
      tiltas query --no-graph 1 '<' 2
      """#,
      #"""
      tiltas query --no-graph '1 < 2'
      """#),
    ErrorEntry(
      #"A query that is missing"#,
      #"`tiltas query` needs what to ask."#,
      #"""
      tiltas query
      """#,
      #"""
      tiltas query --no-graph '1 < 2'
      """#),
    ErrorEntry(
      #"A parameter without a value"#,
      #"A parameter is set by NAME=VALUE."#,
      #"""
      tiltas query --no-graph --param min '1 < 2'
      """#,
      #"""
      echo 'param min = 2. ?- $min < 2.' | tiltas run --quiet --no-graph --param min=1 -
      """#),
    ErrorEntry(
      #"A limit that is no number"#,
      #"Seconds and MiB are numbers above 0."#,
      #"""
      tiltas query --no-graph --timeout soon '1 < 2'
      """#,
      #"""
      tiltas query --no-graph --timeout 5 '1 < 2'
      """#),
    ErrorEntry(
      #"A graph that is not there"#,
      #"`--graph` takes a folder or a file."#,
      #"""
      tiltas query --graph nowhere 'p(X)'
      """#,
      #"""
      tiltas query --no-graph '1 < 2'
      """#),
    ErrorEntry(
      #"A file that is not there"#,
      #"Paths are from the folder in which the program is called."#,
      #"""
      tiltas run --no-graph nothing.dl
      """#,
      #"""
      echo 'p(a).' | tiltas run --no-graph -
      """#),
  ]
}
