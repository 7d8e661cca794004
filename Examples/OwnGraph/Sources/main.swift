// Keeps loans of books in a graph of its own, and tells of what is overdue as soon as that changes: `own-graph loans.tiltas`.
//
// It reads lines such as `lend atlas anna 2014-03-01`, `return atlas`, `today 2014-03-02` and `undo`.

import Tiltas

/// The loans of a library.
struct Loans {
  let db: Database

  init(_ path: String) throws {
    db = try Database(opening: path, isNew: true)
    if db.relations.contains(where: { $0.name == "overdue" }) { return }
    try db.run(
      """
      relation lent(entity, entity, date).
      relation today(date).
      overdue(Book, Reader, Due) :- lent(Book, Reader, Due), today(Day), Due < Day.
      """)
  }

  /// Carries out a line; what it says to that.
  func carryOut(_ line: String) throws -> String {
    let words = line.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("lend", 4):
      guard let due = DateSpan(words[3]) else { return "\(words[3]) is no date" }
      if try db.query("lent($book, _, _)", ["book": Entity(words[1])]).holds { return "\(words[1]) is lent already" }
      try db.add("lent", Entity(words[1]), Entity(words[2]), due)
      return "lent"
    case ("return", 2):
      let loans = try db.query("lent($book, Reader, Due)", ["book": Entity(words[1])])
      for loan in loans { try db.remove("lent", Entity(words[1]), loan[0], loan[1]) }
      return loans.isEmpty ? "\(words[1]) is not lent" : "returned"
    case ("today", 2):
      guard let day = DateSpan(words[1]) else { return "\(words[1]) is no date" }
      try db.transaction {
        for row in try db.query("today(Day)") { try db.remove("today", row[0]) }
        try db.add("today", day)
      }
      return "it is \(day)"
    case ("undo", 1): return try db.undo() ? "undone" : "there is nothing to undo"
    default: return "lend BOOK READER DATE, return BOOK, today DATE or undo"
    }
  }
}

func keepLoans(in path: String) throws {
  let loans = try Loans(path)
  let watching = try loans.db.observe("overdue(Book, Reader, Due)") { error in
    print(error)
  } react: { overdue in
    for row in overdue { print("  overdue: \(row[0]), lent to \(row[1]), due \(row[2])") }
    if overdue.isEmpty { print("  nothing is overdue") }
  }
  defer { watching.cancel() }
  while let line = readLine() {
    do { print(try loans.carryOut(line)) } catch { print(error) }
  }
}

if CommandLine.arguments.count == 2 {
  do { try keepLoans(in: CommandLine.arguments[1]) } catch { print(error) }
} else {
  print("usage: own-graph FILE.tiltas")
}
