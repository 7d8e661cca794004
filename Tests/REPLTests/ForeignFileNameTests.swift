import Foundation
import TestSupport
import Testing

/// Names of files whose bytes are not UTF-8: none is taken for another.
@Suite struct ForeignFileNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph() }

  @Test(
    "whatever verb gets one says so, with status 2, and touches nothing",
    arguments: [
      "save $'\\xff.tiltas'", "query 'project(P)' -o $'a\\xff.csv'", "query 'project(P)' --graph $'\\xff'",
      "run $'\\xff.dl'",
      "check $'\\xff.dl'", "format $'\\xff.dl'", "verify $'\\xff.tiltas'", "info $'\\xff.tiltas'", "find $'\\xff'",
      "draw school $'\\xff.svg'", "query $'p(\"\\xff\")'", "--graph=$'\\xff'", "query 'project(P)' --facts $'\\xff'",
    ])
  func arguments(_ line: String) throws {
    let result = try Program.shell("touch $'\\xff.dl'; tiltas \(line)", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error[T009]: the argument `"))
    #expect(result.errors.contains("\\xFF"))
    #expect(
      result.errors.contains("is not UTF-8\n = help: queries and the names of files are to be; rename the file\n"))
    #expect(try Program.shell("ls | wc -l", in: folder).output == "2\n")
  }

  @Test("the variable TILTAS_GRAPH too")
  func variable() throws {
    let result = try Program.shell("TILTAS_GRAPH=$'\\xff' tiltas query 'project(P)'", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("error[T009]: the variable TILTAS_GRAPH, `\\xFF` is not UTF-8"))
  }

  @Test("a folder with such files reads the others, and says once what it leaves out")
  func folders() throws {
    let line =
      "cp Graph/graph.dl $'Graph/\\xff.dl'; mkdir $'Graph/\\xfe'; touch $'Graph/\\xff.txt'; tiltas query 'project(P)'"
    let result = try Program.shell(line, in: folder)
    #expect(result.status == 0)
    #expect(result.output == "P\nschool\nwater\n")
    #expect(result.errors == "note: `Graph/\\xFE` and 1 more are left out: their names are not UTF-8\n")
    let facts = "mkdir facts; echo x > facts/f.facts; touch $'facts/\\xff.tsv'"
    let read = try Program.shell("\(facts); tiltas query 'f(X)' --no-graph --facts facts", in: folder)
    #expect(read.status == 0)
    #expect(read.errors == "note: `facts/\\xFF.tsv` is left out: its name is not UTF-8\n")
  }

  @Test("in a folder of such a name all works")
  func insideOf() throws {
    let line = """
      mkdir $'\\xff' && cp -r Graph $'\\xff/' && cd $'\\xff' && tiltas save a.tiltas -q && tiltas save a.tiltas -q \
      && tiltas query 'project(P)' --graph a.tiltas -o b.csv && tiltas query 'project(P)' -o b.csv && cat b.csv && ls
      """
    let result = try Program.shell(line, in: folder)
    #expect(result.output == "P\r\nschool\r\nwater\r\nGraph\na.tiltas\nb.csv\n", "\(result.errors)")
  }

  @Test("a script and the prompt refuse them")
  func prompts() throws {
    let script = try Program.shell("printf ':save \\xff.tiltas\\n' | tiltas", in: folder)
    #expect(script.status == 1)
    #expect(script.errors.contains("the text is not UTF-8: byte 0xFF cannot stand here"))
    let help = " = help: a file is named by UTF-8: rename it (`mv`), and write its new name here\n"
    #expect(script.errors.hasSuffix(help))
    for command in [":save a \\xff.tiltas", ":run \\xffq x=1", ":draw school 2 \\xff.svg"] {
      #expect(try Program.shell("printf '\(command)\\n' | tiltas", in: folder).errors.hasSuffix(help), "\(command)")
    }
    for command in [
      ":find caf\\xe9", ":describe caf\\xe9", ":run q x=caf\\xe9", ":draw caf\\xe9 2 x.svg", ":caf\\xe9 x",
    ] {
      let errors = try Program.shell("printf '\(command)\\n' | tiltas", in: folder).errors
      #expect(errors.contains("byte 0xE9 cannot stand here") && errors.contains("iconv"), "\(command): \(errors)")
    }
    let include = try Program.shell("printf 'include \"\\xe8\\xe0b.dl\".\\n' > i.dl; tiltas check i.dl", in: folder)
    #expect(include.errors.hasSuffix(help))
    let text = try Program.shell("printf 'a(\"\\xe8\\xe0b.dl\").\\n' > i.dl; tiltas check i.dl", in: folder)
    #expect(text.errors.contains("`iconv -f WINDOWS-"))
    let plain = try Program.shell(
      "printf ':save \\xff.tiltas\\n:quit\\n' > in; script -qec 'TERM=dumb tiltas' /dev/null < in; ls", in: folder)
    #expect(!plain.output.contains("tiltas\n.tiltas"))
    #expect(try folder.entries().allSatisfy { !$0.hasSuffix(".tiltas") })
  }
}
