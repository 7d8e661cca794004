import Sessions

extension HelpTopic {
  /// The functions with what they take, in lines of a terminal's width.
  static var functionList: String {
    let list = FunctionList.signatures.map(\.signature).joined(separator: "  ")
    let lines = Wrapping.lines(list.replacing(", ", with: ",\u{A0}"), width: 96).map {
      "  " + $0.replacing("\u{A0}", with: " ")
    }
    return "Functions stand in comparisons and arguments; ++ joins texts, + - * / mod compute.\n"
      + lines.joined(separator: "\n")
      + "\n  held_on(E, D), starts_with(to_string(D), \"2013-02\"), Days = days_between(2013-01-01, D)"
  }
}
