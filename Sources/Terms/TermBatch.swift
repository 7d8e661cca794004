/// Values that are interned together, so that the waits for memory of one look-up overlap with those of the others: in a
/// large dictionary nearly all the time goes into these.
///
/// The order in which values are added is that in which new ones are numbered.
public struct TermBatch {
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

  private let terms: TermDictionary
  private var pending: [Pending] = []

  /// How many values make a batch.
  public static let size = 64

  public init(_ terms: TermDictionary) {
    self.terms = terms
    pending.reserveCapacity(2 * Self.size)
  }

  /// How many values wait.
  public var count: Int { pending.count }

  /// Adds an integer, whose term's number goes to a place.
  @inline(__always) public mutating func add(integer: Int64, place: Int) {
    let bits = UInt64(bitPattern: integer)
    pending.append(
      Pending(kind: .integer, bits: bits, text: nil, hash: TermDictionary.hash(bits, .integer), place: place))
  }

  /// Adds a name or string in UTF-8 and NFC, which must stay where it is until the batch is interned.
  @inline(__always) public mutating func add(utf8 text: UnsafeBufferPointer<UInt8>, asName: Bool, place: Int) {
    let kind: TermDictionary.Kind = asName ? .name : .string
    pending.append(
      Pending(
        kind: kind, bits: UInt64(text.count), text: text.baseAddress, hash: TermDictionary.hash(text, kind),
        place: place))
  }

  /// Forgets the last values that were added, so that so many are left.
  public mutating func truncate(to count: Int) { pending.removeLast(pending.count - count) }

  /// Interns all that wait, and writes their numbers to their places.
  public mutating func intern(into numbers: inout [UInt32]) {
    readAhead()
    for value in pending {
      let term =
        value.kind == .integer
        ? terms.internBits(value.bits, .integer, value.hash)
        : terms.intern(UnsafeBufferPointer(start: value.text, count: Int(value.bits)), value.kind, hash: value.hash)
      numbers[value.place] = term.number
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Three rounds of reads that do not depend on one another.
  private mutating func readAhead() {
    pending.withUnsafeMutableBufferPointer { pending in
      terms.slots.withUnsafeBufferPointer { slots in
        for index in pending.indices {
          pending[index].entry = slots[Int(truncatingIfNeeded: pending[index].hash) & (slots.count - 1)]
        }
      }
      terms.payloads.withUnsafeBufferPointer { payloads in
        for index in pending.indices where pending[index].entry != 0 {
          let number = Int(UInt32(truncatingIfNeeded: pending[index].entry)) - 1
          pending[index].payload = payloads[number]
          pending[index].found = terms.kinds[number]
        }
      }
      terms.arena.withUnsafeBufferPointer { arena in
        for index in pending.indices where pending[index].text != nil {
          let offset = Int(pending[index].payload >> 28)
          if offset < arena.count { pending[index].firstByte = arena[offset] }
        }
      }
    }
  }
}
