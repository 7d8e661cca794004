import Diagnostics
import Glibc
import Language

/// A mistake in how the program was called: status 2.
struct UsageError: Error {
  var code: Code
  var message: String
  var help: String?
  /// The verb whose help page tells more.
  var verb: String?

  init(_ code: Code, _ message: String, help: String? = nil, verb: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
    self.verb = verb
  }
}

/// A command line taken apart: its verb, what stands after it, and the options, wherever they stand.
struct Invocation {
  var verb: any Verb.Type = ReplCommand.self
  var operands: [String] = []
  private var values: [Option: [String]] = [:]
  /// Whether it opens the shell, or runs a script for it.
  var isShell: Bool { verb == ReplCommand.self }

  init(_ arguments: [String]) throws(UsageError) {
    var words: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      } else if argument.hasPrefix("--") {
        try takeLong(argument.dropFirst(2), &rest)
      } else if argument.hasPrefix("-") && argument != "-" {
        try takeShort(argument.dropFirst(), &rest)
      } else {
        words.append(argument)
      }
    }
    try takeWords(words)
    if !has(.help) && !has(.version) { try checkOptionsAndOperands() }
  }

  func has(_ option: Option) -> Bool { values[option] != nil }

  /// The value that was given last.
  func value(_ option: Option) -> String? { values[option]?.last }

  func all(_ option: Option) -> [String] { values[option] ?? [] }

  private mutating func takeLong(_ text: Substring, _ rest: inout ArraySlice<String>) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    // To make an option of its text Swift makes a table of all texts first.
    guard let option = Option.allCases.first(where: { $0.rawValue == name }) else {
      let near = Suggestion.nearest(to: name, among: Option.allCases.map(\.rawValue))
      throw UsageError(.unknownOption, "there is no option `--\(name)`", help: near.map { "did you mean `--\($0)`?" })
    }
    try take(option, written: "--\(name)", attached: parts.count > 1 ? String(parts[1]) : nil, &rest)
  }

  private mutating func takeShort(_ text: Substring, _ rest: inout ArraySlice<String>) throws(UsageError) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let option = Option(short: letter) else {
        let long = Option(rawValue: String(text)).map { "did you mean `--\($0.rawValue)`?" }
        throw UsageError(.unknownOption, "there is no option `-\(letter)`", help: long)
      }
      if option.description.value != nil {
        return try take(option, written: "-\(letter)", attached: letters.isEmpty ? nil : String(letters), &rest)
      }
      try take(option, written: "-\(letter)", attached: nil, &rest)
    }
  }

  private mutating func take(
    _ option: Option, written: String, attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let description = option.description
    guard let name = description.value else {
      guard attached == nil else { throw UsageError(.wrongOptionValue, "`\(written)` takes no value") }
      values[option, default: []].append("")
      return
    }
    guard let value = attached ?? rest.popFirst() else {
      throw UsageError(.missingOptionValue, "`\(written)` needs a value", help: "write `\(written) \(name)`")
    }
    if !description.choices.isEmpty && !description.choices.contains(value) {
      let near = Suggestion.nearest(to: value, among: description.choices).map { "did you mean `\($0)`? Else " } ?? ""
      throw UsageError(
        .wrongOptionValue, "`\(written)` does not take `\(value)`",
        help: near + "it takes \(description.choices.joined(separator: ", "))")
    }
    values[option, default: []].append(value)
  }

  private mutating func takeWords(_ words: [String]) throws(UsageError) {
    guard let word = words.first else { return }
    guard let verb = Commands.verb(word) else {
      if has(.help) || has(.version) { return }
      throw UsageError(.unknownVerb, "there is no verb `\(word)`", help: Self.suggestion(for: words))
    }
    self.verb = verb
    operands = Array(words.dropFirst())
  }

  private static func suggestion(for words: [String]) -> String? {
    let word = words[0]
    if FileName.ending(of: word) == "dl" { return "to run a file, write `tiltas run \(word)`" }
    if word.contains("(") { return "to ask a query, write `tiltas query '\(word)'`" }
    if let help = QuestionInWords(words)?.help { return help }
    return Suggestion.nearest(to: word, among: Commands.verbs.map { $0.name }).map { "did you mean `tiltas \($0)`?" }
  }

  private func checkOptionsAndOperands() throws(UsageError) {
    for option in Option.allCases where has(option) && !verb.takes(option) {
      throw UsageError(.optionNotForVerb, "`tiltas \(verb.name)` takes no `--\(option.rawValue)`", verb: verb.name)
    }
    let description = verb.verb
    let usage = "write `tiltas \(verb.name) \(description.operands)`"
    if operands.count < description.operandCount.lowerBound {
      let needed = Operands.needed(description.operands)
      throw UsageError(.missingOperand, "`tiltas \(verb.name)` needs \(needed)", help: usage, verb: verb.name)
    }
    if operands.count > description.operandCount.upperBound {
      let surplus = operands[description.operandCount.upperBound]
      let message = "`tiltas \(verb.name)` has no use for `\(surplus)`"
      let quoting = verb == QueryCommand.self ? "put the query in single quotes" : nil
      throw UsageError(
        .surplusOperand, message, help: quoting ?? (description.operands.isEmpty ? nil : usage), verb: verb.name)
    }
  }
}

/// The arguments of the command line, and texts from the surroundings of the program.
enum Arguments {
  /// The arguments without the program's name, and `TILTAS_GRAPH`, are to be UTF-8: of another name of a file Swift would make
  /// that of another file.
  static func checked() throws(UsageError) -> [String] {
    var arguments: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      guard let text = String(validatingCString: argument) else { throw problem("the argument", argument) }
      arguments.append(text)
    }
    if let graph = getenv("TILTAS_GRAPH"), String(validatingCString: graph) == nil {
      throw problem("the variable TILTAS_GRAPH,", graph)
    }
    return arguments
  }

  private static func problem(_ what: String, _ bytes: UnsafePointer<CChar>) -> UsageError {
    UsageError(
      .argumentNotUTF8, "\(what) `\(shown(bytes))` is not UTF-8",
      help: "queries and the names of files are to be; rename the file")
  }

  /// With `\xFF` in the place of bytes that are not UTF-8.
  private static func shown(_ bytes: UnsafePointer<CChar>) -> String {
    let buffer = UnsafeBufferPointer(start: bytes, count: strlen(bytes))
    return buffer.reduce(into: "") { text, byte in
      let byte = UInt8(bitPattern: byte)
      text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }
  }
}
