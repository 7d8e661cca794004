extension ErrorCatalogue {
  static let files: [ErrorEntry] = [
    ErrorEntry(
      .noSuchFile, #"A file that is not there"#,
      #"Paths in a file start from its folder, those of the command line from where the program is called."#,
      ErrorExample(
        #"""
        tiltas run --no-graph nothing.dl
        """#,
        mended: #"""
          echo 'p(a).' | tiltas run --no-graph -
          """#),
      ErrorExample(
        title: #"An include that is not there"#,
        explanation: #"The nearest name in the folder is suggested."#,
        #"""
        include "nowhere.dl".
        """#,
        mended: #"""
          p(a).
          """#),
      ErrorExample(
        title: #"A table that is not there"#,
        explanation: #"As an include."#,
        #"""
        import edge "nowhere.tsv".
        """#,
        mended: #"""
          edge(1, 2).
          """#),
      ErrorExample(
        title: #"A graph that is not there"#,
        explanation: #"`--graph` takes a folder or a file."#,
        #"""
        tiltas query --graph nowhere 'p(X)'
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2'
          """#)),
    ErrorEntry(
      .notAFile, #"A folder or a device in place of a file"#,
      #"What is read or written is a regular file."#,
      ErrorExample(
        #"""
        tiltas run --no-graph .
        """#,
        mended: #"""
          echo 'p(a).' | tiltas run --no-graph -
          """#)),
    ErrorEntry(
      .noPermission, #"A file that may not be read"#,
      #"The system keeps it from you: `ls -l` tells whose it is."#,
      withoutExample: #"it depends on who asks"#),
    ErrorEntry(
      .cannotRead, #"A file that cannot be read"#,
      #"The reason is the system's."#,
      withoutExample: #"it depends on the system"#),
    ErrorEntry(
      .cannotWrite, #"A file that cannot be written"#,
      #"The reason is the system's."#,
      ErrorExample(
        #"""
        tiltas query --no-graph '1 < 2' -o nowhere/answer.csv
        """#,
        mended: #"""
          tiltas query --no-graph '1 < 2' -o answer.csv
          """#)),
    ErrorEntry(
      .includedTooDeep, #"Files that include one another too deep"#,
      #"Include them from one file, one after the other."#,
      withoutExample: #"it would take many files"#),
    ErrorEntry(
      .unknownFileKind, #"A file of an unknown kind"#,
      #"The ending of a file says what it holds."#,
      ErrorExample(
        #"""
        import edge "edge.xls".
        """#,
        mended: #"""
          edge(1, 2).
          """#)),
    ErrorEntry(
      .fileTooLarge, #"A file that is too large"#,
      #"Large tables and snapshots are read; a source's text is to be small."#,
      withoutExample: #"it would be large"#),
    ErrorEntry(
      .mayBeUndone, #"A file that a power failure may take back"#,
      #"The file is written, and the system could not say that it is on the disk."#,
      withoutExample: #"a disk has to fail"#),
  ]

  static let tables: [ErrorEntry] = [
    ErrorEntry(
      .tableOption, #"An option that a table does not take"#,
      #"`header`, `separator`, `empty`, `columns`, `source`, `encoding` and `errors` say how a table is to be read; the other options of the language come later, and none is ignored."#,
      ErrorExample(
        #"""
        import edge "edge.csv" {seperator: ";"}.
        """#,
        mended: #"""
          edge(1, 2).
          """#)),
    ErrorEntry(
      .badHeader, #"A header that does not fit"#,
      #"A header names each column, and has the columns that are asked of it."#,
      ErrorExample(
        #"""
        printf 'a,b\n1,2\n' > edge.csv; echo 'relation edge(integer). import edge "edge.csv" {header: true}.' > g.dl; tiltas run --no-graph g.dl
        """#,
        mended: #"""
          printf 'a,b\n1,2\n' > edge.csv; echo 'relation edge(integer, integer). import edge "edge.csv" {header: true}.' > g.dl; tiltas run --no-graph g.dl
          """#)),
    ErrorEntry(
      .unclosedField, #"A field in quotes that is not closed"#,
      #"A quote within a field in quotes is written twice."#,
      ErrorExample(
        #"""
        printf '"a,1\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --no-graph g.dl
        """#,
        mended: #"""
          printf '"a",1\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --quiet --no-graph g.dl
          """#)),
    ErrorEntry(
      .badField, #"A field that goes on behind its quote"#,
      #"A quote within a field in quotes is written twice."#,
      ErrorExample(
        #"""
        printf '"a"b,1\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --no-graph g.dl
        """#,
        mended: #"""
          printf '"a""b",1\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --quiet --no-graph g.dl
          """#)),
    ErrorEntry(
      .fieldCount, #"A row with another number of fields"#,
      #"Each row has as many fields as the relation has arguments."#,
      ErrorExample(
        #"""
        printf 'a,1\nb\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --no-graph g.dl
        """#,
        mended: #"""
          printf 'a,1\nb,2\n' > edge.csv; echo 'import edge "edge.csv" {header: false}.' > g.dl; tiltas run --quiet --no-graph g.dl
          """#)),
  ]
}
