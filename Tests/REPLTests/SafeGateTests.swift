import Foundation
import TestSupport
import Testing

/// `--safe`: nothing beyond what the command line names is touched, whatever verb, command or statement a stranger uses. What is
/// not in these lists is not classified, and fails the test.
@Suite struct SafeGateTests {
  private let folder: TemporaryFolder
  private let watch: FolderWatch

  private static let secret = "root:x:secret"

  init() throws {
    folder = try .withGraph([
      "beyond/secret.dl": Self.secret, "beyond/secret.tsv": "word\n\(Self.secret)\n",
      "beyond/rules.dl": "hidden(X) :- project(X).\n", "beyond/facts/f.tsv": "a\n",
      "Queries/q.dl": "% What is there?\nparam one = 1.\n?- project(P).\n",
      "Queries/rules/shared.dl": "shared(X) :- project(X).\n",
      "home/.local/state/tiltas/history": "+owner(secret).\n",
      "home/.inputrc": "", "strange/strange.dl": Self.strange, "strange/plain.dl": "?- project(P).\n",
    ])
    symlink("../beyond", folder.path("strange/link"))
    watch = FolderWatch(
      folder, ["", "beyond", "beyond/facts", "Queries", "Queries/rules", "home", "home/.local/state/tiltas", "strange"])
  }

  private static let strange = """
    include "../beyond/secret.dl".
    import word "../beyond/secret.tsv".
    constraint "no words" :- word(W).
    source_text(record, "../beyond/secret.dl").
    ?- word(W).

    """

  /// Each verb as a stranger's file, fact or name may be given to it, and what it may touch.
  private static let verbs: [String: (arguments: [String], may: [String])] = [
    "repl": (["repl"], []),
    "query": (["query", "shared(P)"], []),
    "run": (["run", "strange/strange.dl"], ["strange/strange.dl"]),
    "why": (["why", "shared(school)"], []),
    "describe": (["describe", "school"], []),
    "find": (["find", "school"], []),
    "near": (["near", "school"], []),
    "path": (["path", "school", "water"], []),
    "common": (["common", "school", "water"], []),
    "timeline": (["timeline", "2013"], []),
    "source": (["source", "record", "1"], []),
    "draw": (["draw", "school", "out.svg"], []),
    "plan": (["plan", "shared(P)"], []),
    "check": (["check", "strange/strange.dl"], ["strange/strange.dl"]),
    "format": (["format", "strange/strange.dl"], ["strange/strange.dl"]),
    "save": (["save", "out.tiltas"], ["/out.tiltas"]),
    "verify": (["verify", "strange/strange.dl"], ["strange/strange.dl"]),
    "info": (["info", "strange/strange.dl"], ["strange/strange.dl"]),
  ]

  /// What the verbs touch in any case: the graph that is named.
  private func beyond(_ touched: [String], _ may: [String]) -> [String] {
    touched.filter { path in
      !["/Graph", "/", "strange/"].contains(path) && !may.contains { path.hasPrefix($0) }
        && !(may.contains("/out.tiltas") && path.hasPrefix("/.out.tiltas."))
        // A file that has no name yet is told by its number.
        && !path.hasPrefix("/#")
    }
  }

  private func run(_ arguments: [String], input: String = "") throws -> (result: Program.Result, touched: [String]) {
    _ = watch.touched()
    let result = try Program.run(
      arguments, in: folder, input: input, environment: ["HOME": folder.path("home"), "PAGER": "cat"])
    return (result, watch.touched())
  }

  @Test("every verb")
  func verbs() throws {
    let help = try Program.run(["help", "man"], in: folder).output
    let section = help.components(separatedBy: ".SH VERBS\n")[1].components(separatedBy: ".SH ")[0]
    let names = section.components(separatedBy: ".TP\n.B ").dropFirst().map { String($0.prefix { $0.isLetter }) }
    // `help` reads nothing.
    #expect(Set(names) == Set(Self.verbs.keys).union(["help"]))
    for (name, verb) in Self.verbs {
      let (result, touched) = try run(verb.arguments + ["--safe"], input: "shared(P)\n")
      #expect(result.status != 2, "\(name): \(result.errors)")
      #expect(beyond(touched, verb.may) == [], "\(name)")
      #expect(!(result.output + result.errors).contains(Self.secret), "\(name): \(result.errors)")
      #expect(!(result.output + result.errors).contains("shared.dl"), "\(name): \(result.errors)")
    }
  }

  @Test("a stranger's file is checked and run without what it would include, and says so")
  func files() throws {
    for verb in ["check", "run"] {
      let result = try Program.run([verb, "--safe", "strange/strange.dl"], in: folder)
      #expect(result.status == 1)
      #expect(result.errors.contains("error[T084]: files are out of reach with --safe: `strange/../beyond/secret.dl`"))
      #expect(result.errors.contains("error[T084]: files are out of reach with --safe: `strange/../beyond/secret.tsv`"))
    }
  }

  @Test("a graph that is named reaches its own files, and no others, be it through a link")
  func graphs() throws {
    try folder.write("own/main.dl", "include \"rules.txt\".\nimport t \"t.tsv\".\n")
    try folder.write("own/rules.txt", "p(1).\n")
    try folder.write("own/t.tsv", "a\n2\n")
    let own = try Program.run(["query", "p(X), t(Y)", "--graph", "own", "--safe"], in: folder)
    #expect(own.output == "X\tY\n1\t2\n", "\(own.errors)")
    let file = try run(["query", "p(X)", "--graph", "own/main.dl", "--safe"]).result
    #expect(file.status == 1)
    #expect(file.errors.contains("files are out of reach with --safe: `own/rules.txt`"))
    let (link, touched) = try run(["query", "p(X)", "--graph", "strange", "--safe"])
    #expect(link.status == 1)
    #expect(link.errors.contains("files are out of reach with --safe: `strange/link`"))
    #expect(beyond(touched, ["strange/", "/strange"]) == [])
  }

  /// Commands with what they touch beyond the graph without `--safe`, and those that touch nothing.
  private static let reaching = [
    "load": "beyond/rules.dl", "save": "out.tiltas", "run": "q", "queries": "", "save-query": "x \"X?\"", "edit": "",
    "output": "out.tsv", "log": "out.md", "pager": "on", "draw": "school 1 out.svg", "reload": "",
  ]
  private static let harmless = [
    "help": "", "tour": "off", "find": "school", "describe": "school", "near": "school", "path": "school water",
    "common": "school water", "timeline": "2013", "source": "record 7", "schema": "", "types": "",
    "why": "project(school)", "plan": "project(P)", "rules": "", "history": "", "undo": "", "source-is": "none",
    "set": "", "format": "csv", "wide": "on", "timing": "off", "quit": "",
  ]

  @Test("every command of the shell")
  func commands() throws {
    let help = try Program.run(["help", "man"], in: folder).output
    let section = help.components(separatedBy: ".SH COMMANDS OF THE SHELL\n")[1].components(separatedBy: ".SH ")[0]
    let names = section.components(separatedBy: ".TP\n.B :").dropFirst().map { entry in
      String(entry.replacingOccurrences(of: "\\-", with: "-").prefix { $0.isLetter || $0 == "-" })
    }
    #expect(Set(names) == Set(Self.reaching.keys).union(Self.harmless.keys))
    for (command, operands) in Self.reaching {
      let (result, touched) = try run(["--safe"], input: "project(P)\n:\(command) \(operands)\n")
      #expect(result.status == 1)
      #expect(
        result.errors.contains("error[T084]: `:\(command)` is not there with --safe"), "\(command): \(result.errors)")
      #expect(beyond(touched, []) == [], "\(command)")
    }
    for (command, operands) in Self.harmless {
      let (result, touched) = try run(["--safe"], input: ":\(command) \(operands)\n")
      #expect(!result.errors.contains("--safe"), "\(command): \(result.errors)")
      #expect(beyond(touched, []) == [], "\(command)")
    }
  }

  @Test("every statement")
  func statements() throws {
    for statement in [
      "type t.", "relation r(integer).", "p(1).", "+p(1).", "q(X) :- project(X).", "@ {source: record}.",
      "?- project(P).",
      "param n = 1.", "constraint \"c\" :- project(none).", "-project(school).", "?why project(school).", "?why 1.",
      "begin.", "commit.", "include \"beyond/rules.dl\".", "include \"Queries/rules/shared.dl\".",
      "import word \"beyond/secret.tsv\".", "include \"strange/link/rules.dl\".", "shared(P)",
      "source_text(s, \"beyond/secret.dl\").",
    ] {
      let (result, touched) = try run(["--safe"], input: "project(P)\n\(statement)\n:source s 1\n")
      #expect(beyond(touched, []) == [], "\(statement)")
      #expect(!(result.output + result.errors).contains(Self.secret), "\(statement)")
    }
  }

  @Test("in the shell neither Tab nor the history shows what is the owner's, and nothing is kept")
  func terminal() throws {
    _ = watch.touched()
    let terminal = try Terminal(
      ["--safe"], in: folder, environment: ["HOME": folder.path("home"), "XDG_STATE_HOME": "", "INPUTRC": "/dev/null"])
    #expect(terminal.waits(for: "?- "))
    // Up, for the entry before; Tab where a file may stand; a home folder.
    terminal.type("\u{1B}[Aproject(P)\r")
    #expect(terminal.waits(for: "2 rows"))
    terminal.type("include \"beyond/\t\t\u{15}:load beyond/\t\t\u{15}:run \t\t\u{15}~root\u{1B}&\u{15}:history\r")
    #expect(terminal.waits(for: "project(P)"))
    terminal.type("\u{15}:quit\r")
    #expect(terminal.status() == 0)
    for secret in ["owner(secret)", "secret.dl", "rules.dl", "/root"] {
      #expect(!terminal.shown.contains(secret), "\(terminal.shown)")
    }
    #expect(beyond(watch.touched(), []) == [])
    #expect(folder.read("home/.local/state/tiltas/history") == "+owner(secret).\n")
  }
}
