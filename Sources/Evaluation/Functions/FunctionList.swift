/// The functions of the language as help and completion know them.
public enum FunctionList {
  /// Those that are written with a name, in the order of their names, each as it is written: `substring(TEXT, INTEGER, INTEGER)`.
  public static let signatures: [(name: String, signature: String)] = Function.allCases
    .filter { $0 != .negate && $0 != .modulo && $0.rawValue.first?.isLetter == true }
    .map { function in
      let kinds = function.form.arguments.enumerated().map { index, kind in
        index < function.argumentCounts.lowerBound ? name(of: kind) : "[\(name(of: kind))]"
      }
      return (function.rawValue, "\(function.rawValue)(\(kinds.joined(separator: ", ")))")
    }
    .sorted { $0.0 < $1.0 }

  private static func name(of kind: Function.Form.Kind) -> String {
    switch kind {
    case .any: "VALUE"
    case .number: "NUMBER"
    case .integer: "INTEGER"
    case .text: "TEXT"
    case .date: "DATE"
    case .boolean: "BOOLEAN"
    }
  }
}
