import Testing

@testable import Relations

@Suite("Programs of joins")
struct JoinProgramTests {
  private typealias Node = JoinProgram.Node

  /// Nothing is computed.
  private final class Nothing: JoinComputing {
    func computation(of literal: Int, in body: Int, binds: Int?) -> JoinComputation { JoinComputation() }
    func prepareForThreads() {}
  }

  private static func set(_ sources: Int...) -> JoinProgram.Candidates {
    var set = JoinProgram.Candidates()
    set.sources = sources
    return set
  }

  /// `edge(X, Y), edge(Y, Z)` with the rows (X, Y, Z), X a constant if one is given; among the nodes one that is not used.
  private static func paths(from start: UInt32? = nil) -> JoinProgram {
    var program = JoinProgram(variableCount: 3)
    let first = start.map { program.register(ofConstant: $0) } ?? 0
    let nodes = [
      Node(.emitSet(variable: 2, set(1))),
      Node(.found),
      Node(.loop(variable: 1, set(0, 1)), next: 0),
      Node(.loop(variable: 0, set(0)), next: 2),
    ]
    let literals = [[first, 1], [1, 2]].map {
      JoinProgram.Literal.atom(JoinProgram.Atom(slot: 0, registers: $0))
    }
    let body = JoinProgram.Body(literals, given: [], head: [first, 1, 2], isShareable: true)
    _ = program.add(body, root: start == nil ? 3 : 2, of: nodes)
    return program
  }

  private static let edges: [[UInt32]] = [[1, 2], [2, 3], [2, 4], [3, 1]]

  private static func machine(
    _ program: JoinProgram, threads: JoinThreads = JoinThreads(count: 1), isCounting: Bool = false,
    edges: [[UInt32]] = edges
  ) -> JoinMachine {
    let relation = Relation(arity: 2)
    for edge in edges { relation.append(edge) }
    return JoinMachine(
      program, slots: [RelationSlot(relation)], computing: Nothing(), threads: threads, isCounting: isCounting
    ) { _ in true }
  }

  private static func rows(_ machine: JoinMachine) throws -> Set<[UInt32]> {
    machine.prepare()
    try machine.run()
    return machine.takeRows().reduce(into: []) { $0.formUnion($1.tuples) }
  }

  @Test("several machines run one program, each with a state of its own")
  func machines() throws {
    let program = Self.paths()
    let (one, other) = (Self.machine(program), Self.machine(program, edges: [[7, 8], [8, 9]]))
    let expected: Set<[UInt32]> = [[1, 2, 3], [1, 2, 4], [2, 3, 1], [3, 1, 2]]
    #expect(try Self.rows(one) == expected)
    #expect(try Self.rows(other) == [[7, 8, 9]])
    #expect(try Self.rows(one) == expected)
    #expect(program == Self.paths())
  }

  @Test("the nodes of a plan are numbered from its beginning, and others left out")
  func numbers() {
    let nodes = Self.paths().nodes
    #expect(nodes.map(\.next) == [1, 2, nil])
    #expect(nodes.map(\.literals) == [[0, 1], [0, 1], [1]])
  }

  @Test("what is counted is told by the numbers of nodes, and only if that is wished")
  func counts() throws {
    let machine = Self.machine(Self.paths(), isCounting: true)
    _ = try Self.rows(machine)
    #expect((0..<3).map { machine.tally(ofNode: $0)?.count } == [1, 3, 3])
    #expect(Self.machine(Self.paths()).tally(ofNode: 0) == nil)
  }

  @Test("a constant has a register of its own")
  func constant() throws {
    #expect(try Self.rows(Self.machine(Self.paths(from: 2))) == [[2, 3, 1]])
  }

  @Test("helpers run the program of the machine that they help")
  func helpers() throws {
    let edges = (0..<4000).map { [UInt32($0), UInt32(($0 * 7 + 1) % 4000)] }
    let machine = Self.machine(Self.paths(), threads: JoinThreads(count: 3, patience: 0), edges: edges)
    for _ in 0..<5 {
      #expect(try Self.rows(machine) == Set(edges.map { [$0[0], $0[1], ($0[1] * 7 + 1) % 4000] }))
    }
  }

  @Test("a program whose end is not that of what is looked for ends with an error, and finds nothing")
  func broken() throws {
    var program = JoinProgram(variableCount: 1)
    let body = JoinProgram.Body([], given: [0], head: [0], isShareable: false)
    _ = program.add(body, root: 0, of: [Node(.collectTerm(variable: 0))])
    #expect(throws: JoinProgram.Broken.self) { try Self.rows(Self.machine(program, edges: [])) }
  }
}
