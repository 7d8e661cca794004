import Diagnostics
import Graphs
import Relations
import Terms

/// The names that rules give entities, which are computed before anything that looks names up.
extension Engine {
  /// Whether rules say something of labels or aliases.
  var hasNameRules: Bool { knowledge.program.givesNames }

  /// Has the graph look up what rules give as it is asked for names.
  func provideNames() {
    graph.namesProvider = { [weak self] in
      guard let self, !isGivingNames, !supervisor.isAnswering, knowledge.filesInProgress.isEmpty, !hasCurrentNames
      else { return }
      // What is wrong with the rules is told when something is asked.
      try? giveNames()
    }
  }

  private var hasCurrentNames: Bool {
    if !hasNameRules && !hasDerivedNames { return true }
    return namesVersions.map { $0 == (graph.version, knowledge.program.version) } ?? false
  }

  /// Computes the names that rules give, under the limits of queries.
  func giveNames() throws {
    try supervisor.isAnswering ? refreshNames() : withinLimits { try refreshNames() }
  }

  /// Computes the names that rules give, where these may have changed. Throws ``Diagnostic``, ``QueryFailure``, or
  /// ``JoinMachine/Stopped``.
  func refreshNames() throws {
    if isGivingNames || hasCurrentNames { return }
    isGivingNames = true
    defer { isGivingNames = false }
    let versions = (graph.version, knowledge.program.version)
    var rows: [String: Relation] = [:]
    defer {
      Pace.uninterrupted { graph.setDerivedNames(rows) }
      hasDerivedNames = !rows.isEmpty
    }
    if hasNameRules {
      let base = knowledge.makeClauses(looksUpNames: false)
      let evaluator = makeEvaluator(base)
      do {
        // All mistakes of these rules are told at once.
        let strata = Strata(of: Graph.nameRelations.map { .named($0) }, in: base)
        if !base.diagnostics.isEmpty { throw Diagnostic(all: base.diagnostics) }
        if let problem = strata.problem { throw problem }
        for name in Graph.nameRelations where knowledge.program.rulesByHead[name] != nil {
          rows[name] = try evaluator.relation(.named(name))
        }
      } catch let problem as Diagnostic {
        throw Diagnostic(all: base.diagnostics.isEmpty ? [problem] : base.diagnostics)
      }
    }
    if let failure = graph.pace.failure {
      // What was found until then is not all.
      rows = [:]
      throw failure
    }
    namesVersions = versions
  }

  /// What is wrong with the rules that give names.
  func nameProblems() -> [Diagnostic] {
    do {
      try giveNames()
      return []
    } catch let problems as Diagnostic {
      return problems.all
    } catch {
      // A limit is told by what is asked next.
      return []
    }
  }
}
