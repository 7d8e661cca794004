import Relations
import Terms

/// An integer computed from integers, as a list of steps on a few numbers, without making values of them.
///
/// Where it has none, since a variable stands for something else or the computation fails, the expression is to be computed as
/// a value, which gives it or tells why not.
final class IntegerExpression {
  private enum Step {
    case constant(Int64)
    /// The integer that the term of a register stands for.
    case variable(Int)
    /// How many characters the text of a register has.
    case length(Int)
    /// Two numbers give way to one.
    case call(Function)
  }

  private let steps: UnsafeMutableBufferPointer<Step>
  /// The numbers that wait for their function, and the one that is made last.
  private let numbers: UnsafeMutablePointer<Int64>
  private let terms: TermDictionary

  /// `nil` where an operand can never be an integer, or a function makes others of integers.
  init?(_ operand: Operand, _ terms: TermDictionary) {
    var list: [Step] = []
    guard Self.append(operand, to: &list, terms) else { return nil }
    steps = .allocate(capacity: list.count)
    _ = steps.initialize(from: list)
    numbers = .allocate(capacity: list.count)
    self.terms = terms
  }

  deinit {
    steps.deallocate()
    numbers.deallocate()
  }

  private static func append(_ operand: Operand, to steps: inout [Step], _ terms: TermDictionary) -> Bool {
    switch operand {
    case .variable(let number): steps.append(.variable(number))
    case .constant(let term):
      guard let integer = terms.integer(term) else { return false }
      steps.append(.constant(integer))
    case .call(.length, let operands, _):
      guard case .variable(let number) = operands[0] else { return false }
      steps.append(.length(number))
    case .call(let function, let operands, _):
      guard operands.count == 2, function.isIntegral else { return false }
      for operand in operands where !append(operand, to: &steps, terms) { return false }
      steps.append(.call(function))
    }
    return true
  }

  /// The integer for the terms of the registers.
  func value(_ registers: UnsafeMutablePointer<UInt32>) -> Int64? {
    var count = 0
    for step in steps {
      switch step {
      case .constant(let integer): numbers[count] = integer
      case .variable(let register):
        guard let integer = terms.integer(Term(registers[register])) else { return nil }
        numbers[count] = integer
      case .length(let register):
        let term = Term(registers[register])
        guard terms.isText(term) else { return nil }
        numbers[count] = Int64(terms.withUTF8(of: term) { Text.characterCount(utf8: $0) })
      case .call(let function):
        count -= 2
        guard let result = function.integer(numbers[count], numbers[count + 1]) else { return nil }
        numbers[count] = result
      }
      count += 1
    }
    return numbers[0]
  }
}

/// Two integers that are compared.
struct IntegerPair {
  private let left: IntegerExpression
  private let right: IntegerExpression

  /// `nil` where one of them can never be an integer.
  init?(_ left: Operand, _ right: Operand, _ terms: TermDictionary) {
    guard let left = IntegerExpression(left, terms), let right = IntegerExpression(right, terms) else { return nil }
    self.left = left
    self.right = right
  }

  /// Both, for the terms of the registers; `nil` where one is no integer.
  func values(_ registers: UnsafeMutablePointer<UInt32>) -> (Int64, Int64)? {
    guard let left = left.value(registers), let right = right.value(registers) else { return nil }
    return (left, right)
  }
}
