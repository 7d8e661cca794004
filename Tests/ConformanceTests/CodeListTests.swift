import Diagnostics
import Testing

@Suite("The list of codes")
struct CodeListTests {
  /// A code never changes its meaning, and the number of one that is no longer told is given to no other.
  @Test("each code means what it has always meant")
  func meanings() {
    let meanings = ErrorCatalogue.groups.flatMap(\.entries).map { "\($0.code.rawValue) \($0.title)" }.sorted()
    #expect(meanings == Self.list.split(separator: "\n").map(String.init))
  }

  private static let list = #"""
    T001 An unknown verb
    T002 An unknown option
    T003 An option without its value
    T004 A value that an option does not take
    T005 An option that a verb does not take
    T006 A verb without what it needs
    T007 A word that a verb has no use for
    T008 Options that contradict one another
    T009 A name that is not UTF-8
    T010 A format that there is not
    T011 A parameter that is set in another form
    T012 A value that a parameter does not take
    T013 A number that an option does not take
    T014 No graph
    T031 An unknown command of the shell
    T032 The beginning of several commands
    T033 A command without what it needs
    T034 A value that a command does not take
    T035 A question in words
    T036 A row that was not shown
    T037 Nothing to undo
    T038 A transaction that has not ended
    T039 The end of a transaction that has not begun
    T040 A saved query that there is not
    T041 A query that cannot be saved
    T042 A command that needs a terminal
    T043 A tour of another graph
    T044 Another program that failed
    T061 A column that the answers do not have
    T062 A cell that is read as another kind
    T063 What a fact cannot hold
    T081 A query that takes too long
    T082 A query that needs too much memory
    T083 No more memory
    T084 What `--safe` keeps out of reach
    T085 Work that was interrupted
    T099 A mistake in the program
    T101 A string that is not closed
    T102 A name in quotes that is not closed
    T103 A comment that is not closed
    T104 Typographic quotation marks
    T105 A character that the language does not have
    T106 An escape that is none
    T107 An integer that is too great
    T108 A decimal that is too great
    T109 A date that does not exist
    T110 A date in another form
    T111 A word that is neither number nor name
    T112 A name without a character
    T113 A parameter without a name
    T114 A text that is not UTF-8
    T115 A text that is too long
    T201 What begins no statement
    T202 A statement of another language
    T203 A missing full stop
    T204 What follows a fact
    T205 A declaration that goes on otherwise
    T206 A bracket that is not closed
    T207 A variable in a fact
    T208 A query that asks nothing
    T209 A parameter whose default is computed
    T210 An answer before the first
    T211 A key that stands twice in one annotation
    T212 An annotation on a rule's head
    T213 An annotation in another form
    T214 A fact that asks the graph
    T215 Parts that are nested too deep
    T216 More than one fact or query
    T217 A text that is no constant
    T301 An unknown relation
    T302 A wrong number of arguments
    T303 A value of the wrong kind
    T304 An entity of a type that can never match
    T305 A variable of two types that can never match
    T306 An unknown type
    T307 A type above itself
    T308 What is declared twice
    T309 A type of the language
    T310 A name that the language has itself
    T311 A parameter that is declared twice
    T312 A declaration that facts contradict
    T313 More arguments than a relation can have
    T314 What cannot name a relation
    T315 A column that a relation does not have
    T316 A column that stands twice
    T317 A fact without one of its columns
    T401 A name that the graph does not have
    T402 A name that nobody bears
    T403 A name that several bear
    T404 A rule for names that needs names
    T405 An unknown parameter
    T406 An annotation key that no statement has
    T407 Two names of which it is not clear where the first ends
    T408 A source that no statement has
    T501 A value without a comparison
    T502 A literal that is missing
    T503 A value that is missing
    T504 A value as a literal
    T505 Comparisons in a row
    T506 What joins no literals
    T507 What cannot stand behind the bar
    T508 `select` of what is not bound
    T509 A limit that is no whole number
    T510 A relation as a value
    T511 A function as a condition
    T512 An unknown aggregate
    T513 An aggregate in another form
    T514 A path in another form
    T515 A path without its two ends
    T516 A path along a relation of three
    T517 A path that is asked for what is stated
    T518 A `triple` of what is not stated
    T519 A body that is too large
    T520 What finds no entity by words
    T521 A relation without its arguments
    T522 The name of a column where none can stand
    T601 A variable that nothing binds
    T602 A column that an alternative leaves open
    T603 Recursion through a negation or an aggregate
    T651 A comparison that can never hold
    T652 A literal that nothing matches (a warning)
    T653 An entity of no type (a warning)
    T661 An answer that is not there to explain
    T662 Why something holds that does not
    T663 Why something does not hold that does
    T664 An explanation of several facts
    T671 A broken constraint
    T701 Division by zero
    T702 Overflow
    T703 An argument that a function does not take
    T704 An unknown function
    T705 A wrong number of a function's arguments
    T706 A part that a date does not have
    T707 A pattern that is none
    T708 Values of several kinds
    T709 A text that is no number and no date
    T710 A character before the first
    T711 A text that becomes too long
    T712 A pattern that takes too long
    T801 A file that is not there
    T802 A folder or a device in place of a file
    T803 A file that may not be read
    T804 A file that cannot be read
    T805 A file that cannot be written
    T806 Files that include one another too deep
    T807 A file of an unknown kind
    T808 A file that is too large
    T809 A file that a power failure may take back
    T851 An option that a table does not take
    T852 A header that does not fit
    T853 A field in quotes that is not closed
    T854 A field that goes on behind its quote
    T855 A row with another number of fields
    T901 A file that is no snapshot
    T902 A snapshot of a newer version
    T903 A damaged snapshot
    T904 What a repair has lost
    T905 A repair into a file that is there
    T906 A snapshot that another process has open
    T907 A snapshot that another process has changed
    T908 A snapshot that was moved or replaced
    T909 A change that is not on the disk
    T910 A journal of another snapshot
    T911 Nothing to read anew
    T912 A load that cannot be undone
    T913 A journal whose end is no whole change
    """#
}
