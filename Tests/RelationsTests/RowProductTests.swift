import TestSupport
import Testing

@testable import Relations

@Suite("Products of rows", .tellsSeed)
struct RowProductTests {
  private static let longest: UInt32 = 900

  /// Rows of random density for terms of a range of which some have none, and of shapes that their densities ask for.
  private func makeRows(_ terms: Range<UInt32>, atMost most: Int, _ random: inout SplitMix64) -> Rows {
    let rows = Rows()
    for term in terms where UInt32.random(in: 0..<8, using: &random) > 0 {
      let set = SetBuffer()
      for _ in 0..<Int.random(in: 0...most, using: &random) {
        set.insert(UInt32.random(in: 70..<Self.longest, using: &random))
      }
      rows.append(term, set.view)
    }
    return rows
  }

  private func plainProduct(_ row: SetView, _ others: Rows) -> [UInt32] {
    Array(row.elements.reduce(into: Set<UInt32>()) { $0.formUnion(others[$1].elements) }).sorted()
  }

  /// Compares the products of terms, added to what a set has, with plain ones; returns how many were made.
  private func compare(
    _ product: RowProduct, of terms: [UInt32], _ rows: Rows, through others: Rows, run: Int = 1, beside: [UInt32] = []
  ) -> Int {
    var madeCount = 0
    for term in terms {
      let buffer = SetBuffer()
      for number in beside { buffer.insert(number) }
      guard product.gather(term, of: rows, through: others, runs: (run, 1), into: buffer) else { continue }
      madeCount += 1
      #expect(buffer.view.elements == plainProduct(rows[term], others) + beside)
      #expect(buffer.checkInvariants() == nil)
    }
    return madeCount
  }

  /// No product is made where all sets are arrays.
  private func expectMade(_ count: Int, moreThan least: Int) {
    if SetShape.forced == .arrays {
      #expect(count == 0)
    } else {
      #expect(count > least)
    }
  }

  @Test("the product of a row is what its terms lead to, whichever terms are asked for and in whatever order")
  func products() {
    var random = SplitMix64(usually: 5)
    var madeCount = 0
    for _ in 0..<4 {
      let rows = makeRows(100..<400, atMost: 2000, &random)
      let others = makeRows(0..<Self.longest, atMost: 6, &random)
      var terms = rows.keys.elements
      if Bool.random(using: &random) { terms.shuffle(using: &random) }
      madeCount += compare(RowProduct(), of: terms, rows, through: others)
    }
    expectMade(madeCount, moreThan: 20)
  }

  @Test("a product is added to what a set has")
  func added() {
    var random = SplitMix64(usually: 6)
    let rows = makeRows(0..<64, atMost: 2000, &random)
    let others = makeRows(0..<Self.longest, atMost: 4, &random)
    let madeCount = compare(RowProduct(), of: rows.keys.elements, rows, through: others, beside: [5000])
    expectMade(madeCount, moreThan: 20)
  }

  @Test("rows that have changed are read anew in another run")
  func changed() {
    var random = SplitMix64(usually: 7)
    let rows = makeRows(0..<64, atMost: 2000, &random)
    let others = makeRows(0..<Self.longest, atMost: 4, &random)
    let product = RowProduct()
    for run in 1..<4 {
      let madeCount = compare(product, of: rows.keys.elements, rows, through: others, run: run)
      expectMade(madeCount, moreThan: 20)
      for term in rows.keys.elements { rows.insert(term, UInt32.random(in: 70..<Self.longest, using: &random)) }
      for _ in 0..<50 { others.insert(UInt32.random(in: 0..<900, using: &random), 300) }
    }
  }

  @Test("sparse rows, and those of a relation of long rows, have no product")
  func notWorthIt() {
    let rows = Rows()
    for term: UInt32 in 0..<64 { rows.insert(term, 7 * term) }
    let others = Rows()
    for term: UInt32 in 0..<500 { others.insert(term, term) }
    let made = RowProduct().gather(3, of: rows, through: others, runs: (1, 1), into: SetBuffer())
    #expect(!made)
    var random = SplitMix64(usually: 8)
    let dense = makeRows(0..<64, atMost: 2000, &random)
    let long = makeRows(0..<Self.longest, atMost: 400, &random)
    #expect(
      dense.keys.elements.allSatisfy { term in
        !RowProduct().gather(term, of: dense, through: long, runs: (1, 1), into: SetBuffer())
      })
  }

  @Test("64 words are turned round as a matrix of bits")
  func turned() {
    var random = SplitMix64(usually: 9)
    let words = (0..<64).map { _ in UInt64.random(in: 0...UInt64.max, using: &random) }
    var turned = words
    turned.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { Words.turn(start) } }
    for row in 0..<64 {
      for column in 0..<64 { #expect(turned[column] >> UInt64(row) & 1 == words[row] >> UInt64(column) & 1) }
    }
  }
}
