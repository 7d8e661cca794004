import Diagnostics
import Graphs
import Language
import Terms

/// What statements have defined beside the facts: rules, parameters, constraints, and the places of declarations.
struct Program {
  struct Parameter {
    var value: Value
    var description: String?
    var span: SourceSpan
    /// Whether the value was written as a number with a fraction, which `1.0` is as well.
    var isDecimal = false
  }
  struct Constraint {
    var description: String
    var body: Formula
    var span: SourceSpan
  }

  /// The rules in the order in which they were read.
  private(set) var rules: [Rule] = []
  private(set) var rulesByHead: [String: [Int]] = [:]
  /// Whether rules say something of labels or aliases.
  private(set) var givesNames = false
  private(set) var parameters: [String: Parameter] = [:]
  /// The texts that parameters were set to from outside, declared or not.
  private(set) var parameterTexts: [String: String] = [:]
  /// What these say of the parameters that are declared, which prevails over their own values.
  private(set) var parameterValues: [String: Value] = [:]
  private(set) var constraints: [Constraint] = []
  /// Where rules and constraints stand that were forgotten, in files that may have others which are in force.
  private(set) var forgotten: Set<SourceSpan> = []
  /// Where types and relations were declared, or where a fact or rule first used them.
  var places: [String: SourceSpan] = [:]
  /// Where each type was first named, to tell where one is named that is never declared.
  private(set) var typeUses: [String: SourceSpan] = [:]
  /// The files that were read, by their paths, so that each is included once.
  var readFiles: Set<String> = []
  /// Relations of which a table without rows is all that is known: they have no facts, and as many positions as they are asked
  /// for with.
  var emptyRelations: Set<String> = []
  /// Counts the changes that may change answers.
  private(set) var version = 0

  mutating func add(_ rule: Rule) {
    rulesByHead[rule.head.relation.name, default: []].append(rules.count)
    rules.append(rule)
    if Graph.isNameRelation(rule.head.relation.name) { givesNames = true }
    version += 1
  }

  mutating func add(_ constraint: Constraint) {
    constraints.append(constraint)
    version += 1
  }

  /// Forgets the rules and constraints whose places a function tells of, and some parameters.
  mutating func forget(parameters names: Set<String>, where isForgotten: (SourceSpan) -> Bool) {
    forgotten.formUnion((rules.map(\.span) + constraints.map(\.span)).filter(isForgotten))
    let kept = rules.filter { !forgotten.contains($0.span) }
    (rules, rulesByHead, givesNames) = ([], [:], false)
    for rule in kept { add(rule) }
    constraints.removeAll { forgotten.contains($0.span) }
    for name in names { parameters[name] = nil }
    version += 1
  }

  /// Makes the version one that was never in force before, when the program has been put back.
  mutating func touch(beyond version: Int) { self.version = max(self.version, version) + 1 }

  // MARK: Parameters

  /// Declares a parameter. Throws where the text that it was set to does not fit.
  mutating func declare(_ name: String, _ parameter: Parameter) throws(Diagnostic) {
    parameters[name] = parameter
    parameterValues[name] = nil
    version += 1
    if let text = parameterTexts[name] { parameterValues[name] = try value(of: text, for: name) }
  }

  /// Sets a parameter to the value that a text has: at once if it is declared, or else when it is.
  mutating func setParameter(_ name: String, to text: String) throws(Diagnostic) {
    parameterValues[name] = try value(of: text, for: name)
    parameterTexts[name] = text
    version += 1
  }

  /// Has parameters set to some texts, and no others.
  mutating func restoreParameters(_ texts: [String: String]) {
    (parameterTexts, parameterValues) = (texts, [:])
    for (name, text) in texts { parameterValues[name] = (try? value(of: text, for: name)) ?? nil }
    version += 1
  }

  private func value(of text: String, for name: String) throws(Diagnostic) -> Value? {
    guard let parameter = parameters[name] else { return nil }
    return try ParameterText(name: name, text: text, parameter: parameter).value()
  }

  func parameterValue(_ name: String) -> Value? { parameters[name].map { parameterValues[name] ?? $0.value } }

  // MARK: Places

  /// Notes where a type or relation was first used.
  mutating func notePlace(of name: String, _ span: SourceSpan) { if places[name] == nil { places[name] = span } }

  /// Notes where a type was first named.
  mutating func noteUse(ofType name: String, _ span: SourceSpan) { if typeUses[name] == nil { typeUses[name] = span } }

  /// A note at the place of a type or relation, if that is known.
  func note(_ text: String, placeOf name: String) -> [Diagnostic.Note] {
    places[name].map { [Diagnostic.Note(text, at: $0)] } ?? []
  }

  // MARK: Rules

  func rules(for relation: String) -> [Rule] { (rulesByHead[relation] ?? []).map { rules[$0] } }

  /// Constant time.
  func firstRule(for relation: String) -> Rule? { rulesByHead[relation]?.first.map { rules[$0] } }
}
