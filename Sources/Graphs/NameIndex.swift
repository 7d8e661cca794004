import Terms

/// Finds entities by the words of their names: labels, aliases, and the names by which the graph refers to them.
///
/// It is made of all names at once; what is stated later is noted in it, and whether what it finds still holds is for the
/// graph to say.
struct NameIndex: Sendable {
  typealias Entry = NameList.Entry

  private var entries: [Entry] = []
  /// The words of each entry one after the other, as ranks in the order of the words' bytes.
  private var entryWords: [UInt32] = []
  private var entryStarts: [UInt32] = [0]
  private var words = WordTable()
  /// For each word the entries that have it.
  private var postings: [UInt32] = []
  private var postingStarts: [UInt32] = []
  /// The entities by their numbers.
  private var isEntity: [Bool] = []
  /// What was stated since.
  private var recent: [(entry: Entry, words: [String])] = []

  init(_ names: NameList) {
    entries = names.entries
    isEntity = names.isEntity
    var table = WordTable()
    var scanner = WordScanner()
    for entry in entries {
      names.texts.withUTF8(of: Term(entry.name)) { bytes in
        scanner.forEachWord(of: bytes) { entryWords.append(table.intern($0)) }
      }
      entryStarts.append(UInt32(entryWords.count))
    }
    let (sorted, order) = table.sorted()
    words = sorted
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, word) in order.enumerated() { ranks[Int(word)] = UInt32(rank) }
    post(ranks)
  }

  private mutating func post(_ ranks: [UInt32]) {
    postingStarts = [UInt32](repeating: 0, count: ranks.count + 1)
    for index in entryWords.indices {
      entryWords[index] = ranks[Int(entryWords[index])]
      postingStarts[Int(entryWords[index]) + 1] += 1
    }
    for word in ranks.indices { postingStarts[word + 1] += postingStarts[word] }
    postings = [UInt32](repeating: 0, count: entryWords.count)
    var next = postingStarts
    for entry in entries.indices {
      for word in self.words(of: entry) {
        postings[Int(next[Int(word)])] = UInt32(entry)
        next[Int(word)] += 1
      }
    }
  }

  private func words(of entry: Int) -> ArraySlice<UInt32> {
    entryWords[Int(entryStarts[entry])..<Int(entryStarts[entry + 1])]
  }

  // MARK: Changes

  /// How many names may be noted before the index is to be made anew.
  static let mostNoted = 4096

  /// Notes a fact; false where so much was noted that the index should be made anew.
  mutating func note(_ tuple: UnsafeBufferPointer<UInt32>, isName: Bool, _ terms: TermDictionary) -> Bool {
    if isName { note(Entry(entity: tuple[0], name: tuple[1]), terms) }
    for number in tuple where terms.isName(Term(number)) {
      let index = Int(number)
      if index >= isEntity.count {
        isEntity.append(contentsOf: repeatElement(false, count: index + 1 - isEntity.count))
      }
      if isEntity[index] { continue }
      isEntity[index] = true
      note(Entry(entity: number, name: number), terms)
    }
    return recent.count < Self.mostNoted
  }

  private mutating func note(_ entry: Entry, _ terms: TermDictionary) {
    recent.append((entry, Text.words(terms.value(Term(entry.name)).plainText)))
  }

  // MARK: Finding

  /// Calls `body` with the words of all names, folded, until it returns false. Words of what was noted may come again.
  func forEachWord(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) {
    for word in 0..<words.count where !words.withBytes(of: word, body) { return }
    for var word in recent.lazy.flatMap(\.words) where !word.withUTF8(body) { return }
  }

  /// Entities with a name of which each wanted word begins a word, best first: whole words before beginnings, short names
  /// before long ones. At most so many of those of which `holds` says that they still have the name.
  /// - Parameter effort: how many names that have the rarest of the words are looked at, in the order of these words.
  func find(_ wanted: [String], limit: Int, effort: Int = .max, holds: (Entry) -> Bool) -> [Term] {
    var matches: [(score: Int, entry: Entry)] = []
    forEachMatch(wanted, effort) { entry, score in matches.append((score, entry)) }
    for (entry, words) in recent {
      if let score = Self.score(wanted, words) { matches.append((score, entry)) }
    }
    var found: [Term] = []
    var seen: Set<UInt32> = []
    for match in Self.best(matches, atLeast: limit).sorted(by: Self.precedes) where found.count < limit {
      guard !seen.contains(match.entry.entity), holds(match.entry) else { continue }
      seen.insert(match.entry.entity)
      found.append(Term(match.entry.entity))
    }
    return found
  }

  private static func precedes(_ left: (score: Int, entry: Entry), _ right: (score: Int, entry: Entry)) -> Bool {
    (left.score, left.entry.entity, left.entry.name) < (right.score, right.entry.entity, right.entry.name)
  }

  /// The matches with the best scores, by far more than are asked for: an entity has several names, and some may not hold.
  private static func best(
    _ matches: [(score: Int, entry: Entry)], atLeast limit: Int
  ) -> [(score: Int, entry: Entry)] {
    let wanted = limit.multipliedReportingOverflow(by: 8)
    guard !wanted.overflow, matches.count > max(wanted.partialValue, 1000) else { return matches }
    var counts: [Int: Int] = [:]
    for match in matches { counts[match.score, default: 0] += 1 }
    var total = 0
    var worst = 0
    for (score, count) in counts.sorted(by: { $0.key < $1.key }) where total < wanted.partialValue {
      total += count
      worst = score
    }
    return matches.filter { $0.score <= worst }
  }

  /// Calls `body` with each entry that has all wanted words, found by the rarest of them.
  private func forEachMatch(_ wanted: [String], _ effort: Int, _ body: (Entry, Int) -> Void) {
    let ranges = wanted.map { range(of: $0) }
    guard let rarest = ranges.min(by: { postingCount($0.words) < postingCount($1.words) }), !rarest.words.isEmpty else {
      return
    }
    let places = Int(postingStarts[rarest.words.lowerBound])..<Int(postingStarts[rarest.words.upperBound])
    for place in places.prefix(effort) {
      let entry = Int(postings[place])
      var words = words(of: entry)
      // To go through all of them for each wanted one takes long if both are many.
      let areSorted = ranges.count > Self.fewWords && words.count > Self.fewWords
      if areSorted { words.sort() }
      var score = words.count
      for range in ranges {
        guard let match = Self.match(range, words, areSorted: areSorted) else {
          score = -1
          break
        }
        score += match
      }
      if score >= 0 { body(entries[entry], score) }
    }
  }

  private static let fewWords = 8

  private typealias WordRange = (words: Range<Int>, isWhole: Bool)

  /// The words that begin with one, and whether the first of them is that word itself.
  private func range(of wanted: String) -> WordRange {
    let found = words.words(beginningWith: Array(wanted.utf8))
    return (found, !found.isEmpty && words.text(found.lowerBound) == wanted)
  }

  private func postingCount(_ words: Range<Int>) -> Int {
    words.isEmpty ? 0 : Int(postingStarts[words.upperBound] - postingStarts[words.lowerBound])
  }

  private static func match(_ range: WordRange, _ words: ArraySlice<UInt32>, areSorted: Bool) -> Int? {
    if areSorted {
      let first = words[words.firstSorted { Int($0) >= range.words.lowerBound }...].first.map(Int.init)
      guard let first, range.words.contains(first) else { return nil }
      return range.isWhole && first == range.words.lowerBound ? 0 : beginningScore
    }
    var isFound = false
    for word in words where range.words.contains(Int(word)) {
      if range.isWhole && Int(word) == range.words.lowerBound { return 0 }
      isFound = true
    }
    return isFound ? beginningScore : nil
  }

  private static let beginningScore = 1000

  /// The less the better: wanted words that are only beginnings weigh most, then words that were not wanted.
  private static func score(_ wanted: [String], _ words: [String]) -> Int? {
    if wanted.isEmpty { return nil }
    let words = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var score = words.count
    for word in wanted {
      let first = words[words.firstSorted { !$0.utf8.lexicographicallyPrecedes(word.utf8) }...].first
      guard let first, first.utf8.starts(with: word.utf8) else { return nil }
      if first.utf8.count > word.utf8.count { score += beginningScore }
    }
    return score
  }

  /// Calls `body` with the entries of which the first word is the first of some words, or begins with it where it is the only one,
  /// until it returns false, or so many names were looked at.
  func forEachEntry(beginningWith wanted: [String], effort: Int, _ body: (Entry) -> Bool) {
    guard let first = wanted.first else { return }
    var words = range(of: first).words
    if wanted.count > 1 { words = words.prefix(1) }
    if !words.isEmpty {
      let places = Int(postingStarts[words.lowerBound])..<Int(postingStarts[words.upperBound])
      for place in places.prefix(effort) {
        let entry = Int(postings[place])
        guard self.words(of: entry).first.map({ words.contains(Int($0)) }) == true else { continue }
        if !body(entries[entry]) { return }
      }
    }
    for (entry, words) in recent where words.first?.hasPrefix(first) == true {
      if !body(entry) { return }
    }
  }

  /// The entities, in the order of their numbers.
  var entities: some Sequence<UInt32> { isEntity.indices.lazy.filter { isEntity[$0] }.map { UInt32($0) } }
}

extension RandomAccessCollection where Index == Int {
  /// The first place of which something holds that holds of all places behind it as well.
  fileprivate func firstSorted(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
