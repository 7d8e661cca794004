/// Values that are interned together, so that the waits for memory of one look-up overlap with those of the others: in a
/// large dictionary nearly all the time goes into these.
///
/// The order in which values are added is that in which new ones are numbered. A batch is always interned by the same
/// dictionary.
public struct TermBatch: ~Copyable {
  /// A value that waits.
  @usableFromInline struct Pending {
    /// The bits of a number or date, or where a text begins.
    @usableFromInline var bits: UInt64
    /// The hash of the value; or where it may be noted, first the number by which it would be.
    @usableFromInline var hash: UInt64
    /// Where the term's number goes.
    @usableFromInline var place: Int
    /// The length of a text.
    @usableFromInline var length: UInt32
    @usableFromInline var kind: TermDictionary.Kind
    /// Which of the batch's tables it may be noted in.
    @usableFromInline var table: UInt8
    /// Whether the hash is there, where the value may be noted.
    @usableFromInline var isHashed = false

    @usableFromInline init(
      bits: UInt64, hash: UInt64, place: Int, length: Int, kind: TermDictionary.Kind, table: UInt8 = 0
    ) {
      self.bits = bits
      self.hash = hash
      self.place = place
      self.length = UInt32(truncatingIfNeeded: length)
      self.kind = kind
      self.table = table
    }

    /// Whether a slot has the half of the hash that it holds.
    @inline(__always) func mayBe(_ entry: UInt64) -> Bool {
      UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash)
    }

    @inline(__always) mutating func makeHash() {
      hash = isText ? TermDictionary.hash(text, kind) : TermDictionary.hash(bits, kind)
      isHashed = true
    }

    var isText: Bool { kind == .name || kind == .string }
    var text: UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(bits)), count: Int(length))
    }
  }

  /// What the first slot with a value's hash holds, or 0, and what is known of the term that it leads to.
  private struct Found {
    var entry: UInt64 = 0
    var payload: UInt64 = 0
    var kind = TermDictionary.Kind.name
  }

  @usableFromInline var pending: UnsafeMutableBufferPointer<Pending>
  @usableFromInline var count = 0
  /// Places that get the number of another, once that has it.
  @usableFromInline var copies: [(place: Int, source: Int)] = []
  private let found: UnsafeMutablePointer<Found>
  /// What is known of the terms of integers, and of texts with each of the prefixes, by number: the number of a term + 1, or
  /// 0. The first table is an empty one, for all other values.
  private let tables: UnsafeMutablePointer<UnsafeBufferPointer<UInt32>>
  private var prefixes: [NumberedPrefix] = []
  /// Where among the dictionary's tables those of the prefixes are, as far as they were asked for; `noPlace` where there is
  /// none.
  private var places: [Int] = []
  private static let noPlace = -1

  @usableFromInline let size: Int

  /// How many prefixes there may be.
  public static let mostPrefixes = 16
  @usableFromInline static let integerTable = 1
  @usableFromInline static let firstPrefixTable = 2

  /// How many values are read ahead; what copies another costs no wait.
  public static let usualSize = 64

  /// - Parameter size: how many values make the batch full.
  public init(size: Int = usualSize) {
    self.size = size
    pending = .allocate(capacity: 2 * size)
    found = .allocate(capacity: Self.usualSize)
    found.initialize(repeating: Found(), count: Self.usualSize)
    tables = .allocate(capacity: Self.firstPrefixTable + Self.mostPrefixes)
    tables.initialize(
      repeating: UnsafeBufferPointer(start: nil, count: 0), count: Self.firstPrefixTable + Self.mostPrefixes)
  }

  deinit {
    pending.deallocate()
    found.deallocate()
    tables.deallocate()
  }

  /// Whether so many values wait that they should be interned.
  @inlinable public var isFull: Bool { count >= size || copies.count >= 16 * size }

  /// Adds an integer, whose term's number goes to a place.
  @inlinable public mutating func add(integer: Int64, place: Int) {
    let bits = UInt64(bitPattern: integer)
    add(Pending(bits: bits, hash: bits, place: place, length: 0, kind: .integer, table: UInt8(Self.integerTable)))
  }

  /// Takes over the prefixes of texts that are added by their numbers; what was taken before must be the first of them.
  public mutating func take(_ prefixes: [NumberedPrefix]) {
    if prefixes.count > self.prefixes.count { self.prefixes = prefixes }
  }

  /// Adds a text that begins with one of the prefixes and ends in a number; as ``add(utf8:asName:place:)`` else.
  /// - Parameter prefix: its number among those that were taken.
  @inlinable public mutating func add(
    utf8 text: UnsafeBufferPointer<UInt8>, asName: Bool, number: UInt64, prefix: Int, place: Int
  ) {
    let bits = UInt64(UInt(bitPattern: text.baseAddress))
    let table = UInt8(truncatingIfNeeded: prefix &+ Self.firstPrefixTable)
    add(
      Pending(
        bits: bits, hash: number, place: place, length: text.count, kind: asName ? .name : .string, table: table))
  }

  /// Adds a finite decimal, whose term's number goes to a place.
  public mutating func add(decimal: Double, place: Int) {
    if let integer = Int64(exactly: decimal) { return add(integer: integer, place: place) }
    let bits = decimal.bitPattern
    add(Pending(bits: bits, hash: TermDictionary.hash(bits, .decimal), place: place, length: 0, kind: .decimal))
  }

  /// Adds a date, whose term's number goes to a place.
  public mutating func add(date: DateSpan, place: Int) {
    let hash = TermDictionary.hash(date.bits, .date)
    add(Pending(bits: date.bits, hash: hash, place: place, length: 0, kind: .date))
  }

  /// Adds a name or string in UTF-8 and NFC, which must stay where it is until the batch is interned.
  public mutating func add(utf8 text: UnsafeBufferPointer<UInt8>, asName: Bool, place: Int) {
    let kind: TermDictionary.Kind = asName ? .name : .string
    let bits = UInt64(UInt(bitPattern: text.baseAddress))
    add(Pending(bits: bits, hash: TermDictionary.hash(text, kind), place: place, length: text.count, kind: kind))
  }

  @inlinable mutating func add(_ value: Pending) {
    if count == pending.count { makeRoom() }
    pending.initializeElement(at: count, to: value)
    count += 1
  }

  @usableFromInline mutating func makeRoom() {
    let larger = UnsafeMutableBufferPointer<Pending>.allocate(capacity: 2 * count)
    _ = larger.moveInitialize(fromContentsOf: pending)
    pending.deallocate()
    pending = larger
  }

  /// Adds the value of another place, which came before.
  @inlinable public mutating func add(copyOf source: Int, place: Int) { copies.append((place, source)) }

  /// Forgets the values that were added last, whose places begin at one.
  public mutating func forget(from place: Int) {
    while count > 0, pending[count - 1].place >= place { count -= 1 }
    while let last = copies.last, last.place >= place { copies.removeLast() }
  }

  /// Writes the numbers of those values to their places that have a term already, which then wait no longer. The dictionary
  /// stays as it is, so that several threads may do so at once, each with a batch of its own; all of it must be read
  /// (``TermDictionary/readAll()``).
  public mutating func takeKnown(by terms: TermDictionary, into numbers: UnsafeMutableBufferPointer<UInt32>) {
    openTables(terms, making: false)
    var open = 0
    for start in stride(from: 0, to: count, by: Self.usualSize) {
      let part = UnsafeMutableBufferPointer(rebasing: pending[start..<min(count, start + Self.usualSize)])
      let unnoted = takeNoted(part, terms, into: numbers)
      let others = areNew(unnoted, terms) ? unnoted : takeKnown(unnoted, terms, noting: false, into: numbers)
      for value in others {
        pending[open] = value
        open += 1
      }
    }
    count = open
  }

  /// Interns all that wait, and writes their numbers to their places.
  public mutating func intern(by terms: TermDictionary, into numbers: inout [UInt32]) {
    terms.readAll()
    openTables(terms, making: true)
    numbers.withUnsafeMutableBufferPointer { numbers in
      for start in stride(from: 0, to: count, by: Self.usualSize) {
        let part = UnsafeMutableBufferPointer(rebasing: pending[start..<min(count, start + Self.usualSize)])
        let unnoted = takeNoted(part, terms, into: numbers)
        let others = areNew(unnoted, terms) ? unnoted : takeKnown(unnoted, terms, noting: true, into: numbers)
        for value in others { numbers[value.place] = intern(value, by: terms).number }
      }
      for (place, source) in copies { numbers[place] = numbers[source] }
    }
    count = 0
    copies.removeAll(keepingCapacity: true)
  }

  private func intern(_ value: Pending, by terms: TermDictionary) -> Term {
    if value.kind == .integer { return terms.internInteger(value.bits, hash: value.hash) }
    let table = Int(value.table) - Self.firstPrefixTable
    if table >= 0 && places[table] != Self.noPlace {
      return terms.intern(
        value.text, value.kind, hash: value.hash, number: prefixes[table].number(of: value.text), in: places[table])
    }
    return value.isText
      ? terms.intern(value.text, value.kind, hash: value.hash)
      : terms.internBits(value.bits, value.kind, value.hash)
  }

  /// Finds the dictionary's tables of the prefixes, as far as they are there or may be made.
  private mutating func openTables(_ terms: TermDictionary, making: Bool) {
    while places.count < prefixes.count {
      let place = terms.place(of: prefixes[places.count], making: making)
      if place == nil && !making { return }
      places.append(place ?? Self.noPlace)
    }
  }

  /// Whether some values that are not noted are integers without terms, for which nothing need be looked for.
  private func areNew(_ values: UnsafeMutableBufferPointer<Pending>, _ terms: TermDictionary) -> Bool {
    values.allSatisfy { $0.kind == .integer && terms.isNewUnlessNoted($0.bits) }
  }

  /// Writes the numbers of the values that are noted; returns the others, moved together.
  private func takeNoted(
    _ values: UnsafeMutableBufferPointer<Pending>, _ terms: TermDictionary,
    into numbers: UnsafeMutableBufferPointer<UInt32>
  ) -> UnsafeMutableBufferPointer<Pending> {
    tables[Self.integerTable] = UnsafeBufferPointer(terms.smallIntegers)
    for (index, place) in places.enumerated() where place != Self.noPlace {
      tables[Self.firstPrefixTable + index] = UnsafeBufferPointer(terms.numbered[place].known)
    }
    var open = 0
    // What is noted and what is not no processor could foresee, so there is no branch for it.
    for index in 0..<values.count {
      let table = tables[values[index].isHashed ? 0 : Int(values[index].table)]
      let key = values[index].hash
      let number = key < UInt64(table.count) ? table[Int(truncatingIfNeeded: key)] : 0
      numbers[values[index].place] = number &- 1
      values[open] = values[index]
      open &+= number == 0 ? 1 : 0
    }
    return UnsafeMutableBufferPointer(rebasing: values[..<open])
  }

  /// Writes the numbers of the values that the first slot with their hash leads to, which are nearly all that have a term;
  /// returns the others, moved together.
  /// - Parameter noting: whether values are noted; otherwise those that would be are among the others.
  private func takeKnown(
    _ values: UnsafeMutableBufferPointer<Pending>, _ terms: TermDictionary, noting: Bool,
    into numbers: UnsafeMutableBufferPointer<UInt32>
  ) -> UnsafeMutableBufferPointer<Pending> {
    for index in values.indices where values[index].table != 0 && !values[index].isHashed { values[index].makeHash() }
    find(UnsafeBufferPointer(values), terms)
    return terms.arena.withUnsafeBytes { arena in
      var open = 0
      for index in values.indices {
        let value = values[index]
        let isLeft = !noting && value.table != 0 && isNoted(value, by: terms)
        if !isLeft && Self.isSame(value, found[index], arena) {
          let number = UInt32(truncatingIfNeeded: found[index].entry) - 1
          numbers[value.place] = number
          if noting && value.table != 0 { note(value, Term(number), by: terms) }
        } else {
          values[open] = value
          open += 1
        }
      }
      return UnsafeMutableBufferPointer(rebasing: values[..<open])
    }
  }

  /// Whether a value would be noted once its term is known.
  private func isNoted(_ value: Pending, by terms: TermDictionary) -> Bool {
    let table = Int(value.table) - Self.firstPrefixTable
    if table < 0 { return terms.isNoted(value.bits) }
    guard table < places.count else { return true }
    return places[table] != Self.noPlace && terms.isNoted(prefixes[table].number(of: value.text), in: places[table])
  }

  /// Notes the term of a value of one of the tables.
  @inline(__always) private func note(_ value: Pending, _ term: Term, by terms: TermDictionary) {
    let table = Int(value.table) - Self.firstPrefixTable
    if table >= 0 {
      if places[table] != Self.noPlace {
        terms.note(prefixes[table].number(of: value.text), term, in: places[table])
      }
    } else {
      terms.noteSmall(value.bits, term)
    }
  }

  /// Two rounds of reads that do not depend on one another: of the slots, and of the terms that they lead to.
  private func find(_ values: UnsafeBufferPointer<Pending>, _ terms: TermDictionary) {
    terms.slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      for index in values.indices { found[index].entry = slots[Int(truncatingIfNeeded: values[index].hash) & mask] }
      terms.payloads.withUnsafeBufferPointer { payloads in
        terms.kinds.withUnsafeBufferPointer { kinds in
          for index in values.indices {
            var entry = found[index].entry
            var slot = Int(truncatingIfNeeded: values[index].hash)
            // The slots behind the first one came with it.
            while entry != 0 && !values[index].mayBe(entry) {
              slot &+= 1
              entry = slots[slot & mask]
            }
            found[index].entry = entry
            if entry == 0 { continue }
            let number = Int(UInt32(truncatingIfNeeded: entry)) - 1
            found[index].payload = payloads[number]
            found[index].kind = kinds[number]
          }
        }
      }
    }
  }

  /// Whether a value is that of a term that was found. The texts of one value after another are waited for together.
  @inline(__always) private static func isSame(
    _ value: Pending, _ found: Found, _ arena: UnsafeRawBufferPointer
  ) -> Bool {
    guard found.entry != 0, found.kind == value.kind else { return false }
    if !value.isText { return found.payload == value.bits }
    guard TermDictionary.length(found.payload) == Int(value.length) else { return false }
    guard let text = value.text.baseAddress, let start = arena.baseAddress else { return value.length == 0 }
    return TermDictionary.isEqual(start + Int(found.payload >> 28), text, Int(value.length))
  }
}
