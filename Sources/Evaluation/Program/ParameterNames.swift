import Diagnostics
import Graphs
import Language
import Terms

/// Looks up what a parameter was set to where that is the name of an entity.
struct ParameterNames {
  let program: Program
  let graph: Graph

  /// The value of a parameter at a place; `nil` where none is declared so. Throws where its text names no entity, or several.
  func value(_ identifier: Identifier) throws(Diagnostic) -> Value? {
    guard let parameter = program.parameters[identifier.name] else { return nil }
    guard let value = program.parameterValues[identifier.name] else { return parameter.value }
    guard case .name = parameter.value else { return value }
    switch value {
    case .name(let name) where !graph.speaksOf(name):
      let bearers = graph.entities(named: name)
      return bearers.count == 1 ? graph.terms.value(bearers[0]) : value
    case .string: return try PositionFit(graph, takesIds: true).fit(value, to: [.entity], at: identifier.span)
    default: return value
    }
  }
}
