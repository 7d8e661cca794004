import Glibc
import Terms
import Testing

@testable import Language

@Suite("Printing back")
struct PrintingTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// The `.dl` files of the project beneath some folders.
  private static let files: [String] = ["Graph", "Queries", "Tests/Conformance"].flatMap { list(root + "/" + $0) }

  private static func list(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return path.hasSuffix(".dl") ? [path] : [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { found += list(path + "/" + name) }
    }
    return found.sorted()
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return bytes
  }

  private static func statements(_ file: SourceFile) -> [Statement] {
    var parser = Parser(file, mode: .file)
    var statements: [Statement] = []
    while let statement = parser.next() { statements.append(statement) }
    return statements
  }

  @Test("a statement reads from its canonical source as the same tree, and prints the same again", arguments: files)
  func roundTrip(_ path: String) throws {
    guard let file = try? SourceFile.reading(name: path, bytes: Self.read(path)) else { return }
    for statement in Self.statements(file) {
      let source = statement.source
      let again = Self.statements(SourceFile(name: "printed", text: source))
      #expect(again.count == 1, "\(source)")
      #expect(again.first.map { Printer.text($0) } == Printer.text(statement), "\(source)")
      #expect(again.first?.source == source)
    }
  }

  @Test("there are files to print")
  func number() { #expect(Self.files.count > 400) }

  @Test(
    "canonical source has few parentheses and one form of each thing",
    arguments: [
      ("p( X ,Y ):-q(X);r( Y ) , not( s(X) ).", "p(X, Y) :- q(X) ; r(Y), not s(X)."),
      ("?- X=(1+2)*3-(4-5), Y=1-(2-3), Z=-(X).", "?- X = (1 + 2) * 3 - (4 - 5), Y = 1 - (2 - 3), Z = -X."),
      ("?- not(p(X),q(X)).", "?- not (p(X), q(X))."),
      ("?-(p(X);q(X)),r(X)|limit 2|select X.", "?- (p(X) ; q(X)), r(X) | select X | limit 2."),
      ("?- N=count{X,Y:p(X,Y),N2=max{ Z:q(Z)}}.", "?- N = count{ X, Y : p(X, Y), N2 = max{ Z : q(Z) } }."),
      (
        "?- (a|^b)+(X,Y), ^c(Y,Z), D=distance{a|b:X->Y}.",
        "?- (a | ^b)+(X, Y), ^c(Y, Z), D = distance{ (a | b) : X -> Y }."
      ),
      ("p('a','B c',\"d\\\"\",2013-02,1.50)@{line:1}.", "p(a, 'B c', \"d\\\"\", 2013-02, 1.5) @ {line: 1}."),
      ("relation  r(a or b,any).", "relation r(a or b, any)."), ("type a:b,c.", "type a : b, c."),
      ("param n=2 \"how many\".", "param n = 2 \"how many\"."), ("import e \"e.tsv\".", "import e \"e.tsv\"."),
      ("constraint \"c\":-p(X),not q(X,_).", "constraint \"c\" :- p(X), not q(X, _)."),
    ])
  func canonical(text: String, source: String) {
    #expect(Self.statements(SourceFile(name: "text", text: text)).map(\.source) == [source])
  }

  @Test("a wide rule has a literal a line")
  func wide() {
    let text = "head(X) :- " + (0..<8).map { "a_long_relation_\($0)(X)" }.joined(separator: ", ") + "."
    let lines = Self.statements(SourceFile(name: "text", text: text))[0].source.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[0] == "head(X) :-")
    #expect(lines[1] == "  a_long_relation_0(X),")
    #expect(lines[8] == "  a_long_relation_7(X).")
  }

  @Test("a file keeps its comments, its first line and its empty lines")
  func comments() throws {
    let text = """
      #!/usr/bin/env -S tiltas run
      % What is it?


      p( a ).   % the first
      p(b).     % as it stood
      /* between */
      q(X):-p(X), % within
        X != a.
      % the end

      """
    let formatted = """
      #!/usr/bin/env -S tiltas run
      % What is it?

      p(a).  % the first
      p(b).     % as it stood
      /* between */
      % within
      q(X) :- p(X), X != a.
      % the end

      """
    #expect(try Formatter.format(SourceFile(name: "text", text: text)) == formatted)
    #expect(try Formatter.format(SourceFile(name: "text", text: formatted)) == formatted)
  }

  @Test("formatting a file twice changes nothing more, and no comment is lost", arguments: files)
  func idempotent(_ path: String) throws {
    guard let file = try? SourceFile.reading(name: path, bytes: Self.read(path)),
      let once = try? Formatter.format(file)
    else { return }
    #expect(try Formatter.format(SourceFile(name: path, text: once)) == once)
    #expect(once.count { $0 == "%" } == String(decoding: file.bytes, as: UTF8.self).count { $0 == "%" })
  }

  @Test("a file with a mistake is not formatted")
  func mistake() {
    #expect(throws: Diagnostics.self) { try Formatter.format(SourceFile(name: "text", text: "p(a). p(.")) }
  }
}
