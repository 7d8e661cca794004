extension ErrorCatalogue {
  static let shell: [ErrorEntry] = [
    ErrorEntry(
      .unknownCommand, #"An unknown command of the shell"#,
      #"`:help` lists the commands."#,
      ErrorExample(
        #"""
        echo ':tabels' | tiltas --no-graph
        """#,
        mended: #"""
          echo ':rules' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .ambiguousCommand, #"The beginning of several commands"#,
      #"A command may be shortened as long as only one begins so."#,
      ErrorExample(
        #"""
        echo ':s' | tiltas --no-graph
        """#,
        mended: #"""
          echo ':sc' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .missingCommandOperand, #"A command without what it needs"#,
      #"`:help COMMAND` shows how it is written."#,
      ErrorExample(
        #"""
        echo ':load' | tiltas --no-graph
        """#,
        mended: #"""
          echo ':schema' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .wrongCommandOperand, #"A value that a command does not take"#,
      #"`:help COMMAND` shows how it is written."#,
      ErrorExample(
        #"""
        echo ':timing maybe' | tiltas --no-graph
        """#,
        mended: #"""
          echo ':timing off' | tiltas --quiet --no-graph
          """#)),
    ErrorEntry(
      .questionInWords, #"A question in words"#,
      #"A question is a query: relations with their arguments."#,
      ErrorExample(
        #"""
        echo 'Who met Ona?' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .noSuchRow, #"A row that was not shown"#,
      #"A number means a row of what was shown last, counted from 1."#,
      ErrorExample(
        #"""
        echo ':describe 3' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .nothingToUndo, #"Nothing to undo"#,
      #"`:undo` takes back what was entered, and not what was read when the shell was opened."#,
      ErrorExample(
        #"""
        echo ':undo' | tiltas --no-graph
        """#,
        mended: #"""
          printf '+p(a).\n:undo\n' | tiltas --quiet --no-graph
          """#)),
    ErrorEntry(
      .openTransaction, #"A transaction that has not ended"#,
      #"A transaction ends by `commit.` or `rollback.`, before another begins and before anything is saved."#,
      ErrorExample(
        #"""
        printf 'begin.\nbegin.\n' | tiltas --no-graph
        """#,
        mended: #"""
          printf 'begin.\ncommit.\n' | tiltas --quiet --no-graph
          """#)),
    ErrorEntry(
      .noTransaction, #"The end of a transaction that has not begun"#,
      #"A transaction begins by `begin.`"#,
      ErrorExample(
        #"""
        echo 'commit.' | tiltas --no-graph
        """#,
        mended: #"""
          printf 'begin.\ncommit.\n' | tiltas --quiet --no-graph
          """#)),
    ErrorEntry(
      .noSuchSavedQuery, #"A saved query that there is not"#,
      #"Saved queries are files in the folder `Queries` beside the graph; `:queries` lists them."#,
      ErrorExample(
        #"""
        echo ':queries' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .cannotSaveQuery, #"A query that cannot be saved"#,
      #"`:save-query` saves the last query in the folder `Queries` beside the graph, under a name that is free."#,
      ErrorExample(
        #"""
        echo ':save-query who "Who?"' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .needsTerminal, #"A command that needs a terminal"#,
      #"An editor and a pager are for people."#,
      ErrorExample(
        #"""
        echo ':edit' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .noTour, #"A tour of another graph"#,
      #"The tour shows the graph that comes with the program."#,
      ErrorExample(
        #"""
        echo ':tour' | tiltas --no-graph
        """#,
        mended: #"""
          echo ':help' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .programFailed, #"Another program that failed"#,
      #"Pictures are drawn by graphviz, and texts edited in what VISUAL or EDITOR name."#,
      withoutExample: #"what the other program says depends on it"#),
  ]

  static let library: [ErrorEntry] = [
    ErrorEntry(
      .noColumn, #"A column that the answers do not have"#,
      #"Columns are called like the query's variables."#,
      withoutExample: #"only programs that use the library are told it"#),
    ErrorEntry(
      .wrongCell, #"A cell that is read as another kind"#,
      #"A cell is read as what it holds; `Value` takes any."#,
      withoutExample: #"only programs that use the library are told it"#),
    ErrorEntry(
      .noValue, #"What a fact cannot hold"#,
      #"A relation has a name, a decimal is finite, and an annotation's key is written in small letters, digits and `_`."#,
      withoutExample: #"only programs that use the library are told it"#),
  ]

  static let limits: [ErrorEntry] = [
    ErrorEntry(
      .timeLimit, #"A query that takes too long"#,
      #"`--timeout` limits the time of a query, and Ctrl-C ends it."#,
      withoutExample: #"how long a query takes depends on the machine"#),
    ErrorEntry(
      .memoryLimit, #"A query that needs too much memory"#,
      #"`--memory` limits the memory of the whole program."#,
      withoutExample: #"how much a query needs depends on the graph"#),
    ErrorEntry(
      .outOfMemory, #"No more memory"#,
      #"The system gives no more memory: `ulimit -v` limits it, or the machine has no more."#,
      withoutExample: #"it depends on the machine"#),
    ErrorEntry(
      .outOfReach, #"What `--safe` keeps out of reach"#,
      #"With `--safe` nothing reaches a file beyond what the command line names, or starts a program, or raises a limit."#,
      ErrorExample(
        title: #"A file that `--safe` keeps out of reach"#,
        explanation: #"With `--safe` statements reach no file beyond what the command line names."#,
        #"""
        echo 'include "other.dl". ?- 1 < 2.' | tiltas run --safe --no-graph -
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas run --safe --no-graph -
          """#)),
    ErrorEntry(
      .interrupted, #"Work that was interrupted"#,
      #"The task was cancelled, or another thread has set the interruption."#,
      withoutExample: #"only programs that use the library are told it"#),
    ErrorEntry(
      .internalError, #"A mistake in the program"#,
      #"It is not yours. Please report it, with what was done last."#,
      withoutExample: #"none is known"#),
  ]
}
