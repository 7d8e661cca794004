import Diagnostics
import Evaluation
import Graphs
import TestSupport
import Testing

@testable import Interchange
@testable import Terms

@Suite(.tellsSeed) struct TableTests {
  let folder: TemporaryFolder
  let graph = Graph()

  init() throws { folder = try TemporaryFolder() }

  /// Reads a table into the relation `r`, declared with the given types where there are any.
  private func read(
    _ name: String, _ text: String, _ types: [[PositionType]]? = nil, _ options: TableOptions = TableOptions()
  ) throws -> Int {
    if let types { graph.addRelation("r", RelationDeclaration(positions: types)) }
    return try Table.read(folder.file(name, text), into: "r", of: graph, options: options)
  }

  /// What is told of a table that is read into `r`, without its folder.
  private func notes(
    _ name: String, _ text: String, _ types: [[PositionType]]? = nil, _ options: TableOptions = TableOptions()
  ) throws -> [String] {
    if let types { graph.addRelation("r", RelationDeclaration(positions: types)) }
    var notes: [String] = []
    try Table.read(folder.file(name, text), into: "r", of: graph, options: options, note: { notes.append($0) })
    return notes.map { $0.replacing(folder.path + "/", with: "") }
  }

  /// The rows as the language writes them, in the order of their text.
  private var rows: [String] {
    var rows: [String] = []
    let facts = graph.relation(named: "r")?.facts
    facts?.forEachTuple { tuple in
      rows.append(tuple.map { graph.terms.value(Term($0)).description }.joined(separator: " "))
      return true
    }
    return rows.sorted()
  }

  /// Each problem as `line:column message`.
  private func problems(_ name: String, _ text: String, _ types: [[PositionType]]? = nil) -> [String] {
    do {
      _ = try read(name, text, types)
      return []
    } catch {
      return (error as? Diagnostic)?.all.map { problem in
        guard let span = problem.span else { return problem.message }
        let (line, column) = span.file.position(of: span.start)
        return "\(line):\(column) \(problem.message)"
      } ?? ["\(error)"]
    }
  }

  @Test(
    "integers of one digit to nineteen are read, before each separator, each end of a line and the end of the file",
    arguments: [("r.tsv", "\t", "\n"), ("r.tsv", "\t", "\r\n"), ("r.csv", ",", "\n"), ("r.csv", ",", "\r\n")])
  func lengths(_ name: String, _ separator: String, _ end: String) throws {
    let digits = "9012345678901234567"
    let numbers = (1...19).map { String(digits.prefix($0)) }
    let lines = numbers.map { "\($0)\(separator)00\($0.suffix(5))" }
    let types: [[PositionType]] = [[.integer], [.integer]]
    #expect(try read(name, "a\(separator)b\(end)" + lines.joined(separator: end), types) == 19)
    #expect(rows == numbers.map { "\($0) \(Int($0.suffix(5)) ?? -1)" }.sorted())
  }

  @Test("a number that is noted by its value is the same term in each table, with others among them that are greater")
  func notedNumbers() throws {
    let text = (0..<2000).map { "\($0 * 7 % 3000)\t\($0 % 2 == 0 ? $0 : $0 * 1_000_003)\n" }.joined()
    #expect(try read("r.facts", text + text) == 4000)
    #expect(Set(rows) == Set((0..<2000).map { "\($0 * 7 % 3000) \($0 % 2 == 0 ? $0 : $0 * 1_000_003)" }))
    #expect(graph.terms.checkInvariants() == nil)
    #expect(graph.terms.intern(integer: 42) == graph.terms.find(.integer(42)))
  }

  @Test(
    "a column of an undeclared relation holds integers if all its fields are integers, decimals if all are numbers, else strings",
    arguments: [
      (["1", "-7", "0", "9223372036854775807"], ["-7", "0", "1", "9223372036854775807"]),
      (["2", "1.5", "3.25", "-0.5", "1e3", "2.50"], ["-0.5", "1.5", "1000", "2", "2.5", "3.25"]),
      (["0000", "0", "1_0", "10"], [#""0""#, #""0000""#, #""10""#, #""1_0""#]),
      (["1", "007"], [#""007""#, #""1""#]), (["-0", "0"], [#""-0""#, #""0""#]),
      (["1.5", "-0.0"], [#""-0.0""#, #""1.5""#]),
      (["+5", "5"], [#""+5""#, #""5""#]), ([".5", "5."], [#"".5""#, #""5.""#]),
      (["1", "2", "x"], [#""1""#, #""2""#, #""x""#]),
      (["9223372036854775808", "1"], [#""1""#, #""9223372036854775808""#]),
      (["0.1234567890123456789", "1"], [#""0.1234567890123456789""#, #""1""#]),
      (["1e999", "1e-999"], [#""1e-999""#, #""1e999""#]),
      (["2014-03-05", "2014"], [#""2014""#, #""2014-03-05""#]), (["00.5", "1.5"], [#""00.5""#, #""1.5""#]),
      (["1.5", "1_0.5"], [#""1.5""#, #""1_0.5""#]), (["NaN", "1"], [#""1""#, #""NaN""#]),
      (["true", "1"], [#""1""#, #""true""#]),
    ])
  func undeclared(_ fields: [String], _ values: [String]) throws {
    for (name, start) in [("r.facts", ""), ("r.tsv", "name\n"), ("r.csv", "name\r\n")] {
      for order in [fields, fields.reversed()] {
        let graph = Graph()
        _ = try Table.read(folder.file(name, start + order.map { $0 + "\n" }.joined()), into: "r", of: graph)
        var read: [String] = []
        graph.relation(named: "r")?.facts.forEachTuple { tuple in
          read.append(graph.terms.value(Term(tuple[0])).description)
          return true
        }
        #expect(read.sorted() == values, "\(name)")
      }
    }
  }

  @Test("each column is decided by itself, also in one that is declared to take anything")
  func undeclaredColumns() throws {
    #expect(try read("r.facts", "1\ta\t1.5\n07\tb\t2\n", [[.any], [.any], [.any]]) == 2)
    #expect(rows == [#""07" "b" 2"#, #""1" "a" 1.5"#])
  }

  @Test(
    "a field that shows only after many others what the column holds changes all of them",
    arguments: ["007", "x", "1.5"])
  func lateField(field: String) throws {
    let numbers = (1...5_000).map { "\($0)" }
    _ = try read("r.facts", (numbers + [field]).joined(separator: "\n"))
    #expect(rows == (numbers + [field]).map { field == "1.5" ? $0 : "\"\($0)\"" }.sorted())
  }

  @Test("what makes a column that begins with numbers one of texts is told, but not of a file of facts")
  func mixedNote() throws {
    #expect(
      try notes("r.csv", "name,price\na,1\nb,2.5\nc,\"1,5\"\nd,x\n").dropFirst() == [
        "note: r.csv:4: `1,5` is no plain number, so field 2 of every row is read as a text"
      ])
    let long = (1...500).map { "\($0)\n" }.joined() + "007\n"
    #expect(
      try notes("r2.csv", "x,y\n" + long.replacing("\n", with: ",1\n")).dropFirst().first?.hasPrefix(
        "note: r2.csv:502: `007`") == true)
    #expect(try notes("r3.facts", "1\tx\n+5\ty\n") == [])
  }

  @Test(
    "the first field of a column may be the one by which its numbers are texts",
    arguments: ["+5", "1_0", "-0.0", "007", ".5"])
  func mixedByTheFirst(field: String) throws {
    #expect(
      try notes("r.csv", "name,price\na,\(field)\nb,\(field)\nc,2\nd,3\n").dropFirst() == [
        "note: r.csv:2: `\(field)` is no plain number, so field 2 of every row is read as a text"
      ])
    #expect(try notes("r2.csv", "name,price\na,\(field)\nb,\(field)\n").dropFirst() == [])
    #expect(try notes("r3.csv", "name,price\na,x\nb,1\n").dropFirst() == [])
  }

  @Test("a mistake in a first line that was taken for data says that it was, and why")
  func mistakenHeader() throws {
    let types: [[PositionType]] = [[.integer], [.integer]]
    graph.addRelation("r", RelationDeclaration(positions: types))
    let path = try folder.file("r.csv", "crop,1990\n1,2\n")
    let problems = #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph) }
    #expect(
      problems?.all.first?.notes.first?.message.contains("is read as data, because `1990` is a number or a date")
        == true)
  }

  @Test("fields that are empty say nothing of what a column holds, however many come first")
  func emptyFirst() throws {
    let rows = (0..<200).map { "a\($0 % 2),\n" } + ["b,7\n"]
    #expect(try notes("r.csv", "name,age\n" + rows.joined()).count == 1)
    #expect(self.rows == [#""a0" _"#, #""a1" _"#, #""b" 7"#])
  }

  @Test("an empty field is not stated, in a column of whatever type, and a row without any is left out, which is told")
  func emptyFields() throws {
    let text = "a,1,2013,x\nb,,2014,y\nc,3,,\n,,,\n,4,2015,\n"
    let found = try notes("r.csv", text, [[.entity], [.integer], [.date], [.string]])
    #expect(
      rows == [
        #"_ 4 date("2015") _"#, #"a 1 date("2013") "x""#, #"b _ date("2014") "y""#, "c 3 _ _",
      ])
    #expect(found.last == "note: r.csv: 1 row is left out, for nothing stands in it")
    #expect(graph.absentColumns(of: "r") == [0, 1, 2, 3])
  }

  @Test("an entity has a name, so that an empty field states none")
  func emptyEntity() throws {
    #expect(try notes("r.facts", "a\tb\n\tc\n", [[.entity], [.entity]]) == [])
    #expect(rows == ["_ c", "a b"])
    #expect(graph.absentTerm.map(graph.terms.isName) == false)
  }

  @Test("empty fields among many rows are read alike, whichever way the rows are read", arguments: [1, 2])
  func emptyAmongMany(threads: Int) throws {
    let lines = (0..<20_000).map {
      "\($0 % 7 == 0 ? "" : "n\($0)"),\($0 % 5 == 0 ? "" : "\($0)"),\($0 % 3 == 0 ? "" : "1.5")\n"
    }
    let path = try folder.file("r.csv", "name,number,share\n" + lines.joined())
    try Table.read(path, into: "r", of: graph, threads: threads)
    let relation = try #require(graph.relation(named: "r"))
    let absent = try #require(graph.absentTerm)
    #expect((0..<3).map { relation.facts.roughCount(where: $0, is: absent.number) >= 1 } == [true, true, true])
    var counts = [0, 0, 0]
    relation.facts.forEachTuple { tuple in
      for column in 0..<3 where tuple[column] == absent.number { counts[column] += 1 }
      return true
    }
    // Of the rows that have neither name nor number there are two.
    let nameless = stride(from: 0, to: 20_000, by: 7)
    let distinct = Set(nameless.map { "\($0 % 5 == 0 ? "" : "\($0)"),\($0 % 3 == 0)" }.filter { $0 != ",true" })
    #expect(counts[0] == distinct.count)
    #expect(graph.terms.checkInvariants() == nil)
  }

  @Test("a row without a name names nothing")
  func emptyName() throws {
    graph.addRelation("label", RelationDeclaration(positions: [[.entity], [.string]]))
    _ = try Table.read(folder.file("label.csv", "id,name\nona,Ona\npetras,\n"), into: "label", of: graph)
    #expect(graph.relation(named: "label")?.factCount == 1)
  }

  @Test("in a file of facts an empty field is a text, as it is for Soufflé, and so the column holds texts")
  func emptyFact() throws {
    #expect(try notes("r.facts", "1\ta\n\tb\n3\t\n") == [])
    #expect(rows == [#""" "b""#, #""1" "a""#, #""3" """#])
  }

  @Test("{empty: …} names what else states nothing, in columns of strings too")
  func emptyOption() throws {
    var options = TableOptions()
    options.empty = "n/a"
    let found = try notes("r.csv", "name,age\nann,7\nn/a,8\nbob,n/a\ncid,\n", nil, options)
    #expect(rows == [#""ann" 7"#, #""bob" _"#, #""cid" _"#, "_ 8"])
    #expect(found.count == 1)
  }

  @Test("{header: …} prevails over what the first line looks like, and nothing is told")
  func headerOption() throws {
    var options = TableOptions()
    options.header = false
    #expect(try notes("r.csv", "a,b\nc,d\n", nil, options) == [])
    #expect(rows == [#""a" "b""#, #""c" "d""#])
    options.header = true
    #expect(try notes("s.csv", "name,1990\nx,y\n", nil, options) == [])
    #expect(rows == [#""a" "b""#, #""c" "d""#, #""x" "y""#])
  }

  @Test("what is decided of the first line is told, and why")
  func headerNote() throws {
    #expect(
      try notes("r.csv", "name,year\nann,1990\n") == [
        "note: r.csv: the first line is read as the header (`name`, `year`); "
          + "`import r \"\(folder.path)/r.csv\" {header: false}.` reads it as data".replacing(
            folder.path + "/", with: "")
      ])
    #expect(
      try notes("r.tsv", "name\t1990\n").first?.contains(
        "is read as data, because `1990` is a number or a date; `import r \"r.tsv\" {header: true}.` reads it as the header"
      )
        == true)
    #expect(try notes("r.facts", "a\tb\n") == [])
  }

  @Test("a header with another number of fields than the relation takes is told")
  func headerCount() {
    var options = TableOptions()
    options.header = true
    graph.addRelation("r", arity: 2)
    let found = #expect(throws: Diagnostic.self) { try read("r.csv", "a,b,c\n1,2\n", nil, options) }
    #expect(found?.all.first?.message == "the header has 3 fields, and `r` takes 2")
  }

  @Test(
    "a file of fields between semicolons or tabs is recognised and told, whatever its ending says",
    arguments: [";", "\t", "|"])
  func recognised(separator: String) throws {
    let text = "name,year\nOna,1990\n\"P, the \"\"old\"\"\",1991\n".replacing(",", with: separator)
    let found = try notes("r.csv", text)
    #expect(rows == [#""Ona" 1990"#, #""P\#(separator == "\t" ? "\\t" : separator) the \"old\"" 1991"#])
    #expect(
      found.first?.hasPrefix(
        "note: r.csv: fields are separated by \(separator == "\t" ? "tabs" : "`\(separator)`"), and the first")
        == true)
  }

  @Test(
    "a semicolon in the one column of a table separates nothing",
    arguments: ["note\na; b\n", "a; b\nc\n", "a; b\nc; d; e\n"])
  func noSeparator(text: String) throws {
    _ = try read("r.csv", text)
    #expect(graph.relation(named: "r")?.arity == 1)
  }

  @Test("{separator: …} is whatever it says", arguments: [";", "|", " ", "\t"])
  func separatorOption(separator: String) throws {
    for (name, form) in [("r.csv", "a,1.5\nb,2\n"), ("r.tsv", "a,1.5\nb,2\n"), ("r.facts", "a,1.5\nb,2\n")] {
      var options = TableOptions()
      options.separator = separator.utf8.first
      let graph = Graph()
      let path = try folder.file(name, form.replacing(",", with: separator))
      #expect(try Table.read(path, into: "r", of: graph, options: options) == 2)
      #expect(graph.terms.find(.decimal(1.5)) != nil && graph.relation(named: "r")?.arity == 2)
    }
  }

  @Test("the columns have the names of the header; of an empty or repeated one the name is told")
  func columnNames() throws {
    let found = try notes("r.csv", "id, Full name ,id,\n1,Ona,2,x\n")
    #expect(
      graph.relation(named: "r")?.declaration?.signature
        == "(id: any, 'Full name': any, id_2: any, column_4: any)")
    #expect(
      found.last
        == "note: r.csv: the header gives these columns no name of their own, so they are called `id_2` (field 3), `column_4` (field 4)"
    )
  }

  @Test("columns that the relation has not are left out, with whatever stands in them, and it is told")
  func leftOut() throws {
    graph.addRelation("r", RelationDeclaration(positions: [[.integer], [.string]], columns: ["age", "name"]))
    let rows = (0..<3_000).map { "n\($0),\"x \"\"\($0)\"\"\",\($0)\n" }.joined()
    let found = try notes("r.csv", "name,note,age\n" + rows)
    #expect(found.last == "note: r.csv: left out, for `r` has no such column: `note`")
    #expect(Set(self.rows) == Set((0..<3_000).map { "\($0) \"n\($0)\"" }))
    #expect(graph.terms.find(.string("x \"7\"")) == nil)
    #expect(problems("r2.csv", "name,note,age\na,b\n") == ["2:1 expected 3 fields for `r`, not 2"])
  }

  @Test("a header with some of the declared names and not all goes by place, and says so")
  func someNames() throws {
    graph.addRelation("r", RelationDeclaration(positions: [[.integer], [.string]], columns: ["age", "name"]))
    let found = try notes("r.csv", "years,name\n7,ona\n")
    #expect(rows == [#"7 "ona""#])
    #expect(
      found.last
        == "note: r.csv: fields go to the columns of `r` by their places, for the header has not `age`")
  }

  @Test("a table in which anything is wrong makes no relation")
  func noRelation() {
    #expect(problems("r.csv", "a,b\n1\n").count == 1)
    #expect(graph.relation(named: "r") == nil)
  }

  @Test("a relation that is not there is made with as many columns as the first line has")
  func made() throws {
    #expect(try read("r.facts", "a\tb\tc\n") == 1)
    #expect(graph.relation(named: "r")?.arity == 3)
  }

  @Test("the last line may lack its end, lines may end with CR LF, and empty lines are skipped")
  func lineEnds() throws {
    #expect(try read("r.facts", "\r\n1\t2\r\n\n\r\n3\t4\n5\t6") == 3)
    #expect(rows == ["1 2", "3 4", "5 6"])
  }

  @Test("an empty file has no rows and makes no relation")
  func empty() throws {
    #expect(try read("r.facts", "") == 0)
    #expect(try read("r.facts", "\n\r\n") == 0)
    #expect(graph.relation(named: "r") == nil)
  }

  @Test("the first line of TSV is a header")
  func header() throws {
    #expect(try read("r.tsv", "from\tto\na\tb\n") == 1)
    #expect(rows == [#""a" "b""#])
  }

  @Test("a first line with a number or a date is no header", arguments: ["a\t1\n", "a\t1.5\n", "a\t2014-03-05\n"])
  func noHeader(text: String) throws {
    #expect(try read("r.tsv", text) == 1)
  }

  @Test("a file of facts has no header")
  func factsHaveNoHeader() throws {
    #expect(try read("r.facts", "from\tto\na\tb\n") == 2)
  }

  @Test("a header alone makes the relation without rows")
  func headerAlone() throws {
    #expect(try read("r.csv", "from,to\n") == 0)
    #expect(graph.relation(named: "r")?.arity == 2)
    #expect(graph.relation(named: "r")?.factCount == 0)
  }

  @Test("the escapes of TSV are replaced, and any other backslash stays")
  func escapes() throws {
    #expect(try read("r.tsv", "x\ty\n" + #"a\tb\nc\\n"# + "\t" + #"C:\dir\"# + "\n") == 1)
    #expect(rows == [#""a\tb\nc\\n" "C:\\dir\\""#])
  }

  @Test("a file of facts has no escapes: a backslash is one")
  func noEscapes() throws {
    #expect(try read("r.facts", #"a\\b"# + "\n" + #"a\b"# + "\n" + #"a\tb"# + "\n") == 3)
    #expect(rows == [#""a\\\\b""#, #""a\\b""#, #""a\\tb""#])
  }

  @Test("fields of each length, with an escape at each place and line ends of both kinds, are read as they are cut")
  func lengths() throws {
    for length in 0...20 {
      for escape in 0...length {
        let written = String(repeating: "x", count: escape) + "\\t" + String(repeating: "y", count: length - escape)
        let meant = written.replacing("\\t", with: "\t")
        let plain = "p" + String(repeating: "z", count: length)
        let graph = Graph()
        let text = "h\th\n\(plain)\t\(written)\r\n\(written)\t\(plain)\n\(plain)\t\(written)"
        #expect(try Table.read(folder.file("r.tsv", text), into: "r", of: graph) == 3)
        let facts = try #require(graph.relation(named: "r")?.facts)
        let terms = try [plain, meant].map { try #require(graph.terms.find(.string($0))?.number, "\(written)") }
        #expect(facts.count == 2)
        #expect(facts.contains(terms) && facts.contains(terms.reversed()), "\(written)")
      }
    }
  }

  @Test(
    "a field that repeats the one above it is the same term, in columns of each type and behind a row with a mistake")
  func repeated() throws {
    let types: [[PositionType]] = [[.entity], [.date], [.string], [.integer]]
    let row = "klaipeda\t2013-02-14\tŽemė\t7\n"
    #expect(try read("r.facts", row + "telsiai\t2013-02-14\tŽemė\t8\n" + row + "telsiai\t2013-02\tŽemė\t7", types) == 4)
    #expect(
      rows == [
        #"klaipeda 2013-02-14 "Žemė" 7"#, #"telsiai 2013-02 "Žemė" 7"#, #"telsiai 2013-02-14 "Žemė" 8"#,
      ])
    #expect(
      problems("r.facts", "a\tx\tŽemė\t7\na\tx\tŽemė\n" + row).map { $0.prefix(4) } == ["1:3 ", "2:1 "])
  }

  /// Ids with prefixes of many lengths, and numbers of all that a number may look like, over and over.
  static let ids: [String] = {
    let prefixes = ["q", "p_", "seventh", "eighth__", "ninth_id_", "a1b", "ö", "sixteen_letters_", "seventeen_letters"]
    let numbers = ["0", "7", "07", "00", "10", "999", "9999999", "12345678", "", "7x"]
    return prefixes.flatMap { prefix in numbers.map { prefix + $0 } } + ["q8", "p_8", "q9", "true", "not"]
  }()

  @Test(
    "texts that end in numbers are the terms of just these texts, numbered in the order in which they come",
    arguments: ["r.facts", "r.csv"], [nil, [[PositionType.entity], [.entity]]])
  func numberedTexts(_ name: String, _ types: [[PositionType]]?) throws {
    let separator = name.hasSuffix("csv") ? "," : "\t"
    let ids = Self.ids.filter { types == nil || Text.isBareName($0) }
    let fields = (0..<9_000).map { index in
      // Some columns keep to one prefix for long, others change it in each row.
      index % 2 == 0 ? "q\(index / 8 * 7919 % 700)" : ids[index * 31 % ids.count]
    }
    let lines = stride(from: 0, to: fields.count, by: 2).map { "\(fields[$0])\(separator)\(fields[$0 + 1])" }
    #expect(try read(name, (name.hasSuffix("csv") ? "a,b\n" : "") + lines.joined(separator: "\n"), types) == 4_500)
    var seen: Set<String> = []
    let distinct = fields.filter { seen.insert($0).inserted }
    let terms = (0..<graph.terms.count).map { graph.terms.value(Term(UInt32($0))) }
    #expect(terms == distinct.map { types == nil ? .string($0) : .name($0) })
    #expect(terms.enumerated().allSatisfy { graph.terms.find($1) == Term(UInt32($0)) })
    #expect(terms.enumerated().allSatisfy { graph.terms.intern($1) == Term(UInt32($0)) })
    #expect(graph.terms.checkInvariants() == nil)
    let cells = (graph.relation(named: "r")?.facts).map { facts in
      var cells: Set<String> = []
      facts.forEachTuple { tuple in
        cells.insert(tuple.map { graph.terms.value(Term($0)).plainText }.joined(separator: separator))
        return true
      }
      return cells
    }
    #expect(cells == Set(lines))
  }

  @Test("names of a number far beyond those of others take no room for it")
  func farNumbers() throws {
    let text = (0..<1_000).map { "q\($0 * 9_973)\tp\($0 % 7)\n" }.joined()
    #expect(try read("r.facts", text + text) == 2_000)
    #expect(graph.terms.count == 1_007)
    #expect(graph.terms.notedCount <= 4 * 1_007 + 1_024)
    #expect(graph.terms.checkInvariants() == nil)
  }

  @Test(
    "the integers of a table are numbered by their size, and those behind a row of another form in the order in which they come"
  )
  func order() throws {
    let integers = (0..<4_000).map { $0 * 7919 % 1_009 }
    let rows = integers.map { "\($0)\t\($0 + 1)\n" }.joined()
    #expect(try read("r.facts", rows + "-7\t-8\n" + "4000\t3000\n2000\t6") == 4_003)
    let expected = Array(0...1_009) + [-7, -8, 4_000, 3_000, 2_000]
    #expect((0..<graph.terms.count).map { graph.terms.value(Term(UInt32($0))) } == expected.map { .integer(Int64($0)) })
    #expect(graph.terms.checkInvariants() == nil)
  }

  @Test("rows of integers are read as they are written, on one thread and on two", arguments: 1...5, ["facts", "csv"])
  func integerRows(_ width: Int, _ kind: String) throws {
    let rows = (0..<30_000).map { row in
      (0..<width).map { [row, row * 7919 % 1_000_003, 7, 9_999_999, 0][($0 + row) % 5] }
    }
    let text = rows.map { $0.map { "\($0)" }.joined(separator: kind == "csv" ? "," : "\t") + "\n" }.joined()
    for threads in [1, 2] {
      let graph = Graph()
      _ = try Table.read(folder.file("r." + kind, text), into: "r", of: graph, threads: threads)
      var read: Set<[Int]> = []
      graph.relation(named: "r")?.facts.forEachTuple { tuple in
        read.insert(tuple.map { graph.terms.integer(Term($0)).map { Int($0) } ?? -1 })
        return true
      }
      #expect(read == Set(rows))
    }
  }

  @Test("a field of many digits is told to be too great, wherever it ends")
  func manyDigits() {
    for count in [600, 64, 128, 1_000_000] {
      let digits = String(repeating: "1", count: count)
      let types: [[PositionType]] = [[.integer], [.integer]]
      let expected = ["1:3 the number does not fit: integers lie between \(Int64.min) and \(Int64.max)"]
      #expect(problems("r.facts", "7\t" + digits, types) == expected, "\(count)")
      #expect(problems("r.facts", "7\t" + digits + "\n" + String(repeating: "1\t2\n", count: 300), types) == expected)
    }
  }

  @Test("quotes in TSV are text")
  func quotesInTSV() throws {
    #expect(try read("r.facts", "\"a\"\t\"\n") == 1)
    #expect(rows == [#""\"a\"" "\"""#])
  }

  @Test("fields of CSV in quotes hold separators, line ends and doubled quotes")
  func quotes() throws {
    #expect(try read("r.csv", "name,note\r\n\"a,b\",\"say \"\"yes\"\"\"\r\n\"\",\"two\nlines\"\r\n") == 2)
    #expect(rows == [#""a,b" "say \"yes\"""#, #"_ "two\nlines""#])
  }

  @Test("a quote within a plain field of CSV is text")
  func quoteInside() throws {
    #expect(try read("r.csv", "a,1\n5\" tube,2\n") == 2)
    #expect(rows == [#""5\" tube" 2"#, #""a" 1"#])
  }

  @Test("fields are read by the types that the relation declares")
  func declared() throws {
    let types: [[PositionType]] = [[.integer], [.decimal], [.date], [.boolean], [.string], [.entity]]
    #expect(try read("r.facts", "1\t2.50\t2014-03\ttrue\t7\tklaipeda\n", types) == 1)
    #expect(rows == [#"1 2.5 2014-03 true "7" klaipeda"#])
  }

  @Test(
    "uncertain dates are read where a date is declared, and what people write is told with the form of the language")
  func uncertainDates() throws {
    let texts = ["1870~", "187X", "1870/..", "-0044", "1870%", "1870-05-XX", "Y17000", "/1870", "1870-21"]
    #expect(try read("r.facts", texts.joined(separator: "\n") + "\n", [[.date]]) == 9)
    for text in texts { #expect(graph.terms.find(.date(DateSpan(text)!)) != nil, "\(text)") }
    #expect(throws: Diagnostic.self) { try read("q.facts", "1870\nca. 1870\n", [[.date]]) }
  }

  @Test("a year alone is a date where one is declared")
  func year() throws {
    #expect(try read("r.facts", "2013\n", [[.date]]) == 1)
    #expect(graph.terms.find(.date(DateSpan("2013")!)) != nil)
  }

  @Test("where several types are declared, numbers are taken before dates, dates before names, names before strings")
  func several() throws {
    let types: [[PositionType]] = [[.string, .integer, .date, .entity]]
    #expect(try read("r.facts", "5\n2014-03-05\na\nNot a name\n", types) == 4)
    #expect(rows == [#""Not a name""#, "2014-03-05", "5", "a"])
  }

  @Test("in a column of entities every field is one, whatever characters it has, on its own and among many")
  func ids() throws {
    let ids = [
      "Q42", "P-001", "123", "007", "http://ex.org/x", "ORG:5", "ona onaite", "Žmogus", "not", "true", "'",
      "2013-02-14",
    ]
    for (name, start) in [("r.facts", ""), ("r.csv", "id,name\n"), ("r.tsv", "id\tname\n")] {
      for hasNames in [false, true] {
        let graph = Graph()
        graph.addRelation("r", RelationDeclaration(positions: [[.entity], [.string]]))
        if hasNames, let label = graph.relation(named: "label") {
          graph.state(
            label, tuples: [graph.terms.intern(.name("k")).number, graph.terms.intern(.string("Klaipėda")).number])
        }
        let separator = name.hasSuffix("csv") ? "," : "\t"
        let text = start + (ids + ids).enumerated().map { "\($1)\(separator)\($0)\n" }.joined()
        #expect(try Table.read(folder.file(name, text), into: "r", of: graph) == 2 * ids.count)
        #expect(ids.allSatisfy { graph.terms.find(.name($0)) != nil }, "\(name)")
      }
    }
  }

  @Test("an entity may stand in single quotes, but not in a file of facts, where they are a part of it")
  func entities() throws {
    #expect(try read("r.tsv", "name\nžemė\n'VšĮ „Gintaras“'\n'it\\\\'s'\nx1_y\n", [[.entity]]) == 4)
    #expect(rows == [#"'VšĮ „Gintaras“'"#, #"'it\'s'"#, "x1_y", "žemė"])
    #expect(try read("s.facts", "'a'\n") == 1)
    #expect(graph.terms.find(.name("'a'")) != nil)
  }

  @Test(
    "names of each length, with a byte at each place that is no letter, are what they are as texts",
    arguments: [("r.tsv", "\t"), ("r.csv", ",")])
  func words(_ name: String, _ separator: String) throws {
    for length in 1...18 {
      let plain = String(repeating: "b", count: length)
      for place in 0..<length {
        for letter in ["9", "_", "Q", "-", "ž", "Ž", "`", "{"] {
          let word = String(plain.prefix(place)) + letter + plain.dropFirst(place + 1)
          let graph = Graph()
          graph.addRelation("r", RelationDeclaration(positions: [[.entity], [.entity]]))
          let path = try folder.file(
            name, "header\(separator)x\n\(word)\(separator)\(plain)\r\n\(plain)\(separator)\(word)")
          let count = try? Table.read(path, into: "r", of: graph)
          #expect(count == 2, "\(word)")
          #expect(graph.terms.find(.name(word)) != nil && graph.terms.find(.name(plain)) != nil)
        }
      }
    }
  }

  @Test("a text that is the name of one entity means it, and one of several is told")
  func labels() throws {
    let label = try #require(graph.relation(named: "label"))
    let klaipeda = graph.terms.intern(.name("klaipeda"))
    graph.state(label, tuples: [klaipeda.number, graph.terms.intern(.string("Klaipėda")).number])
    #expect(try read("r.facts", "Klaipėda\nKLAIPEDA\n", [[.entity]]) == 2)
    #expect(rows == ["klaipeda"])
    let other = graph.terms.intern(.name("klaipeda_manor"))
    graph.state(label, tuples: [other.number, graph.terms.intern(.string("Klaipėda")).number])
    #expect(problems("r.facts", "Klapėda\nKlaipėda\n") == ["2:1 2 entities have the name \"Klaipėda\""])
  }

  @Test("members of a type are read as entities")
  func members() throws {
    graph.declareType("person", supertypes: [])
    #expect(try Table.read(folder.file("person.facts", "jonas\nona\n"), into: "person", of: graph) == 2)
    #expect(graph.types(of: graph.terms.intern(.name("ona"))) == ["person"])
  }

  @Test("text is brought to NFC and a byte order mark is skipped")
  func normalForm() throws {
    #expect(try read("r.facts", "\u{FEFF}1\tz\u{30C}\n") == 1)
    #expect(rows == ["1 \"\u{17E}\""])
  }

  @Test("a row with another number of fields is told with its place, and the next are checked all the same")
  func wrongCount() {
    let types: [[PositionType]] = [[.integer], [.integer]]
    #expect(
      problems("r.facts", "1\t2\n1\n1\t2\t3\t4\nx\t1\n", types) == [
        "2:1 expected 2 fields for `r`, not 1", "3:5 expected 2 fields for `r`, not 4",
        "4:1 expected an integer here, not the string `\"x\"`",
      ])
  }

  @Test("a row with other separators is told how fields are separated")
  func separators() throws {
    graph.addRelation("r", arity: 2)
    let path = try folder.file("r.facts", "1 2\n")
    let problems = #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph) }
    #expect(problems?.all.first?.help?.hasPrefix("fields are separated by tabs; `import r") == true)
  }

  @Test("fields that do not fit their types are all told, each with its place")
  func misfits() {
    let types: [[PositionType]] = [[.integer], [.date], [.boolean], [.decimal]]
    #expect(
      problems("r.facts", "1.5\t2014-02-30\tyes\tx\n", types) == [
        "1:1 expected an integer here, not the number `1.5`",
        "1:5 expected a date here, not the string `\"2014-02-30\"`",
        "1:16 expected true or false here, not the string `\"yes\"`",
        "1:20 expected a number here, not the string `\"x\"`",
      ])
  }

  @Test("an integer beyond 64 bits is told and never a wrong number")
  func overflow() throws {
    let types: [[PositionType]] = [[.integer]]
    #expect(problems("r.facts", "9223372036854775807\n-9223372036854775808\n", types) == [])
    #expect(rows == ["-9223372036854775808", "9223372036854775807"])
    let message = "1:1 the number does not fit: integers lie between -9223372036854775808 and 9223372036854775807"
    #expect(problems("r.facts", "9223372036854775808\n", types) == [message])
    #expect(problems("r.facts", "-9223372036854775809\n", types) == [message])
  }

  @Test("a decimal beyond the finite ones is told")
  func greatDecimal() {
    #expect(problems("r.facts", "1e999\n", [[.decimal]]).count == 1)
  }

  @Test("nothing is stated where any row is wrong")
  func allOrNothing() {
    #expect(problems("r.facts", "1\n2\nx\n", [[.integer]]).count == 1)
    #expect(rows == [])
  }

  @Test("twenty mistakes of a table are told, and how many there are besides")
  func manyMistakes() throws {
    graph.addRelation("r", RelationDeclaration(positions: [[.integer]]))
    let path = try folder.file("r.facts", String(repeating: "x\n", count: 1000))
    let problem = #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph) }
    #expect(problem?.all.count == 20)
    #expect(
      problem?.all.last?.notes.last?.message == "there are 980 more mistakes in this table; nothing of it is stated")
    #expect(rows == [])
  }

  @Test("{errors: skip} states the rows that are right and lists the others in a file")
  func skip() throws {
    graph.addRelation("r", RelationDeclaration(positions: [[.integer], [.string]]))
    var options = TableOptions()
    options.skipsErrors = true
    options.source = .name("s")
    let path = try folder.file("r.csv", "1,a\nx,b\n2\n3,c\n")
    var notes: [String] = []
    #expect(try Table.read(path, into: "r", of: graph, options: options, note: { notes.append($0) }) == 2)
    #expect(rows == [#"1 "a""#, #"3 "c""#])
    #expect(notes.last?.hasSuffix("r.csv: 2 rows are skipped, which `\(path).skipped` lists") == true)
    let list = try String(decoding: TextFile.read(path + ".skipped"), as: UTF8.self)
    #expect(
      list == "\(path):2:1: expected an integer here, not the string `\"x\"`\n"
        + "\(path):3:1: expected 2 fields for `r`, not 1\n")
    let relation = try #require(graph.relation(named: "r"))
    let lines = (0..<relation.statements.count).map { index in
      graph.annotationSets.value(of: graph.coin("line"), in: relation.statements.annotations[index])
        .map { graph.terms.value($0) }
    }
    #expect(lines == [.integer(1), .integer(4)])
    #expect(throws: Diagnostic.self) {
      try Table.read(path, into: "r", of: graph, options: options, mayWrite: false)
    }
  }

  @Test("a quote that is not closed, and text behind one that is, are told with their places")
  func badQuotes() {
    graph.addRelation("r", arity: 2)
    #expect(
      problems("r.csv", "a,1\n\"b\"c,2\n\"d,3\n") == [
        "2:4 expected `,` or the end of the line behind the closing quote", "3:1 the field in quotes is not closed",
      ])
  }

  @Test(
    "a text in another encoding is read as what it probably is, which is told",
    arguments: [
      ("windows-1257", "name,town\nŽemėė,Šiauliai\n"), ("windows-1252", "name,town\nHélène,Besançon\n"),
      ("windows-1251", "имя,город\nИван,Вильна\n"),
    ])
  func guessed(encoding: String, text: String) throws {
    let letters = try #require(Text.letters(of: encoding))
    let bytes = try text.unicodeScalars.map { scalar in UInt8(try #require(letters.firstIndex(of: scalar))) }
    var notes: [String] = []
    try Table.read(folder.file("r.csv", bytes), into: "r", of: graph, note: { notes.append($0) })
    let line = text.split(separator: "\n")[1].split(separator: ",")
    #expect(rows == ["\"\(line[0])\" \"\(line[1])\""])
    #expect(
      notes.first?.hasSuffix(
        "r.csv: the text is no UTF-8 and is read as \(encoding), which is a guess; `{encoding: \"…\"}` decides") == true
    )
  }

  @Test(
    "{encoding: …} says what the bytes are",
    arguments: ["iso-8859-1", "iso-8859-2", "iso-8859-4", "iso-8859-13", "windows-1250", "cp437", "koi8-r", "latin1"])
  func encodingOption(encoding: String) throws {
    var options = TableOptions()
    options.encoding = encoding
    let letters = try #require(Text.letters(of: encoding))
    let path = try folder.file("r.csv", Array("a,b\n".utf8) + [0xE1, 0x2C, 0xF3, 0x0A])
    try Table.read(path, into: "r", of: graph, options: options)
    let fields = try [0xE1, 0xF3].map { String(Character(try #require(letters[$0]))) }
    #expect(rows == ["\"\(fields[0])\" \"\(fields[1])\""])
    options.encoding = "no-such"
    #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph, options: options) }
  }

  @Test(
    "UTF-16 is read in either order of its bytes, with and without a mark", arguments: [true, false], [true, false])
  func utf16(isBigEndian: Bool, hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "name,year\nOna Žemaitė 𝄞,1845\n"
    let bytes = text.utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
    #expect(try Table.read(folder.file("r.csv", bytes), into: "r", of: graph) == 1)
    #expect(rows == [#""Ona Žemaitė 𝄞" 1845"#])
    let odd = try folder.file("s.csv", bytes + [0x41])
    #expect(throws: Diagnostic.self) { try Table.read(odd, into: "s", of: graph) }
  }

  @Test("lines may end with carriage returns alone", arguments: ["r.csv", "r.tsv"])
  func carriageReturns(name: String) throws {
    let separator = name.hasSuffix("csv") ? "," : "\t"
    #expect(try read(name, "name\(separator)year\rOna\(separator)1990\rPetras\(separator)1991\r") == 2)
    #expect(rows == [#""Ona" 1990"#, #""Petras" 1991"#])
  }

  @Test("bytes that are not UTF-8 are told with their place if most of the text is UTF-8")
  func notUTF8() throws {
    let path = try folder.file("r.facts", [0x31, 0x0A, 0xC5, 0xBE, 0xFF, 0x0A])
    let problems = #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph) }
    #expect(problems?.all.first?.span?.start == 4)
  }

  @Test("a missing file and a file that is no table are told")
  func noTable() throws {
    #expect(throws: Diagnostic.self) { try Table.read("\(folder.path)/none.tsv", into: "r", of: graph) }
    let path = try folder.file("r.txt", "1\n")
    let problems = #expect(throws: Diagnostic.self) { try Table.read(path, into: "r", of: graph) }
    #expect(problems?.all.first?.help == "the name of a table ends with .tsv, .csv or .facts")
  }

  @Test("random bytes make rows or problems and never a crash")
  func randomBytes() throws {
    var random = SplitMix64(seed: Seed.anew())
    let alphabet = Array("12-_ae.\t\t\n\r\"\",,'\\\0ž\u{30C}".utf8) + [0xFF]
    for round in 0..<600 {
      let count = Int.random(in: 0...40, using: &random)
      let end = round % 4 == 0 ? alphabet.count : alphabet.count - 1
      let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<end, using: &random)] }
      let path = try folder.file(["r.csv", "r.tsv", "r.facts"][round % 3], bytes)
      let graph = Graph()
      if round % 2 == 0 { graph.addRelation("r", RelationDeclaration(positions: [[.decimal], [.entity]])) }
      do {
        let rows = try Table.read(path, into: "r", of: graph)
        #expect((graph.relation(named: "r")?.factCount ?? 0) <= rows)
      } catch {
        #expect(!error.all.isEmpty && error.all.count <= Table.mostProblems)
      }
    }
  }
}
