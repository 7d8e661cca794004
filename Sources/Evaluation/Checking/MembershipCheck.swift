import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Whether the entities in declared positions have types that fit: finds, by sets, those that never can.
///
/// An entity of which no type was stated fits anywhere.
struct MembershipCheck {
  private struct Misfit {
    var relation: StoredRelation
    var position: Int
    var entity: UInt32
  }

  private let graph: Graph
  private var misfits: [Misfit] = []
  /// All that is a member of a type.
  private lazy var typed: SetBuffer = members(of: graph.typeNames)

  init(_ graph: Graph, relations: [String]) {
    self.graph = graph
    for name in relations {
      guard let relation = graph.relation(named: name), let declaration = relation.declaration, !relation.isType else {
        continue
      }
      for (position, types) in declaration.positions.enumerated()
      where !types.contains(where: { $0 == .any || $0 == .entity }) {
        let names = types.compactMap { type in if case .member(let name) = type { name } else { nil } }
        if !names.isEmpty { find(relation, position, names) }
      }
    }
  }

  var isEmpty: Bool { misfits.isEmpty }

  private mutating func find(_ relation: StoredRelation, _ position: Int, _ types: [String]) {
    let fitting = members(of: types.flatMap { graph.types(relatedTo: $0) })
    let bad = SetBuffer()
    bad.assignIntersection(relation.facts.terms(ofColumn: position), typed.view)
    bad.subtract(fitting.view)
    misfits += bad.view.elements.map { Misfit(relation: relation, position: position, entity: $0) }
  }

  private func members(of types: [String]) -> SetBuffer {
    let members = SetBuffer()
    for type in types {
      if let terms = graph.relation(named: type)?.facts.terms(ofColumn: 0) { members.formUnion(terms) }
    }
    return members
  }

  /// A diagnostic for each fact of a file in which an entity does not fit.
  func problems(in parsed: ParsedFile, places: [String: SourceSpan]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for misfit in misfits.prefix(Parser.mostDiagnostics) {
      for span in spans(of: misfit, in: parsed) { problems.append(diagnostic(misfit, span, places)) }
    }
    return problems
  }

  private func spans(of misfit: Misfit, in parsed: ParsedFile) -> [SourceSpan] {
    var spans: [SourceSpan] = []
    let name = misfit.relation.name
    for fact in parsed.facts
    where parsed.relationNames[fact.relation] == name && fact.arguments.count > misfit.position
      && parsed.arguments[fact.arguments.lowerBound + misfit.position].number == misfit.entity
    {
      spans.append(parsed.argumentSpan(fact, misfit.position))
    }
    let entity = graph.terms.value(Term(misfit.entity))
    for case .statement(.rule(let rule)) in parsed.items
    where rule.body == nil && rule.head.relation.name == name && rule.head.arguments.count > misfit.position {
      if case .constant(entity, let span) = rule.head.arguments[misfit.position] { spans.append(span) }
    }
    return spans
  }

  private func diagnostic(_ misfit: Misfit, _ span: SourceSpan, _ places: [String: SourceSpan]) -> Diagnostic {
    let entity = graph.terms.value(Term(misfit.entity)).description
    let own = graph.types(of: Term(misfit.entity)).map { PositionFit.phrase(.member($0)) }.joined(separator: " and ")
    let wanted = misfit.relation.types(at: misfit.position).map { PositionFit.phrase($0) }.joined(separator: " or ")
    let name = misfit.relation.name
    let signature = misfit.relation.declaration?.signature ?? ""
    return Diagnostic(
      .wrongType, "`\(entity)` is \(own), and `\(name)` takes \(wanted) in position \(misfit.position + 1)", at: span,
      help: "it is declared as `\(name)\(signature)`",
      notes: places[name].map { [Diagnostic.Note("declared here", at: $0)] } ?? [])
  }
}
