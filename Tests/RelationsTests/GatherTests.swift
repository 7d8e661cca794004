import TestSupport
import Testing

@testable import Relations

@Suite("Rows that are gathered", .tellsSeed)
struct GatherTests {
  @Test("the union of the rows of some terms is added to a set of either shape", arguments: [false, true])
  func gather(isPacked: Bool) {
    var random = SplitMix64(usually: 41)
    for _ in 0..<12 {
      let model = Self.model(&random, isPacked: isPacked)
      let rows = Self.rows(of: model, isPacked: isPacked)
      let some = model.keys.shuffled(using: &random).prefix(Int.random(in: 0...40, using: &random)) + [1_000_001]
      let first = UInt32.random(in: 0..<150, using: &random)
      let terms = Bool.random(using: &random) ? Set(some) : Set(first...first + .random(in: 0..<90, using: &random))
      let before = Bool.random(using: &random) ? random.set() : []
      let (termBuffer, target) = (SetBuffer(terms), SetBuffer(before))
      withExtendedLifetime(termBuffer) { rows.gather(termBuffer.view, into: target) }
      #expect(target.numbers == terms.reduce(into: before) { $0.formUnion(model[$1, default: []]) })
      #expect(target.checkInvariants() == nil)
    }
  }

  private static func model(_ random: inout SplitMix64, isPacked: Bool) -> [UInt32: Set<UInt32>] {
    var model: [UInt32: Set<UInt32>] = [:]
    for key in 0..<(isPacked ? UInt32(40) : 12) {
      let set = random.set()
      if !set.isEmpty { model[key * 3] = set }
    }
    return model
  }

  private static func rows(of model: [UInt32: Set<UInt32>], isPacked: Bool) -> Rows {
    if !isPacked { return Rows(model) }
    let rows = Rows()
    let tuples = model.flatMap { key, set in set.flatMap { [key, $0] } }
    #expect(tuples.withUnsafeBufferPointer { rows.fill(PackedRows.Pairs(tuples: $0, isBackward: false)) })
    return rows
  }

  @Test(
    "in place only what neither the row nor the known set has is added, or nothing is done",
    .enabled(if: SetShape.forced == nil))
  func inPlace() {
    var random = SplitMix64(usually: 42)
    var done = 0
    for _ in 0..<300 {
      let start = UInt32.random(in: 0...500, using: &random)
      let row = Set((0..<900).map { _ in start + UInt32.random(in: 0..<1200, using: &random) })
      let rows = Rows()
      for number in row { rows.insert(4, number) }
      let (set, known) = (Self.near(start, &random), Self.near(start, &random))
      let (setBuffer, knownBuffer) = (SetBuffer(set), SetBuffer(known))
      if set.isEmpty { continue }
      let added = withExtendedLifetime((setBuffer, knownBuffer)) {
        rows.formUnionInPlace(4, setBuffer.view, without: knownBuffer.view)
      }
      let expected = added == nil ? row : row.union(set.subtracting(known))
      #expect(added ?? 0 == expected.count - row.count)
      #expect(Set(rows[4].elements) == expected)
      #expect(rows.count == expected.count)
      #expect(rows.checkInvariants() == nil)
      done += added == nil ? 0 : 1
    }
    #expect(done > 50)
  }

  /// A set whose numbers mostly lie among those of a row that begins at a number: an array or a bitmap.
  private static func near(_ start: UInt32, _ random: inout SplitMix64) -> Set<UInt32> {
    if Int.random(in: 0..<6, using: &random) == 0 { return random.set() }
    let first = start + UInt32.random(in: 0...300, using: &random)
    let count = [0, 1, 5, 70, 400].randomElement(using: &random) ?? 0
    return Set((0..<count).map { _ in first + UInt32.random(in: 0..<700, using: &random) })
  }

  @Test("bits that are new are counted, wherever the known words lie", .enabled(if: SetShape.forced == nil))
  func orNew() {
    for known in [0..<0, 0..<64, 100..<400, 300..<700, 640..<900, 64..<1000] {
      for present in [0..<64, 200..<350, 64..<640] {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 16)
        defer { words.deallocate() }
        words.update(repeating: 0, count: 16)
        for number in present { words[number >> 6] |= 1 << UInt64(number & 63) }
        let set = SetBuffer((128..<640).map { UInt32($0) })
        let knownSet = SetBuffer(known.map { UInt32($0) })
        guard knownSet.view.isBitmap || known.isEmpty else { continue }
        let new = withExtendedLifetime((set, knownSet)) {
          Words.orNew(words + set.view.firstWord, set.view, without: knownSet.view)
        }
        let expected = Set(present).union(Set(128..<640).subtracting(known))
        #expect(new == expected.count - present.count)
        #expect(Set((0..<1024).filter { words[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }) == expected)
      }
    }
  }
}
