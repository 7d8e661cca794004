import TestSupport

@testable import Relations

extension SplitMix64 {
  /// A random set whose density makes it an array, a bitmap, or something between.
  mutating func set() -> Set<UInt32> {
    let start = UInt32.random(in: 0...2000, using: &self)
    let widths: [UInt32] = [8, 200, 2000, 100_000]
    let width = widths[Int.random(in: 0..<widths.count, using: &self)]
    let count = Int.random(in: 0...300, using: &self)
    return Set((0..<count).map { _ in start + UInt32.random(in: 0..<width, using: &self) })
  }
}

extension SetBuffer {
  /// A buffer of the numbers, put in in no particular order.
  convenience init<Numbers: Sequence>(_ numbers: Numbers) where Numbers.Element == UInt32 {
    self.init()
    for number: UInt32 in numbers { insert(number) }
  }

  var numbers: Set<UInt32> { withExtendedLifetime(self) { Set(view.elements) } }
}

extension Rows {
  /// The pairs, as a model of them.
  var pairs: [UInt32: Set<UInt32>] {
    var result: [UInt32: Set<UInt32>] = [:]
    for key in keys.elements { result[key] = Set(self[key].elements) }
    return result
  }

  convenience init(_ pairs: [UInt32: Set<UInt32>]) {
    self.init()
    for (key, set) in pairs {
      let buffer = SetBuffer(set)
      withExtendedLifetime(buffer) { append(key, buffer.view) }
    }
  }
}

extension Relation {
  /// The tuples, as a model of them.
  var tuples: Set<[UInt32]> {
    var result: Set<[UInt32]> = []
    forEachTuple {
      result.insert(Array($0))
      return true
    }
    return result
  }
}

extension RowSink {
  /// Prepares an empty sink that none has gathered for before.
  func begin(without relation: Relation) {
    var none: [Relation] = []
    begin(without: relation, after: &none)
  }
}
