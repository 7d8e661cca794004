/// Counts the solutions of some parts without building them, and goes on with ``JoinMachine/counted``, which is below 0 where
/// the count does not fit 64 bits.
///
/// What the parts' steps count they add to ``JoinMachine/tally``.
final class CountStep: JoinStep {
  struct Part {
    fileprivate let step: JoinStep
    fileprivate let times: Int
    fileprivate let sharing: JoinPart?
    fileprivate let condition: Int?

    /// - Parameters:
    ///   - times: how often each solution counts.
    ///   - sharing: the part as one that threads may share.
    ///   - condition: the number of a part before it that has a solution where this one has any.
    init(_ step: JoinStep, times: Int = 1, sharing: JoinPart? = nil, condition: Int? = nil) {
      self.step = step
      self.times = times
      self.sharing = sharing
      self.condition = condition
    }
  }

  private let parts: [Part]
  /// How many solutions each part has.
  @exclusivity(unchecked) private var counts: [Int]
  private let next: JoinStep

  init(_ parts: [Part], next: JoinStep) {
    self.parts = parts
    counts = parts.map { _ in 0 }
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    let before = machine.tally
    var sum = 0
    for (number, part) in parts.enumerated() {
      machine.tally = 0
      if part.condition.map({ counts[$0] != 0 }) ?? true { machine.share(part.step, as: part.sharing) }
      counts[number] = machine.tally
      machine.tally = sum
      if machine.failure == nil { _ = machine.add(counts[number], times: part.times) }
      if machine.failure is JoinMachine.CountOverflow {
        machine.failure = nil
        sum = -1
        break
      }
      if machine.failure != nil { return false }
      sum = machine.tally
    }
    machine.counted = sum
    machine.tally = before
    return next.run(machine)
  }
}

/// Counts the terms of a set.
final class CountSetStep: JoinStep {
  private let set: SetExpression

  init(_ set: SetExpression) { self.set = set }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.add(set.count(machine), times: 1) && machine.tick()
  }
}

/// Counts one solution, all of whose variables are bound.
final class CountOneStep: JoinStep {
  override func run(_ machine: JoinMachine) -> Bool { machine.add(1, times: 1) && machine.tick() }
}

/// Counts the solutions of parts that have no open variable in common: each part once, and then their product. Where one
/// has none the others may have more than can be counted.
final class ProductStep: JoinStep {
  private let parts: [JoinStep]

  init(_ parts: [JoinStep]) { self.parts = parts }

  override func run(_ machine: JoinMachine) -> Bool {
    let before = machine.tally
    var product = 1
    var isTooGreat = false
    for part in parts {
      machine.tally = 0
      _ = part.run(machine)
      if machine.failure is JoinMachine.CountOverflow {
        machine.failure = nil
        isTooGreat = true
        continue
      }
      if machine.failure != nil { return false }
      if machine.tally == 0 {
        machine.tally = before
        return true
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: machine.tally)
      if overflow { isTooGreat = true } else { product = next }
    }
    if isTooGreat { return machine.overflow() }
    machine.tally = before
    return machine.add(product, times: 1)
  }
}

/// Weighs the values of one variable by the number of solutions that a part has with each, and goes on with the weights
/// in place of the part.
final class WeighStep: JoinStep {
  private let buffer: WeightBuffer
  private let part: JoinStep
  private let next: JoinStep

  init(into buffer: WeightBuffer, part: JoinStep, next: JoinStep) {
    self.buffer = buffer
    self.part = part
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.clear()
    _ = part.run(machine)
    if machine.failure != nil { return false }
    return buffer.count == 0 || next.run(machine)
  }
}

/// Adds one to the weights of a set's terms.
final class WeighSetStep: JoinStep {
  private let buffer: WeightBuffer
  private let set: SetExpression

  init(into buffer: WeightBuffer, set: SetExpression) {
    self.buffer = buffer
    self.set = set
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.add(set.evaluate(machine))
    return machine.tick()
  }
}

/// Adds one to the weight of a register's term.
final class WeighTermStep: JoinStep {
  private let buffer: WeightBuffer
  private let register: Int

  init(into buffer: WeightBuffer, register: Int) {
    self.buffer = buffer
    self.register = register
  }

  override func run(_ machine: JoinMachine) -> Bool {
    buffer.add(machine.registers[register])
    return machine.tick()
  }
}

/// Counts the terms of a set as often as their weights say.
final class CountWeightsStep: JoinStep {
  private let buffer: WeightBuffer
  private let set: SetExpression

  init(of set: SetExpression, by buffer: WeightBuffer) {
    self.buffer = buffer
    self.set = set
  }

  override func run(_ machine: JoinMachine) -> Bool {
    machine.add(buffer.sum(of: set.evaluate(machine)), times: 1) && machine.tick()
  }
}

/// Binds a variable to each term that has weights, and counts what follows as often as the weights' product says.
final class WeightedLoopStep: JoinStep, OutermostLoop {
  private let register: Int
  private let weights: [WeightBuffer]
  /// The set that further literals leave of the variable's values.
  private let set: SetExpression?
  private let descents: AccessLevels
  /// `nil` where each term is one solution.
  private let next: JoinStep?

  /// - Parameter weights: at least one.
  init(
    register: Int, weights: [WeightBuffer], set: SetExpression?, descents: [AccessLevel], next: JoinStep?
  ) {
    self.register = register
    self.weights = weights
    self.set = set
    self.descents = AccessLevels(descents)
    self.next = next
  }

  override func run(_ machine: JoinMachine) -> Bool {
    let fewest = fewest
    guard let view = set?.evaluate(machine) else {
      return fewest.terms.allSatisfy { visit($0, machine) }
    }
    if view.count < fewest.count { return view.forEachNumber { visit($0, machine) } }
    return fewest.terms.allSatisfy { !view.contains($0) || visit($0, machine) }
  }

  private var fewest: WeightBuffer { weights.min { $0.count < $1.count } ?? weights[0] }

  func terms(_ machine: JoinMachine) -> SetView {
    let terms = fewest.terms
    return set?.evaluate(machine) ?? SetView(array: terms.baseAddress, count: terms.count)
  }

  @inline(__always) func visit(_ term: UInt32, _ machine: JoinMachine) -> Bool {
    var product = 1
    for position in weights.indices {
      let (next, overflow) = product.multipliedReportingOverflow(by: weights[position][term])
      if overflow { return machine.overflow() }
      product = next
    }
    if product == 0 { return true }
    guard machine.tick() else { return false }
    guard let next else { return machine.add(product, times: 1) }
    guard descents.bind(register, to: term, machine) else { return true }
    let before = machine.tally
    machine.tally = 0
    _ = next.run(machine)
    if machine.failure != nil { return false }
    let counted = machine.tally
    machine.tally = before
    return machine.add(counted, times: product)
  }
}
