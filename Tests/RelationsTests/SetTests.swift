import TestSupport
import Testing

@testable import Relations

@Suite("Sets of terms", .tellsSeed)
struct SetTests {
  @Test("a set lists its numbers in ascending order, each once")
  func order() {
    let set = SetBuffer([5, 1, 3, 1, 5])
    #expect(set.numbers == [1, 3, 5])
    #expect(withExtendedLifetime(set) { set.view.elements } == [1, 3, 5])
  }

  @Test("a dense set is a bitmap and lists the same numbers", .enabled(if: SetShape.forced == nil))
  func dense() {
    let set = SetBuffer(0..<1000)
    let more = SetBuffer(500..<2000)
    withExtendedLifetime(more) { set.formUnion(more.view) }
    #expect(set.view.isBitmap)
    #expect(set.view.elements == Array(0..<2000))
    #expect(set.view.count == 2000)
  }

  @Test("a set that has all numbers from one to another is told as these")
  func interval() {
    for set in [SetBuffer(70..<300), SetBuffer([5, 6, 7]), SetBuffer([9]), SetBuffer(0..<64)] {
      let numbers = set.numbers.sorted()
      #expect(set.view.interval == numbers[0]...numbers[numbers.count - 1])
      set.remove(numbers[numbers.count / 2])
      if numbers.count > 2 { #expect(set.view.interval == nil) }
    }
    #expect(SetView.empty.interval == nil)
  }

  @Test("a cleared set is empty, and can be used again")
  func clear() {
    let set = SetBuffer(0..<1000)
    set.clear()
    #expect(set.isEmpty)
    set.insert(7)
    #expect(set.view.elements == [7])
  }

  @Test("the first number, and the next ones from a cursor")
  func cursor() {
    for set in [SetBuffer([3, 900, 70000]), SetBuffer(100..<300)] {
      var cursor = 0
      var numbers: [UInt32] = []
      while let number = set.view.next(&cursor) { numbers.append(number) }
      #expect(numbers == set.view.elements)
      #expect(set.view.first == numbers.first)
    }
    #expect(SetView.empty.first == nil)
  }

  @Test("what is not above a number is taken away from a set, and passed over in an array")
  func above() {
    var random = SplitMix64(usually: 5)
    for _ in 0..<1000 {
      let set = random.set()
      let least =
        Bool.random(using: &random) ? set.randomElement(using: &random) : .random(in: 0...5000, using: &random)
      for number in [least ?? 0, 0, 63, 64, .max] {
        let buffer = SetBuffer(set)
        let kept = set.filter { $0 > number }.sorted()
        if !buffer.view.isBitmap { #expect(buffer.view.elements(above: number).elements == kept) }
        buffer.removeAll(through: number)
        #expect(buffer.view.elements == kept)
        #expect(buffer.checkInvariants() == nil)
      }
    }
  }

  @Test("union, intersection, difference, membership and removal agree with sets of the standard library")
  func algebra() {
    var random = SplitMix64(usually: 1)
    for _ in 0..<2000 {
      let (left, right) = (random.set(), random.set())
      let (a, b) = (SetBuffer(left), SetBuffer(right))
      let result = SetBuffer()
      result.assignIntersection(a.view, b.view)
      #expect(result.numbers == left.intersection(right))
      result.assign(a.view)
      result.formUnion(b.view)
      #expect(result.numbers == left.union(right))
      #expect(result.view.count == left.union(right).count)
      result.assign(a.view)
      result.subtract(b.view)
      #expect(result.numbers == left.subtracting(right))
      #expect(result.isEmpty == left.isSubset(of: right))
      #expect(left.union(right).allSatisfy { a.contains($0) == left.contains($0) })
      if let number = left.randomElement(using: &random) {
        a.remove(number)
        #expect(a.numbers == left.subtracting([number]))
      }
      let copy = SetBuffer(a.numbers)
      #expect(withExtendedLifetime(copy) { a.view.isEqual(to: copy.view) })
    }
  }

  @Test("a sequence of changes leaves what it leaves in a set of the standard library")
  func changes() {
    var random = SplitMix64(usually: 2)
    for _ in 0..<100 {
      let buffer = SetBuffer()
      var model: Set<UInt32> = []
      for _ in 0..<50 {
        let other = random.set()
        let others = SetBuffer(other)
        defer { withExtendedLifetime(others) {} }
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
          buffer.formUnion(others.view)
          model.formUnion(other)
        case 1:
          buffer.subtract(others.view)
          model.subtract(other)
        case 2:
          for number in other.prefix(5) {
            buffer.insert(number)
            model.insert(number)
          }
        case 3:
          for number in other.prefix(5) {
            buffer.remove(number)
            model.remove(number)
          }
        default:
          if Bool.random(using: &random) {
            buffer.clear()
            model = []
          }
        }
        #expect(buffer.view.elements == model.sorted())
      }
    }
  }
}
