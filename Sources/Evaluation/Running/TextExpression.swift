import Relations
import Terms

/// A text computed from texts by their bytes, without a string for each and for what lies between.
///
/// Where it has no bytes, since a variable stands for no text or the text is too long, the expression is to be computed as a
/// value, which gives it or tells why not.
indirect enum TextExpression {
  /// The text that the variable of a register stands for.
  case variable(Int)
  /// What the value of a register is written as between other texts.
  case written(Int)
  case constant([UInt8])
  case joined(TextExpression, TextExpression)
  case made(TextExpression, Function.TextMaker)

  /// `nil` where an operand is of another kind.
  init?(_ operand: Operand, _ terms: TermDictionary) {
    switch operand {
    case .variable(let number): self = .variable(number)
    case .constant(let term):
      guard terms.isText(term) else { return nil }
      self = .constant(Array(terms.value(term).plainText.utf8))
    case .call(.concatenate, let operands, _):
      guard let left = Self.part(operands[0], terms), let right = Self.part(operands[1], terms) else { return nil }
      self = .joined(left, right)
    case .call(let function, let operands, _):
      guard let first = operands.first, let text = TextExpression(first, terms),
        let maker = Self.maker(function, operands.dropFirst(), terms)
      else { return nil }
      self = .made(text, maker)
    }
  }

  private static func part(_ operand: Operand, _ terms: TermDictionary) -> TextExpression? {
    switch operand {
    case .variable(let number): .written(number)
    case .constant(let term): .constant(Array(terms.value(term).plainText.utf8))
    case .call: TextExpression(operand, terms)
    }
  }

  /// What a function makes where all its arguments but the first are constants, and of the right kinds.
  private static func maker(
    _ function: Function, _ others: ArraySlice<Operand>, _ terms: TermDictionary
  ) -> Function.TextMaker? {
    var values: [Value] = [.string("")]
    for case .constant(let term) in others { values.append(terms.value(term)) }
    guard values.count == others.count + 1, function.argumentCounts.contains(values.count) else { return nil }
    return try? function.textMaker(values)
  }

  /// The term of the text; `nil` where it has no bytes, or is one already.
  func intern(by terms: TermDictionary, _ registers: UnsafeMutablePointer<UInt32>) -> Term? {
    switch self {
    case .joined, .made:
      made(terms, registers)?.withUnsafeBufferPointer {
        $0.count <= TermDictionary.longestText ? terms.intern(utf8: $0, asName: false) : nil
      } ?? nil
    case .variable, .written, .constant: nil
    }
  }

  /// Gives the bytes of the text, in normal form, to a function; `nil` where it has none.
  func withUTF8<Result>(
    _ terms: TermDictionary, _ registers: UnsafeMutablePointer<UInt32>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    guard case .variable(let number) = self else { return made(terms, registers)?.withUnsafeBufferPointer(body) }
    let term = Term(registers[number])
    return terms.isText(term) ? terms.withUTF8(of: term, body) : nil
  }

  private func made(_ terms: TermDictionary, _ registers: UnsafeMutablePointer<UInt32>) -> [UInt8]? {
    var text: [UInt8] = []
    return append(to: &text, terms, registers) ? Text.nfc(text) : nil
  }

  private func append(
    to text: inout [UInt8], _ terms: TermDictionary, _ registers: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    switch self {
    case .variable: return withUTF8(terms, registers) { text.append(contentsOf: $0) } != nil
    case .written(let number):
      let term = Term(registers[number])
      if terms.isText(term) {
        terms.withUTF8(of: term) { text.append(contentsOf: $0) }
      } else {
        text.append(contentsOf: terms.value(term).plainText.utf8)
      }
      return true
    case .constant(let bytes):
      text.append(contentsOf: bytes)
      return true
    case .joined(let left, let right):
      return left.append(to: &text, terms, registers) && right.append(to: &text, terms, registers)
        && text.count <= Function.longestText
    case .made(let source, let make): return source.withUTF8(terms, registers) { make($0, &text) } ?? false
    }
  }
}
