/// Completion for the shells of the system, made from the descriptions that the parser goes by.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static var verbs: String { Commands.verbs.map { $0.name }.joined(separator: " ") }

  private static var bashText: String {
    let choices = Option.allCases.filter { !$0.description.choices.isEmpty }.map { option in
      "    --\(option.rawValue)) COMPREPLY=($(compgen -W \"\(option.description.choices.joined(separator: " "))\" -- \"$word\")); return ;;"
    }
    let perVerb = Commands.verbs.map { verb in
      "    \(verb.name)) options=\"\(Option.allCases.filter { verb.takes($0) }.map { "--" + $0.rawValue }.joined(separator: " "))\" ;;"
    }
    return """
      # Completion of tiltas for bash: source this file, or put it into bash_completion.d.
      _tiltas() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" options=""
        case "$before" in
      \(choices.joined(separator: "\n"))
        esac
        if [ "$COMP_CWORD" -eq 1 ] && [ "${word#-}" = "$word" ]; then
          COMPREPLY=($(compgen -W "\(verbs)" -- "$word"))
          return
        fi
        case "${COMP_WORDS[1]}" in
      \(perVerb.joined(separator: "\n"))
        esac
        if [ "${word#-}" != "$word" ]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
        else
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _tiltas tiltas

      """
  }

  private static var zshText: String {
    let verbs = Commands.verbs.map { "    '\($0.name):\(quoted($0.verb.summary))'" }
    let options = Option.allCases.map { option in
      let description = option.description
      let value = description.value.map { value in
        description.choices.isEmpty ? ":\(value):_files" : ":\(value):(\(description.choices.joined(separator: " ")))"
      }
      return "    '--\(option.rawValue)[\(quoted(description.summary))]\(value ?? "")'"
    }
    return """
      #compdef tiltas
      # Completion of tiltas for zsh: put this file into a folder of $fpath.
      _tiltas() {
        local -a verbs options
        verbs=(
      \(verbs.joined(separator: "\n"))
        )
        options=(
      \(options.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )) && [[ "$PREFIX" != -* ]]; then
          _describe verb verbs
        else
          _arguments $options '*:file:_files'
        fi
      }
      _tiltas "$@"

      """
  }

  private static var fishText: String {
    var lines = ["# Completion of tiltas for fish: put this file into ~/.config/fish/completions."]
    for verb in Commands.verbs {
      lines.append(
        "complete -c tiltas -n __fish_use_subcommand -a \(verb.name) -d '\(quoted(verb.verb.summary))'")
    }
    for option in Option.allCases {
      let description = option.description
      let short = description.short.map { " -s \($0)" } ?? ""
      let value = description.value == nil ? "" : " -r"
      let choices = description.choices.isEmpty ? "" : " -a '\(description.choices.joined(separator: " "))'"
      lines.append(
        "complete -c tiltas -l \(option.rawValue)\(short)\(value)\(choices) -d '\(quoted(description.summary))'")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Within single quotes and, in zsh, within brackets and after a colon.
  private static func quoted(_ text: String) -> String {
    text.replacing("'", with: "’").replacing("[", with: "(").replacing("]", with: ")").replacing(":", with: ",")
  }
}
