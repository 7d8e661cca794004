/// The facts in those pages of a section that are whole.
struct SalvagedFacts {
  private let pages: SalvagedPages
  private let entry: Catalogue.RelationEntry

  init(_ pages: SalvagedPages, _ entry: Catalogue.RelationEntry) { (self.pages, self.entry) = (pages, entry) }

  /// Gives the terms of each fact, in the order of its columns, to a function.
  func forEach(isBackward: Bool, _ body: ([UInt32]) -> Void) {
    switch entry.arity {
    case 0: break
    case 1: for index in 0..<pages.byteCount / 4 { if let term = pages.number(index) { body([term]) } }
    case 2: forEachPair(isBackward) { body(isBackward ? [$1, $0] : [$0, $1]) }
    default: forEachBranch(body)
    }
  }

  // MARK: Two columns

  private func forEachPair(_ isBackward: Bool, _ body: (UInt32, UInt32) -> Void) {
    guard let (limit, keys) = form(isBackward) else { return }
    let listed = RowsSection.headerLength / 4
    let starts = listed + (limit == 0 ? keys : 0)
    let rows = limit == 0 ? keys : limit
    let numbers = starts + rows + 1
    var rest = 0..<min(entry.facts, pages.byteCount / 4)
    for row in 0..<max(0, min(rows, pages.byteCount / 4)) {
      guard let key = limit == 0 ? pages.number(listed + row) : UInt32(truncatingIfNeeded: row),
        let range = pages.range(starts + row, takenOff: &rest)
      else { continue }
      for place in range { if let other = pages.number(numbers + place) { body(key, other) } }
    }
  }

  /// The limit and the number of the terms that have rows: as the section tells, else from its length.
  private func form(_ isBackward: Bool) -> (limit: Int, keys: Int)? {
    if let limit = pages.size(0), let keys = pages.size(1) { return (limit, keys) }
    let keys = entry.distinctTerms[isBackward ? 1 : 0]
    // A forged catalogue may tell any numbers.
    guard keys <= pages.byteCount, entry.facts <= pages.byteCount else { return nil }
    let rest = (pages.byteCount - RowsSection.headerLength) / 4 - entry.facts - 1
    let (isListed, isDense) = (
      rest == 2 * keys, keys > 0 && rest >= keys && RowsSection.isDense(limit: rest, keys: keys)
    )
    // Of one length that both forms may have nothing can be said.
    return isListed == isDense ? nil : (isDense ? rest : 0, keys)
  }

  // MARK: More columns

  /// Where a level lies, counted in numbers.
  private struct Level {
    var count: Int
    var terms: Int
    var starts: Int { terms + count }
  }

  private func forEachBranch(_ body: ([UInt32]) -> Void) {
    guard let levels = levels() else { return }
    // What is left of each level for the nodes above that follow.
    var rests = levels.map { 0..<$0.count }
    var tuple: [UInt32] = []
    func walk(_ nodes: Range<Int>, _ level: Int) {
      for node in nodes {
        guard let term = pages.number(levels[level].terms + node) else { continue }
        tuple.append(term)
        if level == entry.arity - 1 {
          body(tuple)
        } else if let beneath = pages.range(levels[level].starts + node, takenOff: &rests[level + 1]) {
          walk(beneath, level + 1)
        }
        tuple.removeLast()
      }
    }
    walk(0..<levels[0].count, 0)
  }

  /// As the section's beginning tells; else each level ends with how many nodes the next one has.
  private func levels() -> [Level]? {
    var levels: [Level] = []
    var place = 2 * entry.arity
    for number in 0..<entry.arity {
      let told = pages.size(number) ?? (number == 0 ? entry.distinctTerms[0] : nil)
      guard let count = told ?? levels.last.flatMap({ pages.number($0.starts + $0.count) }).map({ Int($0) }),
        count <= pages.byteCount / 4
      else { return nil }
      levels.append(Level(count: count, terms: place))
      place += 2 * count + 1
    }
    return levels
  }
}
