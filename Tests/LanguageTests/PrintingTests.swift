import Diagnostics
import Terms
import TestSupport
import Testing

@Suite("Printing back", .tellsSeed)
struct PrintingTests {
  @Test(
    "a statement reads from its canonical source as the same tree, and prints the same again",
    arguments: ProjectFiles.all)
  func roundTrip(_ path: String) throws {
    guard let file = try? SourceFile.reading(name: path, bytes: ProjectFiles.read(path)) else { return }
    for statement in statements(file) {
      let source = statement.source
      let again = statements(SourceFile(name: "printed", text: source))
      #expect(again.count == 1, "\(source)")
      #expect(again.first.map { Printer.text($0) } == Printer.text(statement), "\(source)")
      #expect(again.first?.source == source)
    }
  }

  @Test("a tree of any constructs reads from its canonical source as the same tree", arguments: Seed.each(1...4))
  func randomTrees(seed: UInt64) {
    var trees = RandomTrees(seed: seed)
    for _ in 0..<2_000 {
      let statement = trees.statement()
      let source = statement.source
      let again = statements(SourceFile(name: "printed", text: source))
      guard again.count == 1, Printer.text(again[0]) == Printer.text(statement), again[0].source == source else {
        Issue.record("\(source)\n\(Printer.text(statement))\n\(parsed(source))")
        return
      }
    }
  }

  @Test("there are files to print")
  func number() { #expect(ProjectFiles.all.count > 400) }

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
        "?- (a | ^b)+(X, Y), ^c(Y, Z), D = distance{ a | b : X -> Y }."
      ),
      ("?- p+ +(X,Y), (^q)*(X,Y), ^(q*)(X,Y).", "?- p+ +(X, Y), (^q)*(X, Y), ^q*(X, Y)."),
      ("?- (^p(X,Y);(q|r)+(X,Y)),not(^p(X,Y),q(X)).", "?- (^p(X, Y) ; (q | r)+(X, Y)), not (^p(X, Y), q(X))."),
      ("?- (A+B)*(C+D)=E.", "?- (A + B) * (C + D) = E."), ("?- X= -(5)- -5.", "?- X = -(5) - -5."),
      ("?- 'my f'(X)=QA(Y).", "?- 'my f'(X) = QA(Y)."),
      (
        "p(date(\"2013\"), date(\"2013/2014\"), 2013/2014-02).",
        "p(date(\"2013\"), date(\"2013/2014\"), date(\"2013/2014-02\"))."
      ),
      ("p('a','B c',\"d\\\"\",2013-02,1.50)@{line:1}.", "p(a, 'B c', \"d\\\"\", 2013-02, 1.5) @ {line: 1}."),
      ("relation  r(a or b,any).", "relation r(a or b, any)."), ("type a:b,c.", "type a : b, c."),
      ("param n=2 \"how many\".", "param n = 2 \"how many\"."), ("import e \"e.tsv\".", "import e \"e.tsv\"."),
      ("constraint \"c\":-p(X),not q(X,_).", "constraint \"c\" :- p(X), not q(X, _)."),
    ])
  func canonical(text: String, source: String) {
    #expect(statements(SourceFile(name: "text", text: text)).map(\.source) == [source])
  }

  @Test(
    "what nests as deeply as may be is read again",
    arguments: [
      "?- X = " + String(repeating: "(1 - ", count: 99) + "1" + String(repeating: ")", count: 99) + ".",
      "?- X = " + String(repeating: "-", count: 98) + "(5).",
      "?- X = 1" + String(repeating: " - 1", count: 999) + ".",
      "?- " + String(repeating: "not ", count: 98) + "(p(X), q(X)).",
      "?- " + String(repeating: "^", count: 99) + "p(X, Y).",
      "?- p" + String(repeating: " +", count: 990) + "(X, Y).",
      "?- " + String(repeating: "(p(X) ; ", count: 98) + "q(X), r(X)" + String(repeating: ")", count: 98) + ".",
    ])
  func deepest(text: String) {
    let tree = statements(SourceFile(name: "text", text: text))
    #expect(tree.count == 1)
    let printed = tree.map(\.source).joined()
    #expect(parsed(printed) == tree.map { Printer.text($0) })
  }

  @Test("groups and aggregates that are too wide open over lines")
  func groups() {
    let wide = (0..<3).map { "a_relation_with_quite_a_long_name_\($0)(X, Y)" }
    let text =
      "head(X) :- not (\(wide.joined(separator: ", "))), N = count{ Y : \(wide.joined(separator: ";")) }, N > 1."
    #expect(
      statements(SourceFile(name: "text", text: text)).map(\.source) == [
        """
        head(X) :-
          not (
            a_relation_with_quite_a_long_name_0(X, Y),
            a_relation_with_quite_a_long_name_1(X, Y),
            a_relation_with_quite_a_long_name_2(X, Y)
          ),
          N = count{ Y :
            a_relation_with_quite_a_long_name_0(X, Y) ;
            a_relation_with_quite_a_long_name_1(X, Y) ;
            a_relation_with_quite_a_long_name_2(X, Y)
          },
          N > 1.
        """
      ])
  }

  @Test("pipes stand beneath a query that is too wide, and so do literals")
  func queries() {
    let wide = (0..<2).map { "a_relation_with_quite_a_long_name_\($0)(X, Y)" }.joined(separator: ", ")
    let text = "?- \(wide) | select Y | limit 5. ?- \(wide), b(X, Y) | order by X desc, Y."
    #expect(
      statements(SourceFile(name: "text", text: text)).map(\.source) == [
        """
        ?- a_relation_with_quite_a_long_name_0(X, Y), a_relation_with_quite_a_long_name_1(X, Y)
          | select Y
          | limit 5.
        """,
        """
        ?- a_relation_with_quite_a_long_name_0(X, Y), a_relation_with_quite_a_long_name_1(X, Y), b(X, Y)
          | order by X desc, Y.
        """,
      ])
  }

  @Test("a wide rule has a literal a line")
  func wide() {
    let text = "head(X) :- " + (0..<8).map { "a_long_relation_\($0)(X)" }.joined(separator: ", ") + "."
    let lines = statements(SourceFile(name: "text", text: text))[0].source.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines[0] == "head(X) :-")
    #expect(lines[1] == "  a_long_relation_0(X),")
    #expect(lines[8] == "  a_long_relation_7(X).")
  }
}
