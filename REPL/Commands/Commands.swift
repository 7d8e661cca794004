/// All that the program can be told to do. What is in these lists is parsed, carried out, completed and described.
enum Commands {
  /// The verbs of the command line, as `tiltas help` shows them; without one, ``ReplCommand`` is meant.
  static var verbs: [any Verb.Type] {
    [
      ReplCommand.self, QueryCommand.self, RunCommand.self, WhyCommand.self, DescribeCommand.self, FindCommand.self,
      NearCommand.self, PathCommand.self, CommonCommand.self, TimelineCommand.self, SourceCommand.self,
      DrawCommand.self,
      PlanCommand.self, CheckCommand.self, FormatFilesCommand.self, SaveCommand.self, VerifyCommand.self,
      InfoCommand.self, HelpCommand.self,
    ]
  }

  /// The commands of the shell, as `:help` shows them.
  static var groups: [(heading: String, commands: [any ShellCommand.Type])] {
    [
      (
        "explore",
        [
          FindCommand.self, DescribeCommand.self, NearCommand.self, PathCommand.self, CommonCommand.self,
          TimelineCommand.self, SourceCommand.self, DrawCommand.self,
        ]
      ),
      (
        "ask",
        [
          SchemaCommand.self, TypesCommand.self, WhyCommand.self, PlanCommand.self, QueriesCommand.self,
          RunCommand.self, SaveQueryCommand.self, RulesCommand.self, SetCommand.self,
        ]
      ),
      (
        "change",
        [
          LoadCommand.self, UndoCommand.self, SourceIsCommand.self, SaveCommand.self, ReloadCommand.self,
          EditCommand.self, HistoryCommand.self,
        ]
      ),
      (
        "look",
        [
          AnswerFormatCommand.self, WideCommand.self, PagerCommand.self, TimingCommand.self, OutputCommand.self,
          LogCommand.self,
        ]
      ),
      ("", [HelpCommand.self, TourCommand.self, QuitCommand.self]),
    ]
  }

  static var shell: [any ShellCommand.Type] { groups.flatMap(\.commands) }

  static func verb(_ name: String) -> (any Verb.Type)? { verbs.first { $0.name == name } }

  /// The verb that does the same as a command of the shell.
  static func verb(_ command: any ShellCommand.Type) -> (any Verb.Type)? { verbs.first { $0 == command } }

  /// The commands of the shell that a word may mean: the one of that name, else all that begin with it. `q` is `quit`, as everywhere.
  static func candidates(for word: String) -> [any ShellCommand.Type] {
    let name = word == "q" ? QuitCommand.name : word
    if let exact = shell.first(where: { $0.name == name }) { return [exact] }
    return shell.filter { !word.isEmpty && $0.name.hasPrefix(word) }
  }

  /// Whether a line is a command, and a place on it is in the name of a file.
  static func namesFile(_ line: some Collection<UInt8>, at place: Int) -> Bool {
    let line = Array(line)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let words = line.indices.split { isSpace(line[$0]) }
    guard let first = words.first, line[first.startIndex] == UInt8(ascii: ":"),
      let word = words.dropFirst().first(where: { $0.contains(place) })
    else { return false }
    let name = String(decoding: line[first.startIndex + 1..<first.endIndex], as: UTF8.self)
    let candidates = candidates(for: name)
    return candidates.count == 1 && candidates[0].isFileName(Array(line[word.startIndex..<word.endIndex]))
  }
}
