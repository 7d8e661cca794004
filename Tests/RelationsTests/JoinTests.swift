import TestSupport
import Testing

@testable import Relations

@Suite("Joins", .tellsSeed)
struct JoinTests {
  /// A join over some relations, made by hand as the planner makes one.
  private final class Join {
    private var nodeCount = 0
    private(set) var accesses: [Access] = []

    func access(_ relation: Relation, _ columns: Int...) -> Access {
      let access = Access(RelationSlot(relation), firstNode: nodeCount)
      nodeCount += relation.arity
      for column in columns { _ = access.bind(column: column) }
      accesses.append(access)
      return access
    }

    func run(_ step: JoinStep, registers: [UInt32], proceed: @escaping () -> Bool = { true }) throws {
      for access in accesses { access.prepare() }
      let machine = JoinMachine(registerCount: registers.count, nodeCount: nodeCount) { _ in proceed() }
      for (number, value) in registers.enumerated() { machine.registers[number] = value }
      try machine.run(step)
    }
  }

  private func relation(_ tuples: [[UInt32]], arity: Int) -> Relation {
    let relation = Relation(arity: arity)
    for tuple in tuples { relation.append(tuple) }
    return relation
  }

  private func randomTuples(_ arity: Int, _ greatest: UInt32, _ random: inout SplitMix64) -> Set<[UInt32]> {
    Set(
      (0..<Int.random(in: 0...60, using: &random)).map { _ in
        (0..<arity).map { _ in UInt32.random(in: 0...greatest, using: &random) }
      })
  }

  @Test("a triangle is the intersection of what its sides allow")
  func triangles() throws {
    var random = SplitMix64(usually: 41)
    for _ in 0..<60 {
      let edges = randomTuples(2, 8, &random)
      let edge = relation(Array(edges), arity: 2)
      let join = Join()
      let (one, two, three) = (join.access(edge, 0, 1), join.access(edge, 0, 1), join.access(edge, 1, 0))
      let sink = RowSink(order: [0, 1, 2])
      let last = SetExpression(sources: [AccessLevel(two, level: 1), AccessLevel(three, level: 1)])
      let middle = LoopStep(
        register: 1, set: SetExpression(sources: [AccessLevel(one, level: 1), AccessLevel(two, level: 0)]),
        descents: [AccessLevel(two, level: 0)], next: EmitSetStep(sink, registers: [0, 1], set: last))
      let first = LoopStep(
        register: 0, set: SetExpression(sources: [AccessLevel(one, level: 0), AccessLevel(three, level: 0)]),
        descents: [AccessLevel(one, level: 0), AccessLevel(three, level: 0)], next: middle)
      try join.run(first, registers: [0, 0, 0])
      var expected: Set<[UInt32]> = []
      for side in edges {
        for other in edges where other[0] == side[1] && edges.contains([other[1], side[0]]) {
          expected.insert([side[0], side[1], other[1]])
        }
      }
      #expect(sink.take().tuples == expected)
      #expect(sink.take().isEmpty)
    }
  }

  @Test("a set expression meets all of its sources and gathered sets, and leaves out what it excludes")
  func expressions() throws {
    var random = SplitMix64(usually: 42)
    for _ in 0..<100 {
      var sources: [Set<UInt32>] = []
      let join = Join()
      func level(_ set: Set<UInt32>) -> AccessLevel {
        AccessLevel(join.access(relation(set.map { [$0] }, arity: 1), 0), level: 0)
      }
      var levels: [AccessLevel] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        sources.append(random.set().union(0..<UInt32.random(in: 0...3000, using: &random)))
        levels.append(level(sources[sources.count - 1]))
      }
      let gathered = Bool.random(using: &random) ? [random.set().union(100..<2000)] : []
      let excluded = (0..<Int.random(in: 0...2, using: &random)).map { _ in random.set() }
      let unequal = (0..<Int.random(in: 0...2, using: &random)).map { _ in UInt32.random(in: 0...3000, using: &random) }
      let buffers = gathered.map { SetBuffer($0) }
      let expression = SetExpression(
        sources: levels, gathered: buffers, subtracted: excluded.map { level($0) }, unequal: Array(unequal.indices))
      let result = SetBuffer()
      try join.run(CollectSetStep(into: result, set: expression), registers: unequal)
      var expected = (sources + gathered).reduce(sources[0]) { $0.intersection($1) }
      for set in excluded { expected.subtract(set) }
      expected.subtract(unequal)
      #expect(result.numbers == expected)
    }
  }

  @Test("a negated literal of three columns holds where its way is lost at any level")
  func negation() throws {
    var random = SplitMix64(usually: 43)
    for _ in 0..<60 {
      let (wanted, refused) = (randomTuples(3, 3, &random), randomTuples(3, 3, &random))
      let join = Join()
      let one = join.access(relation(Array(wanted), arity: 3), 0, 1, 2)
      let two = join.access(relation(Array(refused), arity: 3), 2, 0, 1)
      let sink = RowSink(order: [0, 1, 2])
      let last = CheckStep(
        [
          CheckStep.Check(two, level: 0, register: 2, negated: true),
          CheckStep.Check(two, level: 1, register: 0, negated: true),
          CheckStep.Check(two, level: 2, register: 1, negated: true),
        ], next: EmitTupleStep(sink, registers: [0, 1, 2]))
      var step: JoinStep = last
      for level in (0..<3).reversed() {
        step = LoopStep(
          register: level, set: SetExpression(sources: [AccessLevel(one, level: level)]),
          descents: level == 2 ? [] : [AccessLevel(one, level: level)], next: step)
      }
      try join.run(step, registers: [0, 0, 0])
      #expect(sink.take().tuples == wanted.subtracting(refused))
    }
  }

  @Test("a set that a lost negated literal excludes excludes nothing")
  func lostSet() throws {
    let join = Join()
    let node = join.access(relation([[1], [2], [3]], arity: 1), 0)
    let triple = join.access(relation([[1, 1, 2]], arity: 3), 0, 1, 2)
    let set = SetExpression(sources: [AccessLevel(node, level: 0)], subtracted: [AccessLevel(triple, level: 2)])
    for (second, expected) in [(UInt32(1), Set<UInt32>([1, 3])), (7, [1, 2, 3])] {
      let result = SetBuffer()
      let step = CheckStep(
        [
          CheckStep.Check(triple, level: 0, register: 0, negated: true),
          CheckStep.Check(triple, level: 1, register: 1, negated: true),
        ], next: CollectSetStep(into: result, set: set))
      try join.run(step, registers: [1, second])
      #expect(result.numbers == expected)
    }
  }

  @Test("of sets that meet, the terms above that of a register are given and counted")
  func above() throws {
    var random = SplitMix64(usually: 59)
    for _ in 0..<300 {
      let sets = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.set() }
      let (left, gathered) = (random.set(), Bool.random(using: &random) ? [SetBuffer(random.set())] : [])
      let join = Join()
      let accesses = sets.map { join.access(relation($0.map { [$0] }, arity: 1), 0) }
      let subtracted = Bool.random(using: &random) ? [join.access(relation(left.map { [$0] }, arity: 1), 0)] : []
      let least = sets[0].randomElement(using: &random) ?? 7
      let expression = SetExpression(
        sources: accesses.map { AccessLevel($0, level: 0) }, gathered: gathered,
        subtracted: subtracted.map { AccessLevel($0, level: 0) }, above: 0)
      let met = (sets + gathered.map { Set($0.numbers) }).dropFirst().reduce(sets[0]) { $0.intersection($1) }
      let expected = (subtracted.isEmpty ? met : met.subtracting(left)).filter { $0 > least }.sorted()
      let result = SetBuffer()
      try join.run(CollectSetStep(into: result, set: expression), registers: [least])
      #expect(result.view.elements == expected)
      var count = 0
      try join.run(
        CountStep(
          [CountStep.Part(CountSetStep(expression), times: 3)], next: Noting { count = $0.counted }),
        registers: [least])
      #expect(count == 3 * expected.count)
    }
  }

  /// Tells what a join has come to.
  private final class Noting: JoinStep {
    private let note: (JoinMachine) -> Void
    init(_ note: @escaping (JoinMachine) -> Void) { self.note = note }
    override func run(_ machine: JoinMachine) -> Bool {
      note(machine)
      return true
    }
  }

  @Test("what rows have in common with a set is counted, where some term has no row as well")
  func meetings() throws {
    let join = Join()
    let access = join.access(relation([[1, 5], [1, 6], [3, 6], [3, 9], [4, 900]], arity: 2), 0, 1)
    let step = CountMeetingsStep(
      register: 0, terms: SetExpression(sources: [], gathered: [SetBuffer([1, 2, 3, 4])]),
      descents: [AccessLevel(access, level: 0)], row: AccessLevel(access, level: 1),
      common: SetExpression(sources: [], gathered: [SetBuffer([6, 9])]))
    let machine = JoinMachine(registerCount: 1, nodeCount: 2) { _ in true }
    access.prepare()
    try machine.run(step)
    #expect(machine.tally == 3)
  }

  @Test("a sink leaves out rows that are known, and keeps each new one once")
  func known() throws {
    let edge = relation([[1, 2], [1, 3], [4, 5]], arity: 2)
    let join = Join()
    let access = join.access(edge, 0, 1)
    let sink = RowSink(order: [0, 1])
    sink.begin(without: relation([[1, 3], [9, 9]], arity: 2))
    let step = LoopStep(
      register: 0, set: SetExpression(sources: [AccessLevel(access, level: 0)]),
      descents: [AccessLevel(access, level: 0)],
      next: EmitSetStep(sink, registers: [0], set: SetExpression(sources: [AccessLevel(access, level: 1)])))
    try join.run(AggregateRowsStep(SinkList(), parts: [step, step], next: FoundStep()), registers: [0, 0])
    #expect(sink.take().tuples == [[1, 2], [4, 5]])
  }

  @Test("a search ends with the first witness, and a negated one goes on without any")
  func exists() throws {
    for (term, isFound) in [(UInt32(1), true), (2, false)] {
      for negated in [false, true] {
        let join = Join()
        let access = join.access(relation([[1, 5], [1, 6]], arity: 2), 0, 1)
        let result = SetBuffer()
        var witnesses = 0
        let search = CheckStep(
          [CheckStep.Check(access, level: 0, register: 0)],
          next: LoopStep(
            register: 1, set: SetExpression(sources: [AccessLevel(access, level: 1)]), descents: [],
            next: ComputeStep(
              { _ in
                witnesses += 1
                return true
              }, next: FoundStep())))
        let step = ExistsStep([search], negated: negated, next: CollectTermStep(into: result, register: 0))
        try join.run(step, registers: [term, 0])
        #expect(result.numbers == (isFound != negated ? [term] : []))
        #expect(witnesses == (isFound ? 1 : 0))
      }
    }
  }

  @Test("a gathered set is new each time")
  func gather() throws {
    let edge = relation([[1, 2], [1, 3], [2, 3]], arity: 2)
    let join = Join()
    let (outer, inner) = (join.access(edge, 0, 1), join.access(edge, 0, 1))
    let buffer = SetBuffer()
    let sink = RowSink(order: [0, 1])
    let emit = EmitSetStep(sink, registers: [0], set: SetExpression(sources: [], gathered: [buffer]))
    let collect = CollectSetStep(into: buffer, set: SetExpression(sources: [AccessLevel(inner, level: 1)]))
    let part = LoopStep(
      register: 1, set: SetExpression(sources: [AccessLevel(outer, level: 1)]), descents: [],
      next: CheckStep([CheckStep.Check(inner, level: 0, register: 1)], next: collect))
    let step = LoopStep(
      register: 0, set: SetExpression(sources: [AccessLevel(outer, level: 0)]),
      descents: [AccessLevel(outer, level: 0)], next: GatherStep(into: buffer, parts: [part], next: emit))
    try join.run(step, registers: [0, 0])
    #expect(sink.take().tuples == [[1, 3]])
  }

  @Test("a relation without columns lets a join go on where it holds, or where it does not")
  func holds() throws {
    for isTrue in [false, true] {
      for negated in [false, true] {
        let fact = Relation(arity: 0)
        if isTrue { fact.append([]) }
        let join = Join()
        let sink = RowSink(order: [])
        let step = HoldsStep(join.access(fact), negated: negated, next: EmitTupleStep(sink, registers: []))
        try join.run(step, registers: [])
        #expect(sink.take().isEmpty == (isTrue == negated))
      }
    }
  }

  @Test("a join ends where it is told to, and with the error of a computation")
  func ends() {
    struct Failure: Error {}
    let join = Join()
    let access = join.access(relation((0..<10_000).map { [$0] }, arity: 1), 0)
    func loop(_ next: JoinStep) -> JoinStep {
      LoopStep(register: 0, set: SetExpression(sources: [AccessLevel(access, level: 0)]), descents: [], next: next)
    }
    let sink = RowSink(order: [0])
    #expect(throws: JoinMachine.Stopped.self) {
      try join.run(loop(EmitTupleStep(sink, registers: [0])), registers: [0], proceed: { false })
    }
    #expect(throws: Failure.self) {
      try join.run(loop(ComputeStep({ _ in throw Failure() }, next: FoundStep())), registers: [0])
    }
  }

  @Test("a sink that has as many rows as are wanted ends the join")
  func full() throws {
    let join = Join()
    let access = join.access(relation((0..<1000).map { [$0] }, arity: 1), 0)
    let sink = RowSink(order: [0])
    sink.mostRows = 3
    let step = LoopStep(
      register: 0, set: SetExpression(sources: [AccessLevel(access, level: 0)]), descents: [],
      next: EmitTupleStep(sink, registers: [0]))
    try join.run(step, registers: [0])
    #expect(sink.take().tuples == [[0], [1], [2]])
  }
}
