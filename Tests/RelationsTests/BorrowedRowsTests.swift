import Testing

@testable import Relations

/// Rows and tries over memory that something else owns.
@Suite struct BorrowedRowsTests {
  /// Memory that is freed with it, and tells whether anybody wrote to it.
  private final class Block {
    let numbers: UnsafeMutableBufferPointer<UInt32>
    private let original: [UInt32]

    init(_ values: [UInt32]) {
      numbers = .allocate(capacity: values.count)
      _ = numbers.initialize(from: values)
      original = values
    }

    deinit { numbers.deallocate() }

    var isUnchanged: Bool { numbers.elementsEqual(original) }

    func pointer(_ place: Int) -> UnsafePointer<UInt32> { UnsafePointer(numbers.baseAddress! + place) }
  }

  /// The rows 1 -> {5, 9}, 3 -> {0, 1, …, 19}.
  private func dense() -> (Rows, Block) {
    let block = Block([0, 0, 2, 2, 22, 5, 9] + Array(0..<20))
    let borrowed = BorrowedRows(
      form: .dense(limit: 4), starts: block.pointer(0), numbers: block.pointer(5), owner: block)
    return (Rows(borrowing: borrowed), block)
  }

  /// The rows 7 -> {2}, 4000000000 -> {1, 8}.
  private func listed() -> (Rows, Block) {
    let block = Block([7, 4_000_000_000, 0, 1, 3, 2, 1, 8])
    let borrowed = BorrowedRows(
      form: .listed(UnsafeBufferPointer(start: block.pointer(0), count: 2)), starts: block.pointer(2),
      numbers: block.pointer(5), owner: block)
    return (Rows(borrowing: borrowed), block)
  }

  @Test("borrowed rows of a start for each term hold what lies there")
  func denseRows() {
    let (rows, _) = dense()
    #expect(rows.keys.elements == [1, 3])
    #expect(rows.count == 22)
    #expect(rows[1].elements == [5, 9])
    #expect(rows[3].elements == Array(0..<20))
    #expect(rows[0].isEmpty)
    #expect(rows[4].isEmpty)
    #expect(rows.checkInvariants() == nil)
  }

  @Test("borrowed rows of listed terms hold what lies there")
  func listedRows() {
    let (rows, _) = listed()
    #expect(rows.keys.elements == [7, 4_000_000_000])
    #expect(rows[7].elements == [2])
    #expect(rows[4_000_000_000].elements == [1, 8])
    #expect(rows.checkInvariants() == nil)
  }

  @Test("a change to borrowed rows leaves the memory that they lie in as it is")
  func changes() {
    for (rows, block) in [dense(), listed()] {
      for key in rows.keys.elements {
        #expect(rows.insert(key, 77))
        #expect(rows.remove(key, rows[key].elements[0]))
        #expect(rows.insert(key + 1, 3))
      }
      #expect(block.isUnchanged)
      #expect(rows.checkInvariants() == nil)
    }
    let (rows, _) = dense()
    for key in rows.keys.elements { for number in rows[key].elements { #expect(rows.remove(key, number)) } }
    #expect(rows.count == 0)
    #expect(rows.keys.isEmpty)
  }

  @Test("a borrowed trie holds what lies there, and a change to its index leaves that as it is")
  func trie() {
    // (2, 5, 1), (2, 5, 4), (2, 6, 0), (9, 5, 5).
    let block = Block([2, 9, 0, 2, 3, 5, 6, 5, 0, 2, 3, 4, 1, 4, 0, 5])
    func terms(_ place: Int, _ count: Int) -> UnsafeBufferPointer<UInt32> {
      UnsafeBufferPointer(start: block.pointer(place), count: count)
    }
    let trie = PackedTrie(
      borrowing: [
        PackedTrie.BorrowedLevel(terms: terms(0, 2), starts: block.pointer(2)),
        PackedTrie.BorrowedLevel(terms: terms(5, 3), starts: block.pointer(8)),
        PackedTrie.BorrowedLevel(terms: terms(12, 4), starts: nil),
      ], from: block)
    #expect(trie.checkInvariants() == nil)
    let index = Index(order: [0, 1, 2], trie: trie)
    let relation = Relation(arity: 3)
    relation.absorb(index)
    #expect(relation.count == 4)
    #expect(relation.contains([2, 5, 4]))
    #expect(!relation.contains([2, 6, 4]))
    #expect(relation.insert([2, 6, 4]))
    #expect(relation.remove([9, 5, 5]))
    #expect(relation.checkInvariants() == nil)
    #expect(block.isUnchanged)
  }

  /// Gives the pairs (1, 2) and (1, 3), and notes what it was asked for.
  private final class Supply: IndexSupply {
    var asked: [[Int]] = []
    var count: Int { 2 }
    func distinctCount(column: Int) -> Int { column + 1 }
    func index(_ order: [Int]) -> Index? {
      asked.append(order)
      let rows = Rows()
      for other in [UInt32(2), 3] { if order == [0, 1] { rows.insert(1, other) } else { rows.insert(other, 1) } }
      return Index(order: order, rows: rows)
    }
  }

  @Test("a relation asks its supply for an order of the columns when it is first needed, once")
  func supply() {
    let supply = Supply()
    let relation = Relation(arity: 2, supply: supply)
    #expect(relation.count == 2)
    #expect(relation.distinctCount(column: 1) == 2)
    #expect(supply.asked == [])
    #expect(relation.contains([1, 3]))
    #expect(relation.rows([0, 1]).count == 2)
    #expect(supply.asked == [[0, 1]])
    #expect(relation.rows([1, 0])[3].elements == [1])
    #expect(relation.rows([1, 0])[2].elements == [1])
    #expect(supply.asked == [[0, 1], [1, 0]])
  }

  @Test("a question backwards needs no more than that direction of the supply, and one forwards the other then")
  func backwardOnly() {
    let supply = Supply()
    let relation = Relation(arity: 2, supply: supply)
    #expect(relation.rows([1, 0])[3].elements == [1])
    #expect(supply.asked == [[1, 0]])
    #expect(relation.contains([1, 2]))
    #expect(supply.asked == [[1, 0], [0, 1]])
    #expect(relation.insert([5, 3]))
    #expect(relation.rows([1, 0])[3].elements == [1, 5])
    #expect(supply.asked == [[1, 0], [0, 1]])
    #expect(relation.checkInvariants() == nil)
  }

  @Test("a relation that changes has what its supply had, in both directions, and the change")
  func changedSupply() {
    let added = Relation(arity: 2, supply: Supply())
    added.append([4, 3])
    #expect(added.count == 3)
    #expect(added.rows([1, 0])[3].elements == [1, 4])
    #expect(added.checkInvariants() == nil)
    let removed = Relation(arity: 2, supply: Supply())
    #expect(removed.remove([1, 2]))
    #expect(removed.rows([1, 0])[2].isEmpty)
    #expect(removed.count == 1)
    #expect(removed.distinctCount(column: 1) == 1)
    #expect(removed.checkInvariants() == nil)
  }
}
