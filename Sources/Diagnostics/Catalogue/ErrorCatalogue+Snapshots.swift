extension ErrorCatalogue {
  static let snapshots: [ErrorEntry] = [
    ErrorEntry(
      .notASnapshot, #"A file that is no snapshot"#,
      #"A snapshot is written by `tiltas save`."#,
      ErrorExample(
        #"""
        echo 'p(a).' > g.tiltas; tiltas info g.tiltas
        """#,
        mended: #"""
          echo 'p(a).' > g.dl; tiltas save --quiet --graph g.dl g.tiltas; tiltas info g.tiltas
          """#)),
    ErrorEntry(
      .newerVersion, #"A snapshot of a newer version"#,
      #"An older program does not read what a newer one writes."#,
      withoutExample: #"only a newer program writes one"#),
    ErrorEntry(
      .damagedSnapshot, #"A damaged snapshot"#,
      #"A checksum or what must hold among its parts is wrong: the disk or a copy has changed it."#,
      ErrorExample(
        #"""
        echo 'p(a).' > g.dl; tiltas save --quiet --graph g.dl g.tiltas; printf x | dd of=g.tiltas bs=1 seek=4100 conv=notrunc status=none; tiltas verify g.tiltas
        """#,
        mended: #"""
          echo 'p(a).' > g.dl; tiltas save --quiet --graph g.dl g.tiltas; tiltas verify --quiet g.tiltas
          """#)),
    ErrorEntry(
      .lostPart, #"What a repair has lost"#,
      #"`tiltas verify --repair` keeps what is whole, and lists the rest."#,
      withoutExample: #"a snapshot has to be damaged so that facts are lost"#),
    ErrorEntry(
      .cannotRepair, #"A repair into a file that is there"#,
      #"What is whole goes into a new file."#,
      ErrorExample(
        #"""
        echo 'p(a).' > g.dl; tiltas save --quiet --graph g.dl g.tiltas; tiltas verify --repair g.tiltas -o g.tiltas
        """#,
        mended: #"""
          echo 'p(a).' > g.dl; tiltas save --quiet --graph g.dl g.tiltas; tiltas verify --quiet --repair g.tiltas -o new.tiltas
          """#)),
    ErrorEntry(
      .heldByAnother, #"A snapshot that another process has open"#,
      #"One process at a time changes a snapshot."#,
      withoutExample: #"it takes two processes"#),
    ErrorEntry(
      .changedByAnother, #"A snapshot that another process has changed"#,
      #"What others have changed is read before it is written, and not what both have changed."#,
      withoutExample: #"it takes two processes"#),
    ErrorEntry(
      .homeMoved, #"A snapshot that was moved or replaced"#,
      #"What is changed is kept where the graph came from, as long as it is there."#,
      withoutExample: #"it takes two processes"#),
    ErrorEntry(
      .changeNotOnDisk, #"A change that is not on the disk"#,
      #"The change stays in memory, and is not kept."#,
      withoutExample: #"a disk has to fail"#),
    ErrorEntry(
      .foreignJournal, #"A journal of another snapshot"#,
      #"A journal holds the changes since its snapshot was written, and goes with no other."#,
      withoutExample: #"a snapshot has to be exchanged"#),
    ErrorEntry(
      .cannotReload, #"Nothing to read anew"#,
      #"`:reload` reads a snapshot anew that others have changed."#,
      ErrorExample(
        #"""
        echo ':reload' | tiltas --no-graph
        """#,
        mended: #"""
          echo '?- 1 < 2.' | tiltas --no-graph
          """#)),
    ErrorEntry(
      .cannotUndoLoad, #"A load that cannot be undone"#,
      #"A load into a large graph is not kept as it was before."#,
      withoutExample: #"it takes a large graph"#),
    ErrorEntry(
      .doubtfulEnd, #"A journal whose end is no whole change"#,
      #"It was being written when the program or the computer stopped, or it is damaged. What stands before it is kept."#,
      withoutExample: #"a journal has to be damaged"#),
  ]
}
