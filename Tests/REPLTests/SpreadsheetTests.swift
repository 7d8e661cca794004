import TestSupport
import Testing

/// `--spreadsheet`: what is opened in a spreadsheet computes nothing that a stranger has written.
@Suite struct SpreadsheetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "g.dl": #"""
      row(1, "=1+1"). row(2, "+49 30"). row(3, "-2"). row(4, "@sum(a1)"). row(5, "\t=1"). row(6, "\r=1"). row(7, " =1").
      row(8, "＝1"). row(9, "a=b"). row(10, "'=1"). row(11, -5). row(12, -2.5). row(13, ""). row(14, "–1"). row(15, "=\"a\",b").
      """#
    ])
  }

  private func query(_ arguments: [String]) throws -> String {
    try Program.run(
      ["query", "row(N, X) | order by N", "--graph", "g.dl", "--no-header"] + arguments, in: folder
    ).output
  }

  @Test("in CSV an apostrophe stands before texts that would be formulas, and before nothing else")
  func csv() throws {
    #expect(
      try query(["--format", "csv", "--spreadsheet"]) == """
        1,'=1+1\r
        2,'+49 30\r
        3,'-2\r
        4,'@sum(a1)\r
        5,'\t=1\r
        6,"'\r=1"\r
        7,' =1\r
        8,'＝1\r
        9,a=b\r
        10,'=1\r
        11,-5\r
        12,-2.5\r
        13,\r
        14,–1\r
        15,"'=""a"",b"\r

        """)
  }

  @Test("in TSV too")
  func tsv() throws {
    let lines = try query(["--spreadsheet"]).split(separator: "\n")
    #expect(lines[0] == "1\t'=1+1")
    #expect(lines[4] == "5\t'\\t=1")
    #expect(lines[10] == "11\t-5")
  }

  @Test("without it what is written is what there is, as in the other formats with it")
  func off() throws {
    #expect(try query(["--format", "csv"]).hasPrefix("1,=1+1\r\n2,+49 30\r\n3,-2\r\n"))
    #expect(try query(["--format", "json", "--spreadsheet"]) == query(["--format", "json"]))
  }

  @Test("labels and ids are texts, and `:output` has it too")
  func labels() throws {
    try folder.write("n.dl", "type t. t('=a'). t(b). label(b, \"@B\").")
    #expect(
      try Program.run(
        ["query", "t(X)", "--graph", "n.dl", "--labels", "--format", "csv", "--spreadsheet", "--no-header"], in: folder
      ).output == "'=a\r\n'@B\r\n")
    let script = ":output a.csv --spreadsheet\nt(X)\n:output\n"
    #expect(try Program.run(["--graph", "n.dl", "-q"], in: folder, input: script).status == 0)
    #expect(folder.read("a.csv") == "X\r\nb\r\n'=a\r\n" || folder.read("a.csv") == "X\r\n'=a\r\nb\r\n")
  }
}
