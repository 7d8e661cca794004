import TestSupport
import Testing

@testable import Relations

@Suite("Numbers far apart", .tellsSeed)
struct DistantNumberTests {
  private static let most = UInt32.max

  @Test(
    "a dense set of great numbers takes no more memory than one of small numbers", .enabled(if: SetShape.forced == nil))
  func greatNumbers() {
    let set = SetBuffer((Self.most - 10_000)...Self.most)
    #expect(set.view.isBitmap)
    #expect(set.view.elements == Array((Self.most - 10_000)...Self.most))
    #expect(set.byteCount < 200_000)
  }

  @Test("a set whose bitmap would be far larger than its numbers is an array")
  func farAway() {
    let set = SetBuffer(0..<1000)
    set.insert(4_000_000_000)
    #expect(set.view.elements == Array(0..<1000) + [4_000_000_000])
    #expect(set.byteCount < 200_000)
    let dense = SetBuffer(0..<1000)
    let distant = SetBuffer([4, 4_000_000_000])
    distant.formUnion(dense.view)
    #expect(distant.view.elements == Array(0..<1000) + [4_000_000_000])
    #expect(distant.byteCount < 200_000)
    dense.formUnion(distant.view)
    #expect(dense.view.count == 1001)
    #expect(dense.byteCount < 200_000)
    withExtendedLifetime((set, dense, distant)) {}
  }

  @Test("a row whose bitmap would be far larger than its numbers is an array", .enabled(if: SetShape.forced == nil))
  func farAwayInRow() {
    let rows = Rows()
    for number in 0..<UInt32(1000) { rows.insert(7, number) }
    #expect(rows[7].isBitmap)
    rows.insert(7, 4_000_000_000)
    #expect(rows[7].elements == Array(0..<1000) + [4_000_000_000])
    #expect(rows.byteCount < 200_000)
  }

  @Test("numbers taken out of a row one by one leave no memory behind")
  func removal() {
    for step in [1, 1000] {
      let rows = Rows()
      let buffer = SetBuffer(stride(from: UInt32(0), to: UInt32(5000 * step), by: step))
      withExtendedLifetime(buffer) { rows.append(1, buffer.view) }
      let before = rows.byteCount
      for number in buffer.view.elements.dropLast() { rows.remove(1, number) }
      #expect(rows[1].elements == [UInt32(4999 * step)])
      #expect(rows.byteCount <= 2 * before + 65536)
      #expect(rows.checkInvariants() == nil)
    }
  }

  @Test("sets of numbers from all of the range agree with sets of the standard library")
  func model() {
    var random = SplitMix64(usually: 11)
    for _ in 0..<60 {
      let buffer = SetBuffer()
      var model: Set<UInt32> = []
      for _ in 0..<40 {
        let other = random.wideSet()
        let others = SetBuffer(other)
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1:
          withExtendedLifetime(others) { buffer.formUnion(others.view) }
          model.formUnion(other)
        case 2:
          withExtendedLifetime(others) { buffer.subtract(others.view) }
          model.subtract(other)
        case 3:
          let old = SetBuffer(model)
          withExtendedLifetime((old, others)) { buffer.assignIntersection(old.view, others.view) }
          model.formIntersection(other)
        case 4:
          let old = SetBuffer(model)
          withExtendedLifetime((old, others)) { buffer.assignDifference(old.view, others.view) }
          model.subtract(other)
        case 5:
          let some = other.union(model).sorted().shuffled(using: &random).prefix(20)
          for number in some { buffer.remove(number) }
          model.subtract(some)
        case 6:
          buffer.clear()
          model = []
        default:
          for number in other { buffer.insert(number) }
          model.formUnion(other)
        }
        #expect(buffer.checkInvariants() == nil)
        if Bool.random(using: &random) {
          #expect(other.prefix(5).allSatisfy { buffer.contains($0) == model.contains($0) })
        } else {
          #expect(buffer.view.elements == model.sorted())
          #expect(buffer.view.count == model.count)
          #expect(buffer.isEmpty == model.isEmpty)
        }
        #expect(buffer.byteCount < 1 << 20)
      }
    }
  }

  @Test("rows of numbers from all of the range agree with a dictionary of sets")
  func rowsModel() {
    var random = SplitMix64(usually: 12)
    for _ in 0..<20 {
      let rows = Rows()
      let scratch = SetBuffer()
      var model: [UInt32: Set<UInt32>] = [:]
      for _ in 0..<60 {
        let key: UInt32 = [0, 3, 70_000, Self.most][Int.random(in: 0..<4, using: &random)]
        let set = random.wideSet()
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
          let some = model[key, default: []].union(set).sorted().shuffled(using: &random).prefix(30)
          for number in some { #expect(rows.remove(key, number) == (model[key]?.remove(number) != nil)) }
        case 1:
          for number in set.sorted().prefix(20) {
            #expect(rows.insert(key, number) == model[key, default: []].insert(number).inserted)
          }
        default:
          let buffer = SetBuffer(set)
          let new = set.subtracting(model[key, default: []])
          #expect(withExtendedLifetime(buffer) { rows.formUnion(key, buffer.view, new: scratch) } == new.count)
          if !set.isEmpty { #expect(scratch.numbers == new) }
          model[key, default: []].formUnion(set)
        }
        if model[key]?.isEmpty == true { model[key] = nil }
        #expect(rows.checkInvariants() == nil)
      }
      #expect(rows.pairs == model)
    }
  }

  @Test("a set that is united with itself, assigned itself or taken from itself is what it should be")
  func itself() {
    let shapes: [Set<UInt32>] = [[1, 9, 4_000_000_000], Set(0..<1000), Set((0..<12).map { $0 * 1000 })]
    for numbers in shapes {
      let set = SetBuffer(numbers)
      set.formUnion(set.view)
      #expect(set.numbers == numbers)
      set.assign(set.view)
      #expect(set.numbers == numbers)
      set.subtract(set.view)
      #expect(set.isEmpty)
      #expect(set.checkInvariants() == nil)
    }
  }
}

extension SplitMix64 {
  /// A random set somewhere in all of the range, in one piece or two, dense or sparse.
  mutating func wideSet() -> Set<UInt32> {
    var result: Set<UInt32> = []
    for _ in 0..<Int.random(in: 0...2, using: &self) {
      let starts: [UInt32] = [0, 64, 5000, 1 << 31, .max - 2000, .max - 200_000]
      let start = starts[Int.random(in: 0..<starts.count, using: &self)]
      let widths: [UInt32] = [1, 63, 200, 2000, 200_000]
      let width = min(widths[Int.random(in: 0..<widths.count, using: &self)], .max - start)
      for _ in 0..<Int.random(in: 0...400, using: &self) {
        result.insert(start + UInt32.random(in: 0...width, using: &self))
      }
    }
    return result
  }
}
