import Terms

/// The number of an interned set of annotations in ``AnnotationSets``; 0 is the empty set.
public struct AnnotationSet: Hashable, Sendable {
  public let number: UInt32
  public init(_ number: UInt32) { self.number = number }
  public static let empty = AnnotationSet(0)
}

/// The distinct sets of annotations of a graph, each stored once: `{source: record, line: 19}` serves many statements.
public final class AnnotationSets {
  /// A key with its value, both as terms; the key is a name.
  public struct Entry: Hashable, Sendable {
    public var key: Term
    public var value: Term
    public init(key: Term, value: Term) {
      self.key = key
      self.value = value
    }
  }

  private var sets: [[Entry]] = [[]]
  private var numbers: [[Entry]: UInt32] = [[]: 0]
  /// The keys that any of the sets has.
  public private(set) var keys: Set<Term> = []

  public var count: Int { sets.count }

  /// The set of the given entries, of which each key may occur once; their order is kept but does not matter.
  public func intern(_ entries: [Entry]) -> AnnotationSet {
    let sorted = entries.sorted { $0.key.number < $1.key.number }
    if let number = numbers[sorted] { return AnnotationSet(number) }
    let number = UInt32(sets.count)
    sets.append(entries)
    numbers[sorted] = number
    for entry in entries { keys.insert(entry.key) }
    return AnnotationSet(number)
  }

  /// Takes all sets over from another table, which is empty afterwards. This one must be empty. Constant time.
  func takeSets(from other: AnnotationSets) {
    (sets, numbers, keys) = (other.sets, other.numbers, other.keys)
    (other.sets, other.numbers, other.keys) = ([[]], [[]: 0], [])
  }

  public func entries(_ set: AnnotationSet) -> [Entry] { sets[Int(set.number)] }

  public func value(of key: Term, in set: AnnotationSet) -> Term? {
    sets[Int(set.number)].first { $0.key == key }?.value
  }
}
