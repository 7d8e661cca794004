extension TermDictionary {
  /// What is wrong with the dictionary; `nil` where all is well. Linear; each text is hashed.
  public func checkInvariants() -> String? {
    readAll()
    if kinds.count != payloads.count { return "\(kinds.count) terms have a kind and \(payloads.count) a value" }
    if slots.count != mask + 1 { return "the index has \(slots.count) slots, and is searched as if it had \(mask + 1)" }
    for (integer, number) in smallIntegers.enumerated() where number != 0 {
      let index = Int(number) - 1
      guard index < payloads.count, kinds[index] == .integer, payloads[index] == UInt64(integer) else {
        return "the integer \(integer) is noted as the term \(index)"
      }
    }
    for (number, (kind, bits)) in zip(kinds, payloads).enumerated() where kind == .integer && isNewUnlessNoted(bits) {
      guard notedTerm(ofInteger: bits)?.number == UInt32(number) else { return "the integer \(bits) is not noted" }
    }
    for terms in numbered {
      for (number, noted) in terms.known.enumerated() where noted != 0 {
        let text = terms.prefix.text(number)
        guard noted <= count, value(Term(noted - 1)) == (terms.prefix.isName ? .name(text) : .string(text)) else {
          return "`\(text)` is noted as the term \(noted - 1)"
        }
      }
    }
    do {
      try checkPayloads()
      try checkIndex()
    } catch {
      return "\(error.part): \(error.reason)"
    }
    return nil
  }
}
