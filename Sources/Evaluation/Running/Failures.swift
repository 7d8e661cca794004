import Diagnostics
import Relations

/// The failures of a conjunction: which of its literals failed while it was joined, and whether a row is in error for that.
///
/// A join passes over a row for which a literal fails, and notes that. What it finds is right, unless a row is in error: one for
/// which some literals fail, and all others hold that can be computed without what these would have given. Such a row is
/// looked for with plans of their own, in which these literals are to fail, those that need them are left out, and the
/// rest is as ever. A plan notes which other literals fail in it, and so leads to plans in which these fail as well.
///
/// Each of these literals either fails for a row or does not. So of several that were noted, the first is to fail, or else it
/// does not and the second is to fail, and so on: the search for a row has one way to it, and the number of plans grows with
/// how differently rows fail, and not with all that might fail together.
final class Failures {
  private let body: [Literal]
  private let makeCheck: (_ failing: Bits, JoinMachine) -> Check
  /// The variables that are bound before the conjunction is joined.
  private let given: Set<Int>
  @exclusivity(unchecked) private var noted = Bits()
  private var told: [Int: Diagnostic] = [:]
  private var checks: [Bits: Check] = [:]

  /// - Parameter makeCheck: makes the search for a row in which some literals fail, for a machine that has bound what is given.
  init(_ body: [Literal], given: Set<Int>, makeCheck: @escaping (_ failing: Bits, JoinMachine) -> Check) {
    self.body = body
    self.given = given
    self.makeCheck = makeCheck
  }

  /// Whether there can be any.
  var arePossible: Bool { body.mayFail }

  func clear() { noted = Bits() }

  /// Notes that a literal failed.
  /// - Parameter diagnostic: what is told of it, where that is known already.
  func note(_ literal: Int, _ diagnostic: Diagnostic? = nil) {
    noted.insert(literal)
    if let diagnostic { told[literal] = diagnostic }
  }

  /// Literals that are to fail, and those that do not fail for a row that is looked for.
  private struct Case {
    var failing: Bits
    var sound: Bits
  }

  /// Why a row is in error, after the conjunction was joined by a machine; `nil` where none is. Throws
  /// ``JoinMachine/Stopped``.
  func rowInError(_ machine: JoinMachine) throws -> Diagnostic? {
    if noted.isEmpty { return nil }
    var cases = cases(within: Case(failing: Bits(), sound: Bits()), noted)
    var found: [Bits: Bits] = [:]
    var next = 0
    while next < cases.count {
      guard machine.mayProceed() else { throw JoinMachine.Stopped() }
      let current = cases[next]
      if found[current.failing] == nil {
        let check = check(current.failing, machine)
        if let diagnostic = try check.run(machine) { return diagnostic }
        found[current.failing] = check.failures.noted
      }
      cases += self.cases(within: current, found[current.failing] ?? Bits())
      next += 1
    }
    return nil
  }

  /// The parts of a case by which of the literals that were noted in it fails first.
  private func cases(within whole: Case, _ noted: Bits) -> [Case] {
    var rest = whole
    var cases: [Case] = []
    for literal in noted.subtracting(whole.failing).subtracting(whole.sound) {
      let failing = whole.failing.inserting(literal)
      // What could not fail together is another case.
      if body.canFailTogether(failing, given: given) == failing {
        cases.append(Case(failing: failing, sound: rest.sound))
      }
      rest.sound.insert(literal)
    }
    return cases
  }

  private func check(_ failing: Bits, _ machine: JoinMachine) -> Check {
    if let known = checks[failing] { return known }
    let check = makeCheck(failing, machine)
    checks[failing] = check
    return check
  }

  /// A search for a row in which some literals fail.
  final class Check {
    fileprivate var failures: Failures { join.failures }
    private let join: ClauseJoin
    private let given: Set<Int>
    private let tell: (Failures, JoinMachine) throws -> Diagnostic?
    /// The run of the other machine for which the relations were taken up.
    private var run = 0

    /// - Parameters:
    ///   - tell: tells why the row that a machine holds is in error.
    init(_ join: ClauseJoin, given: Set<Int>, tell: @escaping (Failures, JoinMachine) throws -> Diagnostic?) {
      self.join = join
      self.given = given
      self.tell = tell
    }

    fileprivate func run(_ original: JoinMachine) throws -> Diagnostic? {
      if run != original.runs {
        join.machine.prepare()
        run = original.runs
      }
      for variable in given { join.machine.registers[variable] = original.registers[variable] }
      failures.clear()
      return try join.finds() ? tell(failures, join.machine) : nil
    }
  }

  /// What was told of a literal when it failed last.
  func diagnostic(_ literal: Int) -> Diagnostic? { told[literal] }
}

extension [Failures] {
  func clear() { for failures in self { failures.clear() } }

  /// Why a row of one of several conjunctions is in error.
  func rowInError(_ machine: JoinMachine) throws -> Diagnostic? {
    for failures in self { if let diagnostic = try failures.rowInError(machine) { return diagnostic } }
    return nil
  }
}
