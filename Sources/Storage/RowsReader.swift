import Relations

/// Reads the facts of one relation from a file of version 1, in order, and adds them row by row.
struct RowsReader {
  private let snapshot: SnapshotReader
  private let number: Int
  private let entry: Catalogue.RelationEntry
  /// How many terms the first column has where there are two columns.
  private let keys: Int
  private let relation: Relation
  private let termCount: Int

  /// - Parameter relation: has no facts yet.
  init(_ snapshot: SnapshotReader, _ number: Int, _ relation: Relation, termCount: Int) {
    self.snapshot = snapshot
    self.number = number
    entry = snapshot.catalogue.relations[number]
    keys = entry.distinctTerms.first ?? 0
    self.relation = relation
    self.termCount = termCount
  }

  func read() throws {
    let memory = try snapshot.read(.facts, of: number)
    let bytes = memory.bytes.count
    guard bytes % 4 == 0, isRightCount(bytes / 4) else {
      throw damage("its length is not that of \(entry.facts) facts")
    }
    try memory.withNumbers(UInt32.self, count: bytes / 4) { numbers in
      switch entry.arity {
      case 0: if entry.facts == 1 { relation.append(UnsafeBufferPointer(start: nil, count: 0)) }
      case 1: try appendRow([], numbers)
      case 2: try readPairs(numbers)
      default: try readTuples(numbers)
      }
    }
  }

  /// Whether the relation's facts take so many numbers. Not by multiplication: the catalogue's may be too great for it.
  private func isRightCount(_ count: Int) -> Bool {
    switch entry.arity {
    case 0: return count == 0 && entry.facts <= 1
    case 2: return keys <= (count - 1) / 2 && count - 1 - 2 * keys == entry.facts
    default: return count % entry.arity == 0 && count / entry.arity == entry.facts
    }
  }

  /// The keys, where each one's values end and begin, and the values.
  private func readPairs(_ numbers: UnsafeBufferPointer<UInt32>) throws {
    let terms = UnsafeBufferPointer(rebasing: numbers[..<keys])
    let offsets = UnsafeBufferPointer(rebasing: numbers[keys...(keys * 2)])
    let values = UnsafeBufferPointer(rebasing: numbers[(keys * 2 + 1)...])
    try checkSet(terms)
    guard offsets[0] == 0, Int(offsets[keys]) == values.count else {
      throw damage("the offsets do not span the values")
    }
    for index in 0..<keys {
      guard offsets[index] < offsets[index + 1], Int(offsets[index + 1]) <= values.count else {
        throw damage("the offsets do not ascend at key \(index)")
      }
      try appendRow(
        UnsafeBufferPointer(rebasing: terms[index...index]),
        UnsafeBufferPointer(rebasing: values[Int(offsets[index])..<Int(offsets[index + 1])]))
    }
  }

  /// Tuples one after the other, those with the same prefix side by side.
  private func readTuples(_ numbers: UnsafeBufferPointer<UInt32>) throws {
    let arity = entry.arity
    var row: [UInt32] = []
    var start = 0
    while start < numbers.count {
      let prefix = UnsafeBufferPointer(rebasing: numbers[start..<start + arity - 1])
      guard prefix.allSatisfy({ $0 < termCount }) else { throw damage("a term that there is not occurs") }
      row.removeAll(keepingCapacity: true)
      var next = start
      while next < numbers.count, Self.equal(prefix, numbers, at: next) {
        row.append(numbers[next + arity - 1])
        next += arity
      }
      if next < numbers.count, !Self.precedes(prefix, numbers, at: next) {
        throw damage("the facts are not in their order at number \(next / arity)")
      }
      try row.withUnsafeBufferPointer { try appendRow(prefix, $0) }
      start = next
    }
  }

  private static func equal(
    _ prefix: UnsafeBufferPointer<UInt32>, _ numbers: UnsafeBufferPointer<UInt32>, at start: Int
  ) -> Bool {
    for column in 0..<prefix.count where prefix[column] != numbers[start + column] { return false }
    return true
  }

  private static func precedes(
    _ prefix: UnsafeBufferPointer<UInt32>, _ numbers: UnsafeBufferPointer<UInt32>, at start: Int
  ) -> Bool {
    for column in 0..<prefix.count where prefix[column] != numbers[start + column] {
      return prefix[column] < numbers[start + column]
    }
    return false
  }

  private func appendRow(_ prefix: [UInt32], _ values: UnsafeBufferPointer<UInt32>) throws {
    try prefix.withUnsafeBufferPointer { try appendRow($0, values) }
  }

  private func appendRow(_ prefix: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<UInt32>) throws {
    try checkSet(values)
    relation.appendRow(prefix, SetView(array: values.baseAddress, count: values.count))
  }

  /// Numbers that ascend and are those of terms.
  private func checkSet(_ numbers: UnsafeBufferPointer<UInt32>) throws {
    guard let last = numbers.last else { return }
    for index in 1..<numbers.count where numbers[index - 1] >= numbers[index] {
      throw damage("the terms of a row do not ascend")
    }
    guard last < termCount else { throw damage("a term that there is not occurs") }
  }

  private func damage(_ reason: String) -> Damage {
    Damage(section: snapshot.name(.facts, of: number), reason: reason)
  }
}
