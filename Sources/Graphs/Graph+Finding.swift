import Relations
import Terms
import Threads

/// Looking entities up by their names.
extension Graph {
  private var nameIndex: NameIndex {
    provideNames()
    if namesInMaking != nil { takeNames() }
    if let names { return names }
    // It stays, so that it must have all names.
    let index = Pace.uninterrupted { NameIndex(NameList(self)) }
    names = index
    return index
  }

  /// Whether looking for a name will find an index to look in.
  public var isNameIndexReady: Bool {
    if namesInMaking?.index.isDone == true { takeNames() }
    return names != nil
  }

  /// Begins to make the index in which names are looked up, on a thread of its own, unless it is there; whether that is
  /// begun. What comes first is linear in the graph: it is left where it is not wanted any more, and gone on with the next
  /// time.
  @discardableResult
  public func prepareNames(while isWanted: () -> Bool = { true }) -> Bool {
    provideNames()
    if names != nil || namesInMaking != nil { return true }
    var gathered = namesGathered?.version == version ? namesGathered?.list : nil
    namesGathered = nil
    var list = gathered.take() ?? NameList(emptyFor: self)
    if list.goOn(self, while: isWanted) {
      namesInMaking = NameIndexing(list).map { ($0, []) }
      return true
    }
    namesGathered = (version, list)
    return false
  }

  private func takeNames() {
    guard let made = namesInMaking else { return }
    namesInMaking = nil
    names = made.index.finish()
    for (isName, tuple) in made.since { tuple.withUnsafeBufferPointer { noteName($0, isName) } }
  }

  func forgetNames() {
    names = nil
    namesInMaking = nil
    namesGathered = nil
  }

  /// Notes a fact in the index of names.
  func noteName(_ relation: StoredRelation, _ tuple: UnsafeBufferPointer<UInt32>) {
    noteName(tuple, Self.isNameRelation(relation.name))
  }

  private func noteName(_ tuple: UnsafeBufferPointer<UInt32>, _ isName: Bool) {
    if namesInMaking != nil {
      namesInMaking?.since.append((isName, Array(tuple)))
      if namesInMaking?.since.count == NameIndex.mostNoted { namesInMaking = nil }
    } else if names?.note(tuple, isName: isName, terms) == false {
      names = nil
    }
  }

  /// Whether an entity still has a name that the index knows.
  private func holds(_ entry: NameIndex.Entry) -> Bool {
    if entry.isOwn { return !doubtfulNames.contains(entry.name) || speaksOf(terms.value(Term(entry.name)).plainText) }
    let tuple = [entry.entity, entry.name]
    return Self.nameRelations.contains {
      relations[$0]?.facts.contains(tuple) == true || derivedNames[$0]?.contains(tuple) == true
    }
  }

  /// The entities that bear a name: exactly, or where none does, without regard to case and diacritics.
  public func entities(named name: String) -> [Term] {
    if let term = terms.find(.string(name)) {
      var exact: [Term] = []
      for rows in Self.nameRelations.flatMap(nameRows) {
        rows.index([1, 0]).set(level: 1, node: term.number).forEachNumber { entity in
          if !exact.contains(Term(entity)) { exact.append(Term(entity)) }
          return true
        }
      }
      if !exact.isEmpty { return exact }
    }
    let folded = Text.fold(name)
    let words = Text.words(name)
    if words.isEmpty { return bearers(folded) }
    return nameIndex.find(words, limit: .max) { [self] entry in
      !entry.isOwn && Text.fold(terms.value(Term(entry.name)).plainText) == folded && holds(entry)
    }
  }

  /// The entities with a label or an alias that is folded so, found by looking at all of them.
  private func bearers(_ folded: String) -> [Term] {
    var found: [Term] = []
    for rows in Self.nameRelations.flatMap(nameRows) {
      rows.forEachTuple { tuple in
        let isMeant = Text.fold(terms.value(Term(tuple[1])).plainText) == folded
        if isMeant && !found.contains(Term(tuple[0])) { found.append(Term(tuple[0])) }
        return true
      }
    }
    return found
  }

  /// The entities one of whose names has a word that begins with each of the given words, best first: whole words
  /// before beginnings, short names before long ones.
  /// - Parameter effort: how many names that have the rarest of the words are looked at.
  public func find(_ words: String, limit: Int = .max, effort: Int = .max) -> [Term] {
    nameIndex.find(Text.words(words), limit: limit, effort: effort, holds: holds)
  }

  /// Calls `body` with the bytes of the labels and aliases of all entities, in no order, until the pace is told to end.
  public func forEachName(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for rows in Self.nameRelations.flatMap(nameRows) {
      rows.forEachTuple { tuple in
        guard pace.goesOn(after: Self.stepsOfName) else { return false }
        terms.withUTF8(of: Term(tuple[1]), body)
        return true
      }
    }
  }

  /// Calls `body` with each entity that has a label or an alias, and that name, in no order, until the pace is told to end.
  public func forEachBearer(_ body: (_ entity: Term, _ name: Term) -> Void) {
    for rows in Self.nameRelations.flatMap(nameRows) {
      rows.forEachTuple { tuple in
        guard pace.goesOn(after: Self.stepsOfName) else { return false }
        body(Term(tuple[0]), Term(tuple[1]))
        return true
      }
    }
  }

  /// Calls `body` with the bytes of all names by which the graph refers to something or did once, in no order, until the pace is
  /// told to end.
  public func forEachTermName(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for number in 0..<UInt32(terms.count) where pace.goesOn() {
      guard terms.isName(Term(number)), pace.goesOn(after: Self.stepsOfName) else { continue }
      terms.withUTF8(of: Term(number), body)
    }
  }

  /// Calls `body` with each word of all names, folded, in no order, until the pace is told to end.
  public func forEachNameWord(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    nameIndex.forEachWord {
      guard pace.goesOn(after: Self.stepsOfName) else { return false }
      body($0)
      return true
    }
  }

  private static let stepsOfName = 4

  /// The names of the entities that begin with a prefix, in the order of their bytes; where there are more than `limit`,
  /// some of them.
  /// - Parameter effort: how many names that begin so are looked at.
  public func entityNames(prefix: String, limit: Int = .max, effort: Int = .max) -> [String] {
    var found: Set<String> = []
    func take(_ entry: NameIndex.Entry) -> Bool {
      guard entry.isOwn, holds(entry) else { return true }
      let name = terms.value(Term(entry.name)).plainText
      if name.utf8.starts(with: prefix.utf8) { found.insert(name) }
      return found.count < limit
    }
    let words = Text.words(prefix)
    if words.isEmpty {
      _ = nameIndex.entities.allSatisfy { take(NameIndex.Entry(entity: $0, name: $0)) }
    } else {
      nameIndex.forEachEntry(beginningWith: words, effort: effort, take)
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Names that begin with a prefix, most of them of entities, found without an index among as many as can be looked at in
  /// some seconds; for as long as ``isNameIndexReady`` is false.
  public func namesWithoutIndex(prefix: String, limit: Int, seconds: Double) -> [Term] {
    let end = MonotonicTime.nanoseconds + Int(seconds * 1e9)
    var found: [Term] = []
    for number in 0..<UInt32(terms.count) where found.count < limit {
      if number & 0xFFF == 0xFFF, MonotonicTime.nanoseconds > end { break }
      let term = Term(number)
      if terms.isName(term), terms.withUTF8(of: term, { $0.starts(with: prefix.utf8) }) { found.append(term) }
    }
    return found
  }
}
