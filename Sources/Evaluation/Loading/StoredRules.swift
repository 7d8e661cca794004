import Diagnostics
import Language

/// Rules, parameters and constraints of a snapshot's texts, which are not in force yet.
public struct StoredRules {
  let files: [ParsedFile]
}

extension Knowledge {
  /// Reads a snapshot's texts, without anything becoming of it.
  public func storedRules(in sources: [SourceFile]) throws -> StoredRules {
    graph.pace.begin()
    return StoredRules(files: try sources.map { try parsed($0, mode: .file) })
  }

  /// Puts others in the place of some rules and constraints, given as their source texts without full stops, and parameters: all of
  /// that, or nothing where it throws.
  public func replace(rules texts: Set<String>, parameters: Set<String>, with stored: StoredRules) throws {
    let before = moment()
    do {
      if !texts.isEmpty || !parameters.isEmpty {
        program.forget(parameters: parameters) { texts.contains($0.statementText) }
      }
      try load(stored.files, isStored: true)
      noteRules(since: before.program)
    } catch {
      revert(to: before)
      throw error
    }
  }

  /// The sources of the rules, parameters and constraints, each once.
  public var sources: [SourceFile] {
    let spans = program.rules.map(\.span) + program.constraints.map(\.span) + program.parameters.values.map(\.span)
    var seen: Set<ObjectIdentifier> = []
    let sources = spans.map(\.file).filter { seen.insert(ObjectIdentifier($0)).inserted }
    return sources.sorted { $0.name < $1.name }
  }

  /// Whether a statement that was read is in force: a rule or constraint may have been forgotten since, and another may have given
  /// a parameter its value.
  public func isInForce(_ statement: Statement) -> Bool {
    switch statement {
    case .parameter(let name, _, _): program.parameters[name.name]?.span == name.span
    case .rule, .constraint: !program.forgotten.contains(statement.span)
    default: true
    }
  }
}
