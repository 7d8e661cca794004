/// The facts of a relation with one column: terms that ascend.
struct MembersSection {
  let members: UnsafeBufferPointer<UInt32>

  /// - Parameter section: keeps the memory; the members are valid as long as it is there.
  init(_ section: NumberSection, _ entry: Catalogue.RelationEntry, termCount: Int) throws {
    members = try section.numbers(from: 0, count: section.byteCount / 4)
    guard section.byteCount % 4 == 0, members.count == entry.facts, entry.distinctTerms == [entry.facts] else {
      throw section.damage("its length is not that of \(entry.facts) facts")
    }
    try section.checkAscent(members)
    try section.checkTerms(members, below: termCount)
  }
}
