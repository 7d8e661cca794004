import Diagnostics
import Graphs
import Language
import Terms

/// What an `add` or `remove` asks of its body, and what its heads take from each row of the answer.
struct UpdatePlan {
  /// What stands in one place of a head.
  enum Cell {
    /// A column of the answer.
    case column(Int)
    case constant(Value)
    /// What `entity(TYPE, NAME)` gives, by its number in ``UpdatePlan/entities``.
    case entity(Int)
    /// `_` of a fact that is taken back.
    case anything
  }

  struct Head {
    var atom: Atom
    var cells: [Cell]
    var annotations: [Cell]
  }

  /// `P = entity(person, S)`.
  struct NamedEntity {
    var type: Identifier
    var name: Cell
    var span: SourceSpan
  }

  private(set) var heads: [Head] = []
  private(set) var entities: [NamedEntity] = []
  /// What is asked; `nil` if there is no body, which is one row without columns.
  private(set) var query: Query?

  private let kind: Update.Kind
  private let ground: GroundExpression
  private var literals: [Formula]
  private var columns: [Identifier] = []
  private var columnNumbers: [String: Int] = [:]
  /// The variables that the body binds.
  private let bound: Set<String>
  /// The variables that stand for named entities.
  private var entityNumbers: [String: Int] = [:]

  init(_ update: Update, _ graph: Graph, _ ground: GroundExpression) throws(Diagnostic) {
    kind = update.kind
    self.ground = ground
    literals =
      switch update.body {
      case .and(let parts)?: parts
      case let body?: [body]
      case nil: []
      }
    var bound: Set<String> = []
    if let body = update.body { VariableNames.collectVisible(body) { bound.insert($0.name) } }
    self.bound = bound
    let places = ColumnPlaces(graph)
    if kind == .add { try takeEntities() }
    for atom in update.heads {
      try ReservedName.check(atom.relation)
      let atom = try kind == .add ? places.complete(atom) : places.placed(atom)
      heads.append(try head(atom))
    }
    guard update.body != nil else { return }
    query = Query(
      body: .and(literals), selection: columns, order: [], limit: nil, offset: nil, span: update.span)
  }

  private mutating func head(_ atom: Atom) throws(Diagnostic) -> Head {
    if kind == .remove, atom.isStated {
      throw Diagnostic(
        .annotatedHead, "`remove` takes facts back with all that is said of them", at: atom.span,
        help: "ask for the annotations in the body: `remove p(X) :- p(X) @ {source: report}.`")
    }
    var head = Head(atom: atom, cells: [], annotations: [])
    for argument in atom.arguments { head.cells.append(try cell(argument)) }
    for annotation in atom.annotations { head.annotations.append(try cell(annotation.value)) }
    return head
  }

  private mutating func cell(_ expression: Expression) throws(Diagnostic) -> Cell {
    switch expression {
    case .variable(let variable) where variable.name == "_" && kind == .remove: return .anything
    case .variable(let variable): return try column(variable)
    case .constant(let value, _): return .constant(value)
    case .call(let function, let arguments, let span) where function.name == NamedEntityCall.name && kind == .add:
      return .entity(try entity(NamedEntityCall(arguments, span)))
    case _ where isGround(expression): return .constant(try ground.value(expression))
    default: return .column(computed(expression))
    }
  }

  private func isGround(_ expression: Expression) -> Bool {
    if case .aggregate = expression { return false }
    if case .distance = expression { return false }
    var isGround = true
    VariableNames.collect(expression) { _ in isGround = false }
    return isGround || literals.isEmpty
  }

  private mutating func column(_ variable: Identifier) throws(Diagnostic) -> Cell {
    if let number = entityNumbers[variable.name] { return .entity(number) }
    guard bound.contains(variable.name) else {
      let hint = kind == .add ? "bind it by a relation in the body" : "write `_` for what may be anything"
      throw Diagnostic(.unboundVariable, "nothing binds the variable `\(variable.name)`", at: variable.span, help: hint)
    }
    return .column(number(of: variable))
  }

  private mutating func number(of variable: Identifier) -> Int {
    if let known = columnNumbers[variable.name] { return known }
    columnNumbers[variable.name] = columns.count
    columns.append(variable)
    return columns.count - 1
  }

  /// The column of a further variable that the body binds to an expression.
  private mutating func computed(_ expression: Expression) -> Int {
    // No variable of a source has a space in its name.
    let variable = Identifier("value \(columns.count)", expression.span)
    literals.append(.comparison(.equal, .variable(variable), expression, expression.span))
    return number(of: variable)
  }

  // MARK: Entities

  /// Takes `P = entity(person, S)` out of the body: it is carried out for each row of the answer.
  private mutating func takeEntities() throws(Diagnostic) {
    var others: [Formula] = []
    var calls: [(variable: Identifier, call: NamedEntityCall)] = []
    for literal in literals {
      if let (variable, call) = try NamedEntityCall.equation(literal) {
        calls.append((variable, call))
      } else {
        others.append(literal)
      }
    }
    literals = others
    for (variable, call) in calls {
      try refuseUse(of: variable)
      entityNumbers[variable.name] = try entity(call)
    }
  }

  private mutating func entity(_ call: NamedEntityCall) throws(Diagnostic) -> Int {
    let name: Cell
    switch call.name {
    case .variable(let variable) where entityNumbers[variable.name] == nil && variable.name != "_":
      name = try column(variable)
    case _ where isGround(call.name): name = .constant(try ground.value(call.name))
    default: name = .column(computed(call.name))
    }
    entities.append(NamedEntity(type: call.type, name: name, span: call.span))
    return entities.count - 1
  }

  /// What is made for a row cannot be asked for in the body that gives the row.
  private func refuseUse(of variable: Identifier) throws(Diagnostic) {
    var use: Identifier?
    for literal in literals { VariableNames.collectAll(literal) { if $0.name == variable.name { use = use ?? $0 } } }
    guard let use else { return }
    throw Diagnostic(
      .unboundVariable, "`\(variable.name)` is made for each row, so the body cannot ask for it", at: use.span,
      help: "ask for the name that `entity` takes, or for the entity by a relation instead",
      notes: [Diagnostic.Note("it is made here", at: variable.span)])
  }
}

/// `entity(person, S)`: the one person with a name.
struct NamedEntityCall {
  static let name = "entity"

  let type: Identifier
  let name: Expression
  let span: SourceSpan

  init(_ arguments: [Expression], _ span: SourceSpan) throws(Diagnostic) {
    guard arguments.count == 2, case .constant(.name(let type), let typeSpan) = arguments[0] else {
      throw Diagnostic(
        .wrongArgumentCount, "`entity` takes a type and a name", at: span, help: "it is written `entity(person, Name)`")
    }
    self.type = Identifier(type, typeSpan)
    name = arguments[1]
    self.span = span
  }

  /// The variable that a literal sets to a named entity; `nil` of any other literal.
  static func equation(_ literal: Formula) throws(Diagnostic) -> (variable: Identifier, call: NamedEntityCall)? {
    switch literal {
    case .comparison(.equal, .variable(let variable), .call(let function, let arguments, let span), _),
      .comparison(.equal, .call(let function, let arguments, let span), .variable(let variable), _):
      function.name == name ? (variable, try NamedEntityCall(arguments, span)) : nil
    default: nil
    }
  }
}
