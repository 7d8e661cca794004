import Glibc

/// The terms of the texts with one prefix that were interned lately, by the numbers in which the texts end.
///
/// Bare memory, which the dictionary frees, so that no reference is counted for a term.
struct NumberedTerms {
  let prefix: NumberedPrefix
  /// By number, that of a term + 1; 0 where the hash table is to be asked.
  fileprivate(set) var known = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)

  /// How many numbers there is room for once there is for one.
  fileprivate func room(for number: Int) -> Int {
    var size = max(256, known.count)
    while size <= number { size *= 2 }
    return size
  }

  fileprivate mutating func makeRoom(for number: Int) { known.grow(to: room(for: number)) }
}

extension UnsafeMutableBufferPointer<UInt32> {
  /// Moves the numbers to memory for more, to be freed by `free`. The others are 0, and the system gives no more of it than is
  /// written to.
  mutating func grow(to size: Int) {
    guard let memory = calloc(size, MemoryLayout<UInt32>.stride) else {
      fatalError("internal error: no memory for the terms of numbers")
    }
    let larger = Self(start: memory.bindMemory(to: UInt32.self, capacity: size), count: size)
    _ = larger.update(fromContentsOf: self)
    free(baseAddress)
    self = larger
  }
}

extension TermDictionary {
  /// The place among the tables of that for a prefix; `nil` where there is none and may be none, or are too many.
  func place(of prefix: NumberedPrefix, making: Bool) -> Int? {
    if let known = numbered.firstIndex(where: { $0.prefix == prefix }) { return known }
    guard making, numbered.count < Self.mostPrefixes else { return nil }
    numbered.append(NumberedTerms(prefix: prefix))
    return numbered.count - 1
  }

  private static let mostPrefixes = 64

  /// The term of a name or string that ends in a number, where it is noted by that.
  func notedTerm(of text: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Term? {
    guard let last = text.last, last &- 0x30 < 10, let prefix = NumberedPrefix(of: text, isName: kind == .name),
      let place = place(of: prefix, making: false)
    else { return nil }
    return notedTerm(prefix.number(of: text), in: place)
  }

  @inline(__always) func notedTerm(_ number: Int, in place: Int) -> Term? {
    let known = numbered[place].known
    return number < known.count && known[number] != 0 ? Term(known[number] - 1) : nil
  }

  /// Whether a term is noted by its number in a table: not where the tables would grow out of proportion to the terms.
  @inline(__always) func isNoted(_ number: Int, in place: Int) -> Bool {
    number < numbered[place].known.count || hasRoom(for: number, in: place)
  }

  private func hasRoom(for number: Int, in place: Int) -> Bool {
    let table = numbered[place]
    return number < 2 * count
      && notedCount - table.known.count + table.room(for: number) <= 4 * count + Self.fewestSlots
  }

  /// How many numbers the tables have room for.
  var notedCount: Int { numbered.reduce(0) { $0 + $1.known.count } }

  /// The term of a text that ends in a number and is not noted yet, or was by now. Where it is new and can be noted, the hash
  /// table does without it: to put it there is a wait for memory, and nobody will look for it there.
  func intern(
    _ text: UnsafeBufferPointer<UInt8>, _ kind: Kind, hash: UInt64, number: Int, in place: Int
  ) -> Term {
    if let noted = notedTerm(number, in: place) { return noted }
    let term = intern(
      kind, hash, at: slot(of: text, kind, hash), isNoted: isNoted(number, in: place), payload: { addText(text) })
    note(number, term, in: place)
    return term
  }

  /// The same for an integer by its bits.
  /// - Parameter hash: is not looked at where ``isNewUnlessNoted(_:)`` holds.
  func internInteger(_ bits: UInt64, hash: UInt64) -> Term {
    if let noted = notedTerm(ofInteger: bits) { return noted }
    let term =
      isNewUnlessNoted(bits)
      ? appendUnindexed(.integer, bits)
      : intern(.integer, hash, at: slot(of: bits, .integer, hash), isNoted: isNoted(bits), payload: { bits })
    noteSmall(bits, term)
    return term
  }

  /// Makes the terms of the integers of a bitmap, new ones numbered by their size, and notes all.
  /// - Returns: what has to be added to each integer for its term's number, by words that overflow; `nil` where it differs.
  public func internIntegers(_ words: UnsafeBufferPointer<UInt64>) -> UInt32? {
    guard let last = words.lastIndex(where: { $0 != 0 }) else { return nil }
    if last * 64 + 63 >= smallIntegers.count { makeRoomForSmall(last * 64 + 63) }
    if hasNotedAll { appendIntegers(words.prefix(Int(Self.alwaysNoted / 64))) }
    var distance: UInt32?
    var differs = false
    Self.forEachInteger(words[...]) { integer in
      let term = notedTerm(ofInteger: integer) ?? internInteger(integer, hash: Self.hash(integer, .integer))
      let own = term.number &- UInt32(truncatingIfNeeded: integer)
      differs = differs || own != distance ?? own
      distance = own
    }
    return differs ? nil : distance
  }

  /// Makes the terms of all integers of a bitmap that are not noted, none of which has one.
  private func appendIntegers(_ words: Slice<UnsafeBufferPointer<UInt64>>) {
    var new: [UInt64] = []
    Self.forEachInteger(words) { if smallIntegers[Int($0)] == 0 { new.append($0) } }
    for (place, integer) in new.enumerated() { smallIntegers[Int(integer)] = UInt32(payloads.count + place + 1) }
    payloads.append(contentsOf: new)
    kinds.append(contentsOf: repeatElement(.integer, count: new.count))
    unindexed += new.count
  }

  @inline(__always) private static func forEachInteger(
    _ words: Slice<UnsafeBufferPointer<UInt64>>, _ body: (UInt64) -> Void
  ) {
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        body(UInt64(index * 64 + rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
  }

  /// The term that a slot leads to, or a new one, which goes there unless it is to be noted.
  @inline(__always) private func intern(
    _ kind: Kind, _ hash: UInt64, at slot: Int, isNoted: Bool, payload: () -> UInt64
  ) -> Term {
    if let known = term(at: slot) { return known }
    if !isNoted { return append(kind, payload(), hash, at: slot) }
    return appendUnindexed(kind, payload())
  }

  /// Adds a term that is to be noted, and that the hash table does without.
  @inline(__always) private func appendUnindexed(_ kind: Kind, _ payload: UInt64) -> Term {
    unindexed += 1
    return append(kind, payload)
  }

  /// Notes a term by its number in a table, unless that is too large.
  @inline(__always) func note(_ number: Int, _ term: Term, in place: Int) {
    guard isNoted(number, in: place) else { return }
    if number >= numbered[place].known.count { numbered[place].makeRoom(for: number) }
    numbered[place].known[number] = term.number + 1
  }
}
