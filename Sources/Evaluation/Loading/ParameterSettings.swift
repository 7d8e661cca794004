import Diagnostics
import Language
import Terms

/// What parameters are set to from outside, as by `--param`, which prevails over their own values.
extension Knowledge {
  /// Sets a parameter. The text is read as a value of its default's kind: here where the parameter is declared, else where
  /// it is.
  public func setParameter(_ name: String, to text: String) throws(Diagnostic) {
    try program.setParameter(name, to: text)
  }

  /// Has declared parameters of some values for as long as `body` runs, for rules that use them. Throws ``Diagnostic`` for a value of
  /// another kind than the default, and for a name that is neither declared nor used otherwise.
  public func withParameters<Result>(
    _ values: [String: Value], used: Set<String>, _ body: () throws -> Result
  ) throws -> Result {
    let unknown = values.keys.filter { !used.contains($0) && program.parameters[$0] == nil }.sorted()
    if !unknown.isEmpty { throw Diagnostic(all: unknown.map { Self.unknown($0, program.parameters.keys.sorted()) }) }
    let other = values.filter { name, value in
      program.parameters[name].map { (program.parameterValues[name] ?? $0.value) != value } ?? false
    }
    let (before, givenBefore) = (parameterTexts, given)
    defer {
      if !other.isEmpty { restoreParameters(before) }
      given = givenBefore
    }
    given = Set(values.values.compactMap { if case .name(let name) = $0 { name } else { nil } })
    for (name, value) in other.sorted(by: { $0.key < $1.key }) { try setParameter(name, to: value.description) }
    return try body()
  }

  /// The texts that parameters were set to.
  public var parameterTexts: [String: String] { program.parameterTexts }

  /// Puts what parameters were set to back as it was.
  public func restoreParameters(_ texts: [String: String]) { program.restoreParameters(texts) }

  /// The parameters that statements declared.
  public var parameters: [(name: String, value: Value, description: String?)] {
    program.parameters.sorted { $0.key < $1.key }.map {
      ($0.key, program.parameterValue($0.key) ?? $0.value.value, $0.value.description)
    }
  }

  /// Throws ``Diagnostic`` for the parameters that were set and that neither statements which were read nor those of some
  /// sources declare. Linear in the sources, where any parameter was set.
  public func checkParameters(declaredIn sources: [SourceFile]) throws {
    let unknown = program.parameterTexts.keys.filter { program.parameters[$0] == nil }
    if unknown.isEmpty { return }
    var declared = Set(program.parameters.keys)
    var seen: Set<String> = []
    for source in sources { collectParameters(source, &declared, &seen) }
    let problems = unknown.sorted().filter { !declared.contains($0) }.map { Self.unknown($0, declared.sorted()) }
    if !problems.isEmpty { throw Diagnostic(all: problems) }
  }

  private static func unknown(_ name: String, _ declared: [String]) -> Diagnostic {
    let help =
      Suggestion.nearest(to: name, among: declared).map { "did you mean `\($0)`?" }
      ?? (declared.isEmpty
        ? "a parameter is declared with its default before it is set: `param \(name) = 2.`, in a file that is read"
        : "there \(declared.count == 1 ? "is" : "are") "
          + declared.prefix(mostListed).map { "`\($0)`" }.joined(separator: ", ")
          + (declared.count > mostListed ? ", …" : ""))
    return Diagnostic(.unknownParameter, "no parameter is called `\(name)`", help: help)
  }

  private static let mostListed = 10

  /// The parameters that a source and the files that it includes declare. What can't be read is told when it is carried out.
  private func collectParameters(_ source: SourceFile, _ names: inout Set<String>, _ seen: inout Set<String>) {
    guard seen.insert(files.canonical(source.name)).inserted, seen.count < Self.mostSources else { return }
    var parser = Parser(source, mode: .file)
    while let statement = parser.next() {
      switch statement {
      case .parameter(let name, _, _): names.insert(name.name)
      case .include(let path, _):
        if let file = try? files.source(files.resolve(path, source.name)) { collectParameters(file, &names, &seen) }
      case .type, .relation, .rule, .defaults, .query, .importFile, .constraint, .update, .retraction, .why, .whyAnswer:
        break
      }
    }
  }

  private static let mostSources = 1000

  /// The values of the parameters that a query rests on.
  func parametersUsed(by query: Query) -> [(name: String, value: Value)] {
    let values = ParameterNames(program: program, graph: graph)
    return ParameterUse.names(in: query, program).compactMap { name in
      guard let parameter = program.parameters[name] else { return nil }
      let value = try? values.value(Identifier(name, parameter.span))
      return (name, (value ?? nil) ?? parameter.value)
    }
  }
}
