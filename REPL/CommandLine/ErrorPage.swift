import Diagnostics
import Sessions

/// What `tiltas help T101` and `:help T101` show of a kind of mistake: what it is, and how it comes about and is mended.
enum ErrorPage {
  /// The code that a word writes, in capitals or small letters.
  static func code(_ word: String) -> Code? { isCode(word) ? Code(rawValue: word.uppercased()) : nil }

  /// Whether a word looks like a code.
  static func isCode(_ word: String) -> Bool {
    word.first?.uppercased() == "T" && word.count > 1 && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  static func unknown(_ word: String) -> UsageError {
    let near = Suggestion.nearest(to: word.uppercased(), among: Code.allCases.map(\.rawValue))
    return UsageError(.unknownVerb, "there is no error `\(word)`", help: near.map { "did you mean `\($0)`?" })
  }

  static func text(of code: Code) -> String {
    guard let entry = ErrorCatalogue.entry(for: code) else { return "" }
    var parts = ["\(code.rawValue): \(entry.title)", entry.explanation]
    for example in entry.examples {
      if let title = example.title { parts.append("\(title): \(example.explanation ?? "")") }
      parts.append(indented(example.wrong))
      if let said = said(to: example) { parts.append(said) }
      parts += ["Instead:", indented(example.mended)]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
  }

  /// What is said to an example that is a program: it is run, for nothing in it is large.
  private static func said(to example: ErrorExample) -> String? {
    if example.isCommand { return nil }
    do {
      try Session().run(SourceFile(name: "example.dl", text: example.wrong), answer: { _ in })
    } catch let problems as Diagnostic {
      return problems.all.map { $0.rendered(color: false) }.joined(separator: "\n")
    } catch {}
    return nil
  }
}
