import Relations

/// The facts of a relation with three columns or more: a tree of their terms, level by level.
struct TrieSection {
  /// `nil` where there are no facts.
  let trie: PackedTrie?

  init(_ section: NumberSection, _ entry: Catalogue.RelationEntry, termCount: Int) throws {
    if entry.facts == 0 {
      guard section.byteCount == 0 else { throw section.damage("its length is not that of 0 facts") }
      trie = nil
      return
    }
    let counts = try (0..<entry.arity).map { try section.size(at: $0) }
    guard counts.last == entry.facts, counts[0] == entry.distinctTerms[0] else {
      throw section.damage("its length is not that of \(entry.facts) facts")
    }
    var place = entry.arity * 8
    var levels: [PackedTrie.BorrowedLevel] = []
    for (level, count) in counts.enumerated() {
      let terms = try section.numbers(from: place, count: count)
      place += count * 4
      try section.checkTerms(terms, below: termCount)
      if level == 0 { try section.checkAscent(terms) }
      if let above = levels.last {
        guard let starts = above.starts else { throw section.damage("the rows do not span the terms") }
        let ranges = UnsafeBufferPointer(start: starts, count: above.terms.count + 1)
        try section.checkStarts(ranges, of: count)
        guard try section.checkRows(ranges, terms) == above.terms.count else {
          throw section.damage("a term of level \(level - 1) leads nowhere")
        }
      }
      let isLast = level == entry.arity - 1
      let starts = isLast ? nil : try section.numbers(from: place, count: count + 1)
      place += starts.map { $0.count * 4 } ?? 0
      levels.append(PackedTrie.BorrowedLevel(terms: terms, starts: starts?.baseAddress))
    }
    guard place == section.byteCount else { throw section.damage("bytes are left at its end") }
    trie = PackedTrie(borrowing: levels, from: section.memory)
  }
}
