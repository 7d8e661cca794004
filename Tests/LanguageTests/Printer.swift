import Diagnostics
import Language
import Terms

/// Prints trees so briefly that tests can write them out: each compound in brackets, operator first.
enum Printer {
  static func text(_ statement: Statement) -> String {
    switch statement {
    case .type(let name, let supertypes): "type " + text(name) + supertypes.map { " :" + text($0) }.joined()
    case .relation(let name, let columns): "relation \(text(name))(" + columns.map(text).joined(separator: ", ") + ")"
    case .rule(let rule): text(rule.head) + (rule.body.map { " :- " + text($0) } ?? "")
    case .defaults(let annotations, _): "defaults" + text(annotations)
    case .query(let query): text(query)
    case .parameter(let name, let value, let description):
      "param \(text(name)) \(text(value))" + (description.map { " \"\($0)\"" } ?? "")
    case .include(let path, _): "include \"\(path)\""
    case .importFile(let relation, let path, let options, _):
      "import \(text(relation)) \"\(path)\"" + text(options)
    case .constraint(let description, let body, _): "constraint \"\(description)\" \(text(body))"
    case .update(let update):
      update.kind.rawValue + " " + update.heads.map(text).joined(separator: " & ")
        + (update.body.map { " :- " + text($0) } ?? "")
    case .retraction(let atom): "retract " + text(atom)
    case .why(let atom, let negated, _): (negated ? "why not " : "why ") + text(atom)
    case .whyAnswer(let row, _): "why answer \(row)"
    }
  }

  static func text(_ query: Query) -> String {
    var result = "?- " + text(query.body)
    if let selection = query.selection { result += " | select " + selection.map(text).joined(separator: ", ") }
    if !query.order.isEmpty {
      result +=
        " | order " + query.order.map { text($0.variable) + ($0.descending ? "↓" : "↑") }.joined(separator: ", ")
    }
    if let limit = query.limit { result += " | limit " + text(limit) }
    if let offset = query.offset { result += " | offset " + text(offset) }
    return result
  }

  static func text(_ identifier: Identifier) -> String { identifier.name }

  static func text(_ atom: Atom) -> String {
    let columns =
      Array(repeating: "", count: atom.arguments.count - atom.columns.count)
      + atom.columns.map { text($0) + ": " }
    let arguments = zip(columns, atom.arguments).map { $0 + text($1) }
    return text(atom.relation) + "(" + arguments.joined(separator: ", ") + ")" + text(atom.annotations)
  }

  static func text(_ column: ColumnDeclaration) -> String {
    (column.name.map { text($0) + ": " } ?? "") + column.types.map(text).joined(separator: "|")
  }

  static func text(_ annotations: [Annotation]) -> String {
    annotations.isEmpty
      ? "" : "@{" + annotations.map { text($0.key) + ": " + text($0.value) }.joined(separator: ", ") + "}"
  }

  static func text(_ formula: Formula) -> String {
    switch formula {
    case .atom(let atom): text(atom)
    case .path(let path, let from, let to, let annotations, _):
      "path[\(text(path))](\(text(from)), \(text(to)))" + text(annotations)
    case .comparison(let sign, let left, let right, _): "[\(sign.rawValue) \(text(left)) \(text(right))]"
    case .similar(let left, let right, _): "[~ \(text(left)) \(text(right))]"
    case .not(let inner, _): "[not \(text(inner))]"
    case .and(let parts): "[and " + parts.map(text).joined(separator: " ") + "]"
    case .or(let parts): "[or " + parts.map(text).joined(separator: " ") + "]"
    }
  }

  static func text(_ path: PathExpression) -> String {
    switch path {
    case .relation(let name): text(name)
    case .inverse(let inner): "^" + text(inner)
    case .oneOrMore(let inner): text(inner) + "+"
    case .zeroOrMore(let inner): text(inner) + "*"
    case .alternatives(let parts): "(" + parts.map(text).joined(separator: "|") + ")"
    }
  }

  static func text(_ expression: Expression) -> String {
    switch expression {
    case .constant(let value, _): text(value)
    case .variable(let variable): "?" + text(variable)
    case .parameter(let parameter): "$" + text(parameter)
    case .negative(let inner, _): "[neg \(text(inner))]"
    case .binary(let sign, let left, let right, _): "[\(sign.rawValue) \(text(left)) \(text(right))]"
    case .call(let name, let arguments, _): text(name) + "(" + arguments.map(text).joined(separator: ", ") + ")"
    case .aggregate(let aggregate):
      "\(aggregate.kind.rawValue){" + aggregate.columns.map(text).joined(separator: ", ")
        + " : \(text(aggregate.body))}"
    case .distance(let path, let from, let to, _): "distance{\(text(path)) : \(text(from)) -> \(text(to))}"
    }
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .name(let name): name
    case .string(let string): "\"\(string)\""
    case .integer(let integer): String(integer)
    case .decimal(let decimal): String(decimal)
    case .boolean(let boolean): String(boolean)
    case .date(let date): date.description
    }
  }
}

/// The statements of a source that can be read.
func statements(_ file: SourceFile) -> [Statement] {
  var parser = Parser(file, mode: .file)
  var statements: [Statement] = []
  while let statement = parser.next() { statements.append(statement) }
  return statements
}

/// The statements of a text, printed.
func parsed(_ text: String, _ mode: Parser.Mode = .file) -> [String] {
  var parser = Parser(SourceFile(name: "test.dl", text: text), mode: mode)
  var result: [String] = []
  while let statement = parser.next() { result.append(Printer.text(statement)) }
  return result + parser.diagnostics.map { "error: " + $0.message }
}

/// What is wrong with a text, as a user reads it.
func errors(_ text: String, _ mode: Parser.Mode = .file) -> [String] {
  var parser = Parser(SourceFile(name: "test.dl", text: text), mode: mode)
  while parser.next() != nil {}
  return parser.diagnostics.map { $0.rendered(color: false) }
}
