import Terms

/// The number of an interned set of annotations in ``AnnotationSets``; 0 is the empty set.
public struct AnnotationSet: Hashable, Sendable {
  public let number: UInt32
  public init(_ number: UInt32) { self.number = number }
  public static let empty = AnnotationSet(0)
}

/// The distinct sets of annotations of a graph, each stored once: `{source: record, line: 19}` serves many statements.
///
/// The entries of all sets lie one behind the other; what finds a set by its entries is made when one is first added.
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

  /// Where the entries of each set begin, and behind the last one where they end.
  private var starts: [UInt32] = [0, 0]
  private var allEntries: [Entry] = []
  private var numbers: [[Entry]: UInt32]?
  private var knownKeys: Set<Term> = []
  /// Reads the sets from a store, in which they still lie.
  private var supply: (() -> AnnotationSets)?

  /// - Parameter starts: where the entries of each set begin, and behind the last one where they end; the first set is the
  ///   empty one. No two sets are the same, and none has a key twice.
  public init(starts: [UInt32] = [0, 0], entries: [Entry] = []) {
    self.starts = starts
    allEntries = entries
    noteKeys()
  }

  /// Sets that are read from a store when any of them is first asked for.
  public init(from supply: @escaping () -> AnnotationSets) { self.supply = supply }

  /// Reads the sets that still lie in a store; nothing where there is none.
  public func provide() {
    guard let supply else { return }
    self.supply = nil
    takeSets(from: supply())
  }

  public var count: Int {
    provide()
    return starts.count - 1
  }

  /// The keys that any of the sets has.
  public var keys: Set<Term> {
    provide()
    return knownKeys
  }

  /// The set of the given entries, of which each key may occur once; their order is kept but does not matter.
  public func intern(_ entries: [Entry]) -> AnnotationSet {
    if entries.isEmpty { return .empty }
    provide()
    if numbers == nil { indexSets() }
    let sorted = Self.sorted(entries)
    if let number = numbers?[sorted] { return AnnotationSet(number) }
    let number = UInt32(count)
    allEntries += entries
    starts.append(UInt32(allEntries.count))
    numbers?[sorted] = number
    for entry in entries { knownKeys.insert(entry.key) }
    return AnnotationSet(number)
  }

  private static func sorted(_ entries: some Sequence<Entry>) -> [Entry] {
    entries.sorted { $0.key.number < $1.key.number }
  }

  private func indexSets() {
    var numbers: [[Entry]: UInt32] = [:]
    numbers.reserveCapacity(count)
    for number in 0..<UInt32(count) { numbers[Self.sorted(entries(AnnotationSet(number)))] = number }
    self.numbers = numbers
  }

  /// Entries with the same key mostly follow one another at a constant distance, so the last two are remembered.
  private func noteKeys() {
    var recent: (Term?, Term?)
    for entry in allEntries where entry.key != recent.0 && entry.key != recent.1 {
      knownKeys.insert(entry.key)
      recent = (recent.1, entry.key)
    }
  }

  /// Takes all sets over from another table, which is empty afterwards. This one must be empty. Constant time.
  func takeSets(from other: AnnotationSets) {
    (starts, allEntries, numbers, knownKeys) = (other.starts, other.allEntries, other.numbers, other.knownKeys)
    (other.starts, other.allEntries, other.numbers, other.knownKeys) = ([0, 0], [], nil, [])
    (supply, other.supply) = (other.supply, nil)
  }

  public func entries(_ set: AnnotationSet) -> ArraySlice<Entry> {
    provide()
    return allEntries[Int(starts[Int(set.number)])..<Int(starts[Int(set.number) + 1])]
  }

  public func value(of key: Term, in set: AnnotationSet) -> Term? { entries(set).first { $0.key == key }?.value }

  /// What is wrong with the sets; `nil` where all is well. Linear.
  func checkInvariants(terms: Int) -> String? {
    provide()
    if starts.first != 0 || starts.count < 2 || starts[1] != 0 { return "the first set is not the empty one" }
    if Int(starts[count]) != allEntries.count { return "\(allEntries.count) entries are \(starts[count]) of the sets" }
    if zip(starts, starts.dropFirst()).contains(where: { $0 > $1 }) { return "a set ends before it begins" }
    if let entry = allEntries.first(where: { $0.key.number >= terms || $0.value.number >= terms }) {
      return "the entry of \(entry.key.number) and \(entry.value.number) speaks of no term"
    }
    if Set(allEntries.map(\.key)) != keys { return "the keys are not those of the entries" }
    if let numbers, numbers.count != count { return "\(numbers.count) of \(count) sets are found by their entries" }
    return areDistinct ? nil : "two sets are the same, or one has a key twice"
  }

  /// Whether each set is another than all before it, and has each key once.
  public var areDistinct: Bool {
    var seen: Set<[Entry]> = []
    return (0..<UInt32(count)).allSatisfy { number in
      let entries = entries(AnnotationSet(number))
      return Set(entries.map(\.key)).count == entries.count && seen.insert(Self.sorted(entries)).inserted
    }
  }
}
