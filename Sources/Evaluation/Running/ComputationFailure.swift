import Diagnostics

/// Why a literal can't be computed for a row.
///
/// It is made for each row that fails, most of which another literal rules out: what a user is told is made of it for the
/// one that counts.
enum ComputationFailure: Error {
  /// What is asked for is not there: the literal does not hold, and nothing is wrong.
  case absence
  /// A function that has no value for its arguments.
  case function(FunctionFailure, call: Operand)
  case told(Diagnostic)

  init(_ failure: FunctionFailure, of call: Operand) {
    self = failure.isAbsence ? .absence : .function(failure, call: call)
  }

  var isAbsence: Bool { if case .absence = self { true } else { false } }
}
