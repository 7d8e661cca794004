import Sessions

extension AnswerPrinter {
  /// Writes a plan: a paragraph for each relation, its steps beneath it, each indented under those that it is done within.
  func print(_ plan: QueryPlan) throws {
    for (number, stage) in plan.stages.enumerated() {
      try write("\(number + 1). \(stage.name): \(stage.manner)", note(stage))
      for rule in stage.rules {
        if let heading = heading(rule) { try write("   " + heading) }
        for step in rule.steps {
          try write(" " + String(repeating: "  ", count: step.depth + 2) + step.text, note(step))
        }
        for advice in rule.advice { try write("     note: \(advice)") }
      }
    }
  }

  private func heading(_ rule: QueryPlan.RulePlan) -> String? {
    let place = rule.place.map { "the rule at \(Files.place($0))" }
    guard let delta = rule.delta else { return place }
    let rounds =
      rule.runs.map { "in \(Decimals.count($0, "round", "rounds")), with what the round before brought of \(delta)" }
      ?? "in each round, with what the round before brings of \(delta)"
    return place.map { "\($0), \(rounds)" } ?? rounds
  }

  private func note(_ step: QueryPlan.Step) -> String? {
    let estimate = step.estimate.map { "about \(PlanText.number($0))" }
    guard let outcome = step.outcome else { return estimate }
    var note = Decimals.count(outcome.count, "time", "times")
    if let found = outcome.found { note += ", \(found) found" }
    note += " in \(Decimals.fixed(outcome.seconds * 1000)) ms"
    return estimate.map { "\(note), \($0) expected each time" } ?? note
  }

  private func note(_ stage: QueryPlan.Stage) -> String {
    guard let outcome = stage.outcome else { return "about \(PlanText.rows(stage.estimate))" }
    return "\(Decimals.count(outcome.rows, "row", "rows")) in \(Decimals.fixed(outcome.seconds * 1000)) ms, "
      + "about \(PlanText.number(stage.estimate)) expected"
  }

  private func write(_ text: String, _ note: String? = nil) throws {
    try output.write(Text.escapedForTerminal(text) + (note.map { "  (\($0))" } ?? "") + "\n")
  }
}

/// Estimates in words.
private enum PlanText {
  static func rows(_ estimate: Double) -> String { number(estimate) + (number(estimate) == "1" ? " row" : " rows") }

  /// Two digits are as much as an estimate is worth.
  static func number(_ estimate: Double) -> String {
    guard estimate.isFinite, estimate < 1e15 else { return "very many" }
    var value = Int(estimate.rounded())
    var scale = 1
    while value >= 100 {
      value = (value + 5) / 10
      scale *= 10
    }
    return String(value * scale)
  }
}
