/// Values that are interned together, so that the waits for memory of one look-up overlap with those of the others: in a
/// large dictionary nearly all the time goes into these.
///
/// The order in which values are added is that in which new ones are numbered.
public struct TermBatch: ~Copyable {
  private struct Pending {
    var kind: TermDictionary.Kind
    /// The bits of a number, or the length of a text.
    var bits: UInt64
    var text: UnsafePointer<UInt8>?
    var hash: UInt64
    /// What the first slot held, and what its term is: read ahead of time.
    var entry: UInt64 = 0
    var payload: UInt64 = 0
    var found = TermDictionary.Kind.name
    var firstByte: UInt8 = 0
    /// Where the number goes.
    var place: Int
  }

  private var pending: UnsafeMutableBufferPointer<Pending>
  private var count = 0
  /// Places that get the number of another, once that has it.
  private var copies: [(place: Int, source: Int)] = []

  private let size: Int

  /// How many values are read ahead; what copies another costs no wait.
  public static let usualSize = 64

  /// - Parameter size: how many values make the batch full.
  public init(size: Int = usualSize) {
    self.size = size
    pending = .allocate(capacity: 2 * size)
  }

  deinit { pending.deallocate() }

  /// Whether so many values wait that they should be interned.
  public var isFull: Bool { count >= size || copies.count >= 16 * size }

  /// Adds an integer, whose term's number goes to a place.
  @inline(__always) public mutating func add(integer: Int64, place: Int) {
    add(UInt64(bitPattern: integer), .integer, place)
  }

  /// Adds a date, whose term's number goes to a place.
  @inline(__always) public mutating func add(date: DateSpan, place: Int) { add(date.bits, .date, place) }

  private mutating func add(_ bits: UInt64, _ kind: TermDictionary.Kind, _ place: Int) {
    add(Pending(kind: kind, bits: bits, text: nil, hash: TermDictionary.hash(bits, kind), place: place))
  }

  /// Adds a name or string in UTF-8 and NFC, which must stay where it is until the batch is interned.
  @inline(__always) public mutating func add(utf8 text: UnsafeBufferPointer<UInt8>, asName: Bool, place: Int) {
    let kind: TermDictionary.Kind = asName ? .name : .string
    add(
      Pending(
        kind: kind, bits: UInt64(text.count), text: text.baseAddress, hash: TermDictionary.hash(text, kind),
        place: place))
  }

  @inline(__always) private mutating func add(_ value: Pending) {
    if count == pending.count { makeRoom() }
    pending.initializeElement(at: count, to: value)
    count += 1
  }

  private mutating func makeRoom() {
    let larger = UnsafeMutableBufferPointer<Pending>.allocate(capacity: 2 * count)
    _ = larger.moveInitialize(fromContentsOf: pending)
    pending.deallocate()
    pending = larger
  }

  /// Adds the value of another place, which came before.
  @inline(__always) public mutating func add(copyOf source: Int, place: Int) { copies.append((place, source)) }

  /// Forgets the values that were added last, whose places begin at one.
  public mutating func forget(from place: Int) {
    while count > 0, pending[count - 1].place >= place { count -= 1 }
    while let last = copies.last, last.place >= place { copies.removeLast() }
  }

  /// Interns all that wait, and writes their numbers to their places.
  public mutating func intern(by terms: TermDictionary, into numbers: inout [UInt32]) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      for start in stride(from: 0, to: count, by: Self.usualSize) {
        let end = min(count, start + Self.usualSize)
        let open = takeSmallIntegers(from: start, to: end, terms, into: numbers)
        readAhead(from: start, to: open, terms)
        for index in start..<open {
          let value = pending[index]
          let term =
            value.kind == .name || value.kind == .string
            ? terms.intern(UnsafeBufferPointer(start: value.text, count: Int(value.bits)), value.kind, hash: value.hash)
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

  /// Writes the numbers of the integers that are noted, and moves the other values of a part together; returns their end.
  private func takeSmallIntegers(
    from start: Int, to end: Int, _ terms: TermDictionary, into numbers: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    terms.smallIntegers.withUnsafeBufferPointer { small in
      var open = start
      for index in start..<end {
        let bits = pending[index].bits
        if pending[index].kind == .integer && bits < UInt64(small.count), case let number = small[Int(bits)],
          number != 0
        {
          numbers[pending[index].place] = number - 1
        } else {
          if open != index { pending[open] = pending[index] }
          open += 1
        }
      }
      return open
    }
  }

  /// Three rounds of reads that do not depend on one another.
  private func readAhead(from start: Int, to end: Int, _ terms: TermDictionary) {
    terms.slots.withUnsafeBufferPointer { slots in
      for index in start..<end {
        pending[index].entry = slots[Int(truncatingIfNeeded: pending[index].hash) & (slots.count - 1)]
      }
    }
    terms.payloads.withUnsafeBufferPointer { payloads in
      for index in start..<end where pending[index].entry != 0 {
        let number = Int(UInt32(truncatingIfNeeded: pending[index].entry)) - 1
        pending[index].payload = payloads[number]
        pending[index].found = terms.kinds[number]
      }
    }
    terms.arena.withUnsafeBufferPointer { arena in
      for index in start..<end where pending[index].text != nil {
        let offset = Int(pending[index].payload >> 28)
        if offset < arena.count { pending[index].firstByte = arena[offset] }
      }
    }
  }
}
