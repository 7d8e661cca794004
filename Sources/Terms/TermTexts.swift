/// The names and strings of a dictionary as they were at one moment, for another thread to read while the dictionary grows.
///
/// Making it takes constant time: what the dictionary then adds first goes into memory of its own.
public struct TermTexts: Sendable {
  private let kinds: [TermDictionary.Kind]
  private let payloads: [UInt64]
  private let arena: [UInt8]

  public init(_ terms: TermDictionary) {
    terms.readAll()
    kinds = terms.kinds
    payloads = terms.payloads
    arena = terms.arena
  }

  public var count: Int { payloads.count }

  public func isName(_ term: Term) -> Bool {
    kinds[Int(term.number)] == .name && payloads[Int(term.number)] & UInt64(TermDictionary.longestText) != 0
  }

  /// Gives the UTF-8 bytes of a name or string to a function.
  public func withUTF8<Result>(of term: Term, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result
  {
    try arena.withUnsafeBufferPointer { try body(TermDictionary.bytes(payloads[Int(term.number)], in: $0)) }
  }
}
