import TestSupport
import Testing

/// `--self-check`: the graph is looked at after each step.
@Suite struct SelfCheckTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph() }

  @Test("a session on a snapshot is as without it")
  func works() throws {
    #expect(try Program.run(["save", "--self-check", "g.tiltas"], in: folder).status == 0)
    let input = """
      +partner(gintaras, water) @ {line: 7}.
      both(P) :- partner(gintaras, P), partner(klaipeda, P).
      both(P)
      begin.
      -partner(gintaras, water).
      rollback.
      :undo
      :save
      partner(gintaras, P)

      """
    let checked = try Program.run(["--graph", "g.tiltas", "--self-check", "--no-header"], in: folder, input: input)
    #expect(checked.output == "school\nwater\nschool\nwater\n")
    #expect(checked.status == 0, "\(checked.errors)")
  }
}
