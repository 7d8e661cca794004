// What the record says of whom met whom: `ask-the-record GRAPH NAME`.

import Tiltas

/// Where somebody was, with the line of the record that says so.
struct Attendance: Decodable {
  var event: Entity
  var day: DateSpan
  var source: String
  var line: Int
}

func tellOfEvents(in db: Database, of name: String) throws {
  let people = try db.query("X ~ $name, attended(X, _) | select X", ["name": name], as: Entity.self)
  if people.isEmpty { return print("nobody of the name \(name) attended anything") }
  for person in people {
    print(try db.name(of: person))
    let attendances = try db.query(
      "attended($person, Event) @ {source: Source, line: Line}, held_on(Event, Day) | order by Day, Event",
      ["person": person], as: Attendance.self)
    for attendance in attendances {
      let event = try db.name(of: attendance.event)
      print("  \(attendance.day)  \(event)  (\(attendance.source), line \(attendance.line))")
    }
  }
}

let arguments = CommandLine.arguments.dropFirst()
if arguments.count == 2, let graph = arguments.first, let name = arguments.last {
  do {
    try tellOfEvents(in: try Database(opening: graph), of: name)
  } catch {
    print(error)
  }
} else {
  print("usage: ask-the-record GRAPH NAME")
}
