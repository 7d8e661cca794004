import Foundation
import Testing

@Suite("Explanations")
struct WhyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder.withGraph([
      "rules.dl": "reached(X, Y) :- edge(X, Y).\nreached(X, Z) :- reached(X, Y), edge(Y, Z).\n",
      "edges.dl": "edge(1, 2) @ {source: book, line: 7}.\nedge(2, 3).\nedge(3, 4).\n",
    ])
  }

  private func why(_ arguments: String...) throws -> Program.Result {
    try Program.run(["why", "--graph", "rules.dl", "--graph", "edges.dl"] + arguments, in: folder)
  }

  @Test("a recursion is shown as its steps, each with its statement")
  func steps() throws {
    #expect(
      try why("reached(1, 3)").output == """
        reached(1, 3)  [by rules.dl:2, 2 steps]
        ├─ edge(1, 2)  [stated in book, line 7]
        └─ edge(2, 3)  [stated]

        """)
  }

  @Test("what does not hold is followed to what failed, and --not of what holds is an error")
  func refutation() throws {
    #expect(
      try why("--not", "reached(3, 1)").output == """
        reached(3, 1)  [does not hold]
        ├─ the rule at rules.dl:1
        │  ├─ fails: edge(3, 1)
        │  └─ near: edge(3, 4)
        └─ the rule at rules.dl:2
           ├─ holds: reached(3, 4)
           └─ fails: edge(4, 1)

        """)
    let result = try why("--not", "edge(1, 2)")
    #expect(result.status == 1)
    #expect(result.errors.contains("this holds"))
    #expect(try why("edge(2, 1)").status == 1)
  }

  @Test("JSON, DOT and Mermaid")
  func formats() throws {
    #expect(
      try why("--format", "json", "reached(1, 2)").output == """
        {
          "nodes": [
            {"id": 0, "conclusion": "reached(1, 2)", "reason": "rule", "file": "rules.dl", "line": 1, "premises": [1]},
            {"id": 1, "conclusion": "edge(1, 2)", "reason": "stated", "statements": [{"source": "book", "line": 7}], "premises": []}
          ]
        }

        """)
    #expect(try why("--format", "dot", "reached(1, 2)").output.contains("n1 -> n0;"))
    #expect(try why("--format", "mermaid", "reached(1, 2)").output.contains("n1 --> n0"))
    #expect(try why("--format", "csv", "edge(1, 2)").status == 2)
  }

  @Test("in a script ?why explains the first answer, ?why 2 the second, and ?why fact a fact")
  func script() throws {
    let result = try Program.run(
      ["--graph", "edges.dl"], in: folder,
      input: "?- edge(X, Y).\n?why\n?why 2\n?why edge(3, 4).\n:why not edge(4, 3)\n")
    #expect(
      result.output == """
        X\tY
        1\t2
        2\t3
        3\t4
        answer(1, 2)
        └─ edge(1, 2)  [stated in book, line 7]
        answer(2, 3)
        └─ edge(2, 3)  [stated]
        edge(3, 4)  [stated]
        edge(4, 3)  [does not hold]
        └─ it is not stated
           ├─ near: edge(3, 4)
           └─ near: edge(2, 3)

        """)
  }
}
