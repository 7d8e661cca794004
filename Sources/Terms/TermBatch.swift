/// Values that are interned together, so that the waits for memory of one look-up overlap with those of the others: in a
/// large dictionary nearly all the time goes into these.
///
/// The order in which values are added is that in which new ones are numbered.
public struct TermBatch: ~Copyable {
  /// A value that waits.
  @usableFromInline struct Pending {
    /// The bits of a number or date, or where a text begins.
    @usableFromInline var bits: UInt64
    /// Of an integer only where it is not noted.
    @usableFromInline var hash: UInt64
    /// Where the term's number goes.
    @usableFromInline var place: Int
    /// The length of a text.
    @usableFromInline var length: UInt32
    @usableFromInline var kind: TermDictionary.Kind

    @usableFromInline init(bits: UInt64, hash: UInt64, place: Int, length: Int, kind: TermDictionary.Kind) {
      self.bits = bits
      self.hash = hash
      self.place = place
      self.length = UInt32(truncatingIfNeeded: length)
      self.kind = kind
    }

    /// Whether a slot has the half of the hash that it holds.
    @inline(__always) func mayBe(_ entry: UInt64) -> Bool {
      UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash)
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

  @usableFromInline let size: Int

  /// How many values are read ahead; what copies another costs no wait.
  public static let usualSize = 64

  /// - Parameter size: how many values make the batch full.
  public init(size: Int = usualSize) {
    self.size = size
    pending = .allocate(capacity: 2 * size)
    found = .allocate(capacity: Self.usualSize)
    found.initialize(repeating: Found(), count: Self.usualSize)
  }

  deinit {
    pending.deallocate()
    found.deallocate()
  }

  /// Whether so many values wait that they should be interned.
  @inlinable public var isFull: Bool { count >= size || copies.count >= 16 * size }

  /// Adds an integer, whose term's number goes to a place.
  @inlinable public mutating func add(integer: Int64, place: Int) {
    add(Pending(bits: UInt64(bitPattern: integer), hash: 0, place: place, length: 0, kind: .integer))
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
    var open = 0
    for start in stride(from: 0, to: count, by: Self.usualSize) {
      let part = UnsafeMutableBufferPointer(rebasing: pending[start..<min(count, start + Self.usualSize)])
      let others = takeKnown(takeNoted(part, terms, into: numbers), terms, noting: false, into: numbers)
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
    numbers.withUnsafeMutableBufferPointer { numbers in
      for start in stride(from: 0, to: count, by: Self.usualSize) {
        let part = UnsafeMutableBufferPointer(rebasing: pending[start..<min(count, start + Self.usualSize)])
        let others = takeNoted(part, terms, into: numbers)
        for value in takeKnown(others, terms, noting: true, into: numbers) {
          let term =
            value.isText
            ? terms.intern(value.text, value.kind, hash: value.hash)
            : terms.internBits(value.bits, value.kind, value.hash)
          numbers[value.place] = term.number
          if value.kind == .integer { terms.noteSmall(value.bits, term) }
        }
      }
      for (place, source) in copies { numbers[place] = numbers[source] }
    }
    count = 0
    copies.removeAll(keepingCapacity: true)
  }

  /// Writes the numbers of the integers that are noted; returns the other values, moved together.
  private func takeNoted(
    _ values: UnsafeMutableBufferPointer<Pending>, _ terms: TermDictionary,
    into numbers: UnsafeMutableBufferPointer<UInt32>
  ) -> UnsafeMutableBufferPointer<Pending> {
    terms.smallIntegers.withUnsafeBufferPointer { small in
      var open = 0
      for index in values.indices {
        let value = values[index]
        if value.kind == .integer && value.bits < UInt64(small.count), case let number = small[Int(value.bits)],
          number != 0
        {
          numbers[value.place] = number - 1
          continue
        }
        values[open] = value
        if value.kind == .integer { values[open].hash = TermDictionary.hash(value.bits, .integer) }
        open += 1
      }
      return UnsafeMutableBufferPointer(rebasing: values[..<open])
    }
  }

  /// Writes the numbers of the values that the first slot with their hash leads to, which are nearly all that have a term;
  /// returns the others, moved together.
  /// - Parameter noting: whether integers are noted; otherwise those that would be are among the others.
  private func takeKnown(
    _ values: UnsafeMutableBufferPointer<Pending>, _ terms: TermDictionary, noting: Bool,
    into numbers: UnsafeMutableBufferPointer<UInt32>
  ) -> UnsafeMutableBufferPointer<Pending> {
    find(UnsafeBufferPointer(values), terms)
    return terms.arena.withUnsafeBytes { arena in
      var open = 0
      for index in values.indices {
        let value = values[index]
        let isLeft = !noting && value.kind == .integer && terms.isNoted(value.bits)
        if !isLeft && Self.isSame(value, found[index], arena) {
          let number = UInt32(truncatingIfNeeded: found[index].entry) - 1
          numbers[value.place] = number
          if noting && value.kind == .integer { terms.noteSmall(value.bits, Term(number)) }
        } else {
          values[open] = value
          open += 1
        }
      }
      return UnsafeMutableBufferPointer(rebasing: values[..<open])
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
