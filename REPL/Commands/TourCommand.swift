import Diagnostics
import Sessions

/// `:tour` shows the graph of this project in ten steps.
enum TourCommand: ShellCommand {
  static let name = "tour"
  static let command = ShellCommandDescription(
    operands: "[off]", summary: "five minutes on the graph, that wait for what you type")

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.takeTour(rest) }
}

/// Five minutes on the graph: each step says what to type, waits for it, and goes on when it was typed, in whatever form.
struct Tour {
  struct Step: Sendable {
    var text: String
    var example: String
    /// Whether an entry is what the step is about.
    var isMet: @Sendable (String) -> Bool
  }

  private(set) var position = 0

  var step: Step? { Self.steps.indices.contains(position) ? Self.steps[position] : nil }

  /// What to show after an entry: the next step, or a word that brings back to this one.
  mutating func reaction(to entry: String) -> String? {
    guard let step, !entry.hasPrefix(":tour") else { return nil }
    guard step.isMet(entry) else { return "(The tour waits for something like  \(step.example)  or `:tour off`.)" }
    position += 1
    return self.step?.shown ?? "That was the tour. `:help` has all else, and `:queries` what others asked."
  }

  static let steps = [
    Step(
      text: "Names are found by any word, without diacritics. Who is called Jarošuk?", example: ":find jaros",
      isMet: { $0.hasPrefix(":f") }),
    Step(
      text: "A number means a row of what was shown last. What does the record say about the first?",
      example: ":describe 1", isMet: { $0.hasPrefix(":d") && !$0.hasPrefix(":dr") }),
    Step(
      text: "How is he connected with the consul, and on which lines does it say so?",
      example: ":path aleksandr_jarosuk vaclav_stankevic", isMet: { $0.hasPrefix(":pa") }),
    Step(text: "What happened in 2013, in order?", example: ":timeline 2013", isMet: { $0.hasPrefix(":ti") }),
    Step(
      text: "Now a query: words with a capital letter are variables. Who is a partner in which project?",
      example: "partner(Org, Project)", isMet: { $0.contains("partner(") }),
    Step(
      text: "Why is that so? Ask for the rules and the lines that an answer rests on.", example: "?why 1",
      isMet: { $0.hasPrefix("?why") || $0.hasPrefix(":why") }),
    Step(
      text: "A comma means and, braces count. Who partners on more than one project?",
      example: "partner(Org, _), N = count{ P : partner(Org, P) }, N > 1",
      isMet: { $0.contains("count") }),
    Step(
      text: "A rule makes a relation of your own, for this session.",
      example: "together(A, B, P) :- partner(A, P), partner(B, P), A != B.", isMet: { $0.contains(":-") }),
    Step(
      text: "It is asked as any other. Whom does the administration of Klaipėda work together with?",
      example: "together(\"Klaipėdos miesto savivaldybės administracija\", Whom, Project)",
      isMet: { !$0.hasPrefix(":") && !$0.contains(":-") && $0.contains("(") }),
    Step(text: "Changed your mind? The last change can be undone.", example: ":undo", isMet: { $0.hasPrefix(":un") }),
  ]
}

extension Tour.Step {
  var shown: String { "\(text)\n  \(example)" }
}

extension Interpreter {
  fileprivate func takeTour(_ rest: String) throws {
    if rest == "off" {
      tour = nil
      return
    }
    guard rest.isEmpty else { throw Diagnostic(.wrongCommandOperand, "`:tour` takes nothing, or `off`, not `\(rest)`") }
    guard session.graph.speaksOf("aleksandr_jarosuk"), session.graph.speaksOf("vaclav_stankevic") else {
      throw Diagnostic(
        .noTour, "the tour is one of the graph of Klaipėda and Kaliningrad, which is not open",
        help: "`:help` explains the shell on any graph")
    }
    tour = Tour()
    try write("Ten things to type, in your own way or as they stand; `:tour off` ends it.")
    for line in (tour?.step?.shown ?? "").split(separator: "\n") { try write(String(line)) }
  }

  /// After an entry that was carried out.
  func goOnWithTour(after entry: Entry) throws {
    guard let text = tour?.reaction(to: entry.text.trimmed) else { return }
    if tour?.step == nil { tour = nil }
    try printer.output.write("\n" + emphasised(text) + "\n")
  }

  private func emphasised(_ text: String) -> String {
    printer.style.color ? text.split(separator: "\n").map { "\u{1B}[36m\($0)\u{1B}[0m" }.joined(separator: "\n") : text
  }
}
