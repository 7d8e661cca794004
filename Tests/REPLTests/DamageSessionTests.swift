import Foundation
import TestSupport
import Testing

/// What every verb says of a snapshot or journal that is damaged, and what is kept of it.
@Suite struct DamageSessionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder.withGraph()
    #expect(try Program.run(["save", "g.tiltas"], in: folder).status == 0)
  }

  private func change() throws {
    let input = "+partner(gintaras, water).\n+partner(gintaras, bridge).\n"
    #expect(try Program.run(["--graph", "g.tiltas", "--quiet"], in: folder, input: input).status == 0)
  }

  /// Changes bytes of a file in the folder.
  private func damage(_ name: String, _ change: (inout Data) -> Void) throws {
    let url = URL(fileURLWithPath: folder.path(name))
    var bytes = try Data(contentsOf: url)
    change(&bytes)
    try bytes.write(to: url)
  }

  private static let verbs = [
    ["query", "partner(gintaras, P)"], ["describe", "gintaras"], ["save", "copy.tiltas"], ["check"],
    ["find", "gintaras"], ["plan", "partner(O, P)"], ["why", "partner(gintaras, school)"],
  ]

  @Test("a last change that may be damaged is told by every verb with status 1, also if it is to be quiet")
  func doubtfulEnd() throws {
    try change()
    try damage("g.tiltas.journal") { $0[$0.count - 9] ^= 1 }
    for arguments in Self.verbs {
      let result = try Program.run(["--graph", "g.tiltas", "--quiet"] + arguments, in: folder)
      #expect(result.status == 1, "\(arguments)")
      #expect(result.errors.contains("bytes at the end of the journal of g.tiltas belong to no whole change"))
      #expect(result.errors.contains("damage, or a change that was being written"), "\(arguments)")
    }
    let script = try Program.run(["--graph", "g.tiltas", "--quiet"], in: folder, input: "?- partner(gintaras, P).\n")
    #expect(script.status == 1)
    #expect(script.output == "P\nschool\nwater\n")
    for verb in ["verify", "info"] {
      let result = try Program.run([verb, "g.tiltas"], in: folder)
      #expect(result.status == 1)
      #expect(!result.errors.contains("is whole"))
    }
  }

  @Test("a shell says that the next change cuts off such an end, and how to keep it, and nobody saves over it unasked")
  func cutOff() throws {
    try change()
    try damage("g.tiltas.journal") { $0[$0.count - 9] ^= 1 }
    let journal = try Data(contentsOf: URL(fileURLWithPath: folder.path("g.tiltas.journal")))
    let warning =
      "note: the next change cuts these bytes off; to keep them, copy g.tiltas and g.tiltas.journal first; "
      + "`tiltas verify --repair g.tiltas -o NEW.tiltas` keeps what is whole\n"
    for input in ["", "?- partner(gintaras, P).\n"] {
      #expect(try Program.run(["--graph", "g.tiltas"], in: folder, input: input).errors.contains(warning))
    }
    #expect(try !Program.run(["--graph", "g.tiltas", "query", "partner(O, P)"], in: folder).errors.contains("cuts"))
    for graph in ["Graph", "g.tiltas"] {
      let saved = try Program.run(["--graph", graph, "save", "g.tiltas"], in: folder)
      #expect(saved.status == 1)
      #expect(saved.errors.contains("error[T913]: cannot write `g.tiltas`: "), "\(saved.errors)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("g.tiltas.journal"))) == journal)
    #expect(try Program.run(["--graph", "g.tiltas"], in: folder, input: "+a(b).\n").status == 1)
    #expect(try Program.run(["verify", "g.tiltas"], in: folder).status == 0)
  }

  @Test("a damaged snapshot and a file of another kind are not saved over, by the verb and by the shell")
  func savedOver() throws {
    try folder.write("notes.tiltas", "my notes on the visit of 2012\n")
    #expect(try Program.run(["save", "damaged.tiltas"], in: folder).status == 0)
    try damage("damaged.tiltas") { $0[$0.count / 2] ^= 1 }
    let entries = try folder.entries()
    for name in ["notes.tiltas", "damaged.tiltas"] {
      let before = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
      let saved = try Program.run(["save", name], in: folder)
      let typed = try Program.run(["--graph", "g.tiltas"], in: folder, input: ":save \(name)\n")
      for result in [saved, typed] {
        #expect(result.status == 1)
        #expect(result.errors.contains("cannot write `\(name)`: "), "\(result.errors)")
        #expect(result.errors.contains("`tiltas verify --repair \(name) -o NEW.tiltas`"))
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path(name))) == before)
    }
    #expect(try folder.entries() == entries)
  }

  @Test("two spellings of a name, composed and not, are two graphs, and each is told where only the other is there")
  func spellings() throws {
    let names = ["Klaip\u{117}da.tiltas", "Klaipe\u{307}da.tiltas"]
    #expect(try Program.run(["save", names[0]], in: folder).status == 0)
    for verb in [["query", "project(P)", "--graph"], ["verify"], ["info"], ["repl", "--graph"]] {
      let missing = try Program.run(verb + [names[1]], in: folder)
      #expect(missing.status == 1)
      let help = "`\(names[0])` is there, with its letters composed otherwise: `mv '\(names[0])' '\(names[1])'`"
      #expect(Data(missing.errors.utf8).range(of: Data(help.utf8)) != nil, "\(verb): \(missing.errors)")
    }
    #expect(try Program.run(["save", names[1]], in: folder).status == 0)
    for (number, name) in names.enumerated() {
      #expect(try Program.run(["--graph", name], in: folder, input: "+spelt(\(number)).\n").status == 0)
    }
    for (number, name) in names.enumerated() {
      let found = try Program.run(["--graph", name, "query", "spelt(X)", "--no-header"], in: folder)
      #expect(found.output == "\(number)\n")
    }
  }

  @Test("a last change that the file ends within was never acknowledged, and no answer lacks anything")
  func unfinishedEnd() throws {
    try change()
    try damage("g.tiltas.journal") { $0.removeLast(8) }
    let result = try Program.run(["--graph", "g.tiltas", "query", "partner(gintaras, P)"], in: folder)
    #expect(result.status == 0)
    #expect(
      result.errors.hasSuffix(
        "are left out: a change that was being written when the program or the computer stopped\n"))
    let info = try Program.run(["info", "g.tiltas"], in: folder)
    #expect(info.status == 0)
    #expect(info.output.contains("\njournal     1 change since, not counted above, and 72 bytes of no whole one\n"))
    let note =
      "note: 72 bytes at the end of the journal of g.tiltas belong to no whole change and are left out: a change that was "
      + "being written when the program or the computer stopped\n"
    let verified = try Program.run(["verify", "g.tiltas"], in: folder)
    #expect(verified == .init(status: 0, output: "", errors: note + "apart from that, g.tiltas is whole\n"))
    let repaired = try Program.run(["verify", "--repair", "g.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(
      repaired == .init(status: 0, output: "", errors: note + "g.tiltas is whole: new.tiltas holds the same\n"))
  }

  @Test("what is lost is listed in full if no terminal reads it")
  func manyLosses() throws {
    let facts = (0..<40).map { "r\($0)(a\($0), b, c).\n" }.joined()
    try folder.write("many.dl", facts)
    #expect(try Program.run(["--graph", "many.dl", "save", "m.tiltas"], in: folder).status == 0)
    try damage("m.tiltas") { bytes in
      // The kinds of terms lie behind the catalogue, and their values behind those.
      let section = 24 + 32
      let start = bytes[section + 8..<section + 16].reversed().reduce(0) { $0 << 8 | Int($1) }
      bytes.replaceSubrange(start..<start + 42, with: repeatElement(0xFF, count: 42))
    }
    let repaired = try Program.run(["verify", "--repair", "m.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(repaired.status == 1)
    for number in 0..<40 {
      #expect(repaired.errors.contains("error[T904]: lost: of `r\(number)` 1 of 1 fact: terms cannot be read\n"))
    }
  }

  @Test("a journal with a damaged record is refused by every verb, which says how to keep what is whole")
  func damagedJournal() throws {
    try change()
    try damage("g.tiltas.journal") { $0[70] ^= 1 }
    for arguments in Self.verbs {
      let result = try Program.run(["--graph", "g.tiltas", "--quiet"] + arguments, in: folder)
      #expect(result.status == 1, "\(arguments)")
      #expect(result.output == "", "\(arguments)")
      #expect(result.errors.contains("is damaged in its journal: record 1 is not as it was written"), "\(arguments)")
      #expect(result.errors.contains("`tiltas verify --repair g.tiltas -o NEW.tiltas`"), "\(arguments)")
    }
    #expect(try Program.run(["info", "g.tiltas"], in: folder).status == 1)
    #expect(try Program.run(["--graph", "g.tiltas"], in: folder, input: "+a(b).\n").status == 1)
    let repaired = try Program.run(["verify", "--repair", "g.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(repaired.status == 1)
    #expect(
      repaired.errors.contains(
        "error[T904]: lost: record 1 of the journal, which is damaged from byte 32 to 111: what was stated there, and what was taken "
          + "back is there again\n"))
    #expect(repaired.errors.contains(" and 1 change of the journal in new.tiltas\n"))
    let answer = try Program.run(["--graph", "new.tiltas", "query", "partner(gintaras, P)", "--no-header"], in: folder)
    #expect(answer.output == "bridge\nschool\n")
  }

  @Test("a snapshot that is whole is told to be, and its copy holds the same")
  func whole() throws {
    try change()
    let result = try Program.run(["verify", "--repair", "g.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(result == .init(status: 0, output: "", errors: "g.tiltas is whole: new.tiltas holds the same\n"))
    let answer = try Program.run(["--graph", "new.tiltas", "query", "partner(gintaras, P)", "--no-header"], in: folder)
    #expect(answer.output == "bridge\nschool\nwater\n")
    let again = try Program.run(["verify", "--repair", "g.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(again.status == 1)
    #expect(again.errors.contains("cannot repair into `new.tiltas`: there is a file `new.tiltas` already"))
  }

  @Test("a damaged beginning is refused by every verb, and costs nothing")
  func damagedBeginning() throws {
    try damage("g.tiltas") { $0.replaceSubrange(40..<100, with: repeatElement(0, count: 60)) }
    for arguments in Self.verbs {
      let result = try Program.run(["--graph", "g.tiltas"] + arguments, in: folder)
      #expect(result.status == 1, "\(arguments)")
      #expect(result.errors.contains("is damaged in its header"), "\(arguments)")
    }
    let repaired = try Program.run(["verify", "--repair", "g.tiltas", "-o", "new.tiltas"], in: folder)
    #expect(repaired.status == 0)
    #expect(repaired.errors.contains("note: the header is damaged; its copy is whole\n"))
    #expect(try Program.run(["verify", "new.tiltas"], in: folder).status == 0)
  }

  @Test("what is repaired needs a name of its own, and `-o` goes with it only")
  func usage() throws {
    for arguments in [
      ["--repair", "g.tiltas"], ["g.tiltas", "-o", "new.tiltas"], ["--repair", "g.tiltas", "-o", "new"],
    ] {
      #expect(try Program.run(["verify"] + arguments, in: folder).status == 2, "\(arguments)")
    }
  }
}
