import Language
import Relations

/// The failures of a conjunction: which of its literals failed while it was joined, and whether a row is in error for that.
///
/// A join passes over a row for which a literal fails, and notes that. What it finds is right, unless a row is in error: one for
/// which some literals fail, and all others hold that can be computed without what these would have given. Such a row is
/// looked for with plans of their own, in which these literals are to fail, those that need them are left out, and the
/// rest is as ever. A plan notes which other literals fail in it, and so leads to plans in which these fail as well.
final class Failures {
  private let body: [Literal]
  private let makeCheck: (_ failing: Bits, _ given: Set<Int>, JoinMachine) -> Check
  /// The variables that are bound before the conjunction is joined.
  @exclusivity(unchecked) var given: Set<Int> = []
  @exclusivity(unchecked) private var noted = Bits()
  private var told: [Int: Diagnostic] = [:]
  private var checks: [Bits: Check] = [:]

  /// - Parameter makeCheck: makes the search for a row in which some literals fail, for a machine that has bound what is given.
  init(_ body: [Literal], makeCheck: @escaping (_ failing: Bits, _ given: Set<Int>, JoinMachine) -> Check) {
    self.body = body
    self.makeCheck = makeCheck
  }

  /// Whether there can be any.
  var arePossible: Bool { body.contains(where: \.mayFail) }

  func clear() { noted = Bits() }

  /// Notes that a literal failed.
  /// - Parameter diagnostic: what is told of it, where that is known already.
  func note(_ literal: Int, _ diagnostic: Diagnostic? = nil) {
    noted.insert(literal)
    if let diagnostic { told[literal] = diagnostic }
  }

  /// Why a row is in error, after the conjunction was joined by a machine; `nil` where none is. Throws
  /// ``JoinMachine/Stopped``.
  func rowInError(_ machine: JoinMachine) throws -> Diagnostic? {
    if noted.isEmpty { return nil }
    var failing = noted.map { Bits([$0]) }
    var seen = Set(failing)
    var next = 0
    while next < failing.count {
      guard machine.mayProceed() else { throw JoinMachine.Stopped() }
      let check = check(failing[next], machine)
      if let diagnostic = try check.run(machine) { return diagnostic }
      for literal in check.failures.noted {
        let more = body.canFailTogether(failing[next].inserting(literal), given: given)
        if seen.insert(more).inserted { failing.append(more) }
      }
      next += 1
    }
    return nil
  }

  private func check(_ failing: Bits, _ machine: JoinMachine) -> Check {
    if let known = checks[failing] { return known }
    let check = makeCheck(failing, given, machine)
    checks[failing] = check
    return check
  }

  /// A search for a row in which some literals fail.
  final class Check {
    fileprivate let failures: Failures
    private let step: JoinStep
    private let machine: JoinMachine
    private let accesses: [Access]
    private let given: Set<Int>
    private let tell: (Failures, JoinMachine) throws -> Diagnostic?
    /// The run of the other machine for which the accesses were taken up.
    private var run = 0

    /// - Parameters:
    ///   - tell: tells why the row that a machine holds is in error.
    init(
      _ step: JoinStep, _ failures: Failures, machine: JoinMachine, accesses: [Access], given: Set<Int>,
      tell: @escaping (Failures, JoinMachine) throws -> Diagnostic?
    ) {
      self.step = step
      self.failures = failures
      self.machine = machine
      self.accesses = accesses
      self.given = given
      self.tell = tell
    }

    fileprivate func run(_ original: JoinMachine) throws -> Diagnostic? {
      if run != original.runs {
        for access in accesses { access.prepare() }
        run = original.runs
      }
      for variable in given { machine.registers[variable] = original.registers[variable] }
      failures.clear()
      return try machine.finds(step) ? tell(failures, machine) : nil
    }
  }

  /// What was told of a literal when it failed last.
  func diagnostic(_ literal: Int) -> Diagnostic? { told[literal] }
}

extension [Failures] {
  /// Why a row of one of several conjunctions is in error.
  func rowInError(_ machine: JoinMachine) throws -> Diagnostic? {
    for failures in self { if let diagnostic = try failures.rowInError(machine) { return diagnostic } }
    return nil
  }
}
