import TestSupport
import Testing

@testable import Terms

@Suite("A batch of values", .tellsSeed)
struct TermBatchTests {
  private enum Sample: Hashable {
    case integer(Int64)
    case text(String, isName: Bool)
    case date(DateSpan)

    var value: Value {
      switch self {
      case .integer(let integer): .integer(integer)
      case .text(let text, true): .name(text)
      case .text(let text, false): .string(text)
      case .date(let date): .date(date)
      }
    }
  }

  private static func sample(_ random: inout SplitMix64) -> Sample {
    let number = Int64.random(in: -20...20, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 6: return DateSpan(year: 2000 + Int(number)).map { .date($0) } ?? .integer(number)
    case 0: return .integer(number)
    case 1: return .integer(number << 56)
    case 2: return .text("", isName: Bool.random(using: &random))
    case 3: return .text(String(repeating: "žemė", count: Int(abs(number))), isName: number > 0)
    default: return .text("\(number)", isName: Bool.random(using: &random))
    }
  }

  /// Adds the samples to a batch, their texts in memory that stays, and interns them.
  private static func intern(
    _ samples: [Sample], _ batch: inout TermBatch, _ terms: TermDictionary, dropping dropped: [Sample] = []
  ) -> [UInt32] {
    var memory: [UnsafeMutableBufferPointer<UInt8>] = []
    defer { for buffer in memory { buffer.deallocate() } }
    func add(_ sample: Sample, _ place: Int) {
      switch sample {
      case .integer(let integer): batch.add(integer: integer, place: place)
      case .date(let date): batch.add(date: date, place: place)
      case .text(let text, let isName):
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        memory.append(bytes)
        batch.add(utf8: UnsafeBufferPointer(bytes), asName: isName, place: place)
      }
    }
    for (place, sample) in samples.enumerated() { add(sample, place) }
    for sample in dropped { add(sample, samples.count) }
    batch.forget(from: samples.count)
    var numbers = [UInt32](repeating: .max, count: samples.count)
    batch.intern(by: terms, into: &numbers)
    return numbers
  }

  @Test("the values of batches get the numbers that they get one by one, known, new and repeated")
  func oneByOne() {
    var random = SplitMix64(usually: 5)
    let (terms, expected) = (TermDictionary(), TermDictionary())
    var batch = TermBatch()
    for size in [0, 1, 2, 64, 64, 64, 300] {
      let samples = (0..<size).map { _ in Self.sample(&random) }
      let numbers = Self.intern(samples, &batch, terms)
      #expect(numbers == samples.map { expected.intern($0.value).number })
      #expect(terms.count == expected.count)
      #expect(zip(numbers, samples).allSatisfy { terms.value(Term($0)) == $1.value })
    }
  }

  @Test("a value that a batch has many times is one term, and the dictionary may grow while it is interned")
  func repeated() {
    let terms = TermDictionary()
    var batch = TermBatch()
    let samples = (0..<5000).map { Sample.integer($0 % 2500) } + [.text("", isName: false), .text("", isName: true)]
    let numbers = Self.intern(samples, &batch, terms)
    #expect(Array(numbers.prefix(5000)) == (0..<5000).map { $0 % 2500 })
    #expect(Array(numbers.suffix(2)) == [2500, 2501])
    #expect(terms.count == 2502)
    #expect(terms.find(.integer(2499)) == Term(2499))
    #expect(throws: Never.self) { try terms.checkIndex() }
  }

  @Test("terms that are found by their numbers alone are found, added to and stored as those of the hash table are")
  func unindexed() {
    let (terms, expected) = (TermDictionary(), TermDictionary())
    var batch = TermBatch()
    _ = [terms, expected].map { $0.intern(.name("q5")) }
    let ids = (0..<3000).map { "q\($0 * 7919 % 2003)" }
    let prefix = ids[0].utf8.withContiguousStorageIfAvailable { NumberedPrefix(of: $0, isName: true) }
    batch.take([prefix!!])
    var numbers: [UInt32] = []
    for id in ids {
      let text = Array(id.utf8) + Array(repeating: 0, count: NumberedPrefix.room)
      numbers.append(0)
      text.withUnsafeBufferPointer { text in
        let word = UnsafeBufferPointer(rebasing: text[..<id.utf8.count])
        batch.add(utf8: word, asName: true, number: UInt64(id.dropFirst())!, prefix: 0, place: numbers.count - 1)
        batch.intern(by: terms, into: &numbers)
      }
    }
    #expect(numbers == ids.map { expected.intern(.name($0)).number })
    #expect(terms.unindexed > 1000)
    #expect(terms.checkInvariants() == nil)
    for value in [.name("q17"), .name("q5"), .name("q2003"), .name("q05"), .string("q17"), .integer(17)] as [Value] {
      #expect(terms.find(value) == expected.find(value), "\(value)")
    }
    #expect(terms.intern(.name("q17")) == expected.intern(.name("q17")))
    #expect(terms.intern(.string("q17")) == expected.intern(.string("q17")))
    let slots = terms.withStorage { Array($0.slots) }
    #expect(slots == expected.withStorage { Array($0.slots) })
    #expect(terms.unindexed == 0)
    #expect(terms.checkInvariants() == nil)
  }

  /// A bitmap of some integers.
  private static func bitmap(_ integers: [Int]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (integers.max() ?? 0) / 64 + 1)
    for integer in integers { words[integer / 64] |= 1 << UInt64(integer % 64) }
    return words
  }

  @Test("the integers of a bitmap that have no term yet are numbered by their size")
  func integersOfABitmap() {
    let terms = TermDictionary()
    #expect(terms.intern(integer: 64).number == 0)
    let distance = Self.bitmap([2_000_000, 3, 64, 900_000]).withUnsafeBufferPointer { terms.internIntegers($0) }
    #expect(distance == nil)
    #expect([64, 3, 900_000, 2_000_000].map { terms.find(.integer($0))?.number } == [0, 1, 2, 3])
    #expect(terms.withNotedIntegers { noted in [64, 3, 900_000, 2_000_000].map { noted[$0] } } == [1, 2, 3, 4])
    #expect(terms.checkInvariants() == nil)
  }

  @Test("where integers follow one another as their terms do, it is told by how much these are more, or less")
  func distanceOfIntegers() {
    let terms = TermDictionary()
    let words = Self.bitmap(Array(5..<200))
    #expect(words.withUnsafeBufferPointer { terms.internIntegers($0) } == 0 &- 5)
    #expect(words.withUnsafeBufferPointer { terms.internIntegers($0) } == 0 &- 5)
    #expect(Self.bitmap([7, 9]).withUnsafeBufferPointer { terms.internIntegers($0) } == 0 &- 5)
    #expect(Self.bitmap([7, 201]).withUnsafeBufferPointer { terms.internIntegers($0) } == nil)
    #expect(Self.bitmap([]).withUnsafeBufferPointer { terms.internIntegers($0) } == nil)
    #expect(terms.count == 196)
  }

  @Test("integers are found in a dictionary that comes from a store, where they are not noted")
  func integersFromAStore() throws {
    let terms = TermDictionary()
    for integer in [900_000, 7] as [Int64] { _ = terms.intern(integer: integer) }
    let stored = try terms.withStorage {
      try TermDictionary(indexing: Array($0.kinds), payloads: Array($0.payloads), texts: Array($0.texts))
    }
    var batch = TermBatch()
    var numbers: [UInt32] = [.max, .max]
    batch.add(integer: 7, place: 0)
    batch.add(integer: 8, place: 1)
    batch.intern(by: stored, into: &numbers)
    #expect(numbers == [1, 2])
    _ = Self.bitmap([6, 7, 900_000]).withUnsafeBufferPointer { stored.internIntegers($0) }
    #expect([6, 7, 900_000].map { stored.find(.integer($0))?.number } == [3, 1, 0])
    #expect(stored.checkInvariants() == nil)
  }

  @Test("values that were added last and are forgotten become no terms")
  func truncate() {
    let terms = TermDictionary()
    var batch = TermBatch()
    let kept: [Sample] = [.text("a", isName: true), .integer(7), .text("a", isName: true)]
    #expect(Self.intern(kept, &batch, terms, dropping: [.integer(8), .text("b", isName: false)]) == [0, 1, 0])
    #expect(terms.count == 2)
    #expect(terms.find(.integer(8)) == nil)
    #expect(Self.intern([], &batch, terms, dropping: [.integer(9)]).isEmpty)
    #expect(Self.intern([.integer(9), .text("b", isName: false)], &batch, terms) == [2, 3])
  }

  @Test("a place that copies another gets its number, unless it is forgotten")
  func copies() {
    let terms = TermDictionary()
    var batch = TermBatch()
    var numbers: [UInt32] = [0, 0, 0, 9]
    batch.add(integer: 5, place: 0)
    batch.add(integer: 6, place: 1)
    batch.add(copyOf: 1, place: 2)
    batch.add(copyOf: 0, place: 3)
    batch.forget(from: 3)
    batch.intern(by: terms, into: &numbers)
    #expect(numbers == [0, 1, 1, 9])
  }

  @Test("batches that take turns with single values number them in the order in which they are interned")
  func turns() {
    let terms = TermDictionary()
    var batch = TermBatch()
    #expect(terms.intern(.decimal(0.5)) == Term(0))
    #expect(Self.intern([.text("a", isName: false), .integer(1)], &batch, terms) == [1, 2])
    #expect(terms.intern(.boolean(true)) == Term(3))
    #expect(Self.intern([.integer(1), .text("a", isName: true)], &batch, terms) == [2, 4])
  }
}
