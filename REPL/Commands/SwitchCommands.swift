import Diagnostics

/// A command that turns something on and off, such as `:timing on`. Without a word it shows what is in force.
protocol SwitchCommand: ShellCommand {
  static var state: ReferenceWritableKeyPath<Interpreter, Bool> { get }
}

extension SwitchCommand {
  static func perform(_ rest: String, in shell: Interpreter) throws {
    switch rest {
    case "on": shell[keyPath: state] = true
    case "off": shell[keyPath: state] = false
    case "": try shell.write(shell[keyPath: state] ? "on" : "off")
    default: throw Diagnostic(.wrongCommandOperand, "`:\(name)` takes `on` or `off`, not `\(rest)`")
    }
  }
}

/// `:timing on` shows how long each answer takes.
enum TimingCommand: SwitchCommand {
  static let name = "timing"
  static let command = ShellCommandDescription(
    operands: "[on|off]", argument: .toggle, summary: "show how long each answer takes")
  static var state: ReferenceWritableKeyPath<Interpreter, Bool> { \.isTiming }
}

/// `:wide on` shows cells in full.
enum WideCommand: SwitchCommand {
  static let name = "wide"
  static let command = ShellCommandDescription(
    operands: "[on|off]", argument: .toggle, summary: "show cells in full, wider than the terminal")
  static var state: ReferenceWritableKeyPath<Interpreter, Bool> { \.printer.style.isWide }
}

/// `:pager off` shows what is long without a pager.
enum PagerCommand: SwitchCommand {
  static let name = "pager"
  static let command = ShellCommandDescription(
    operands: "[on|off]", argument: .toggle, summary: "show what is long with $PAGER", reach: .programs)
  static var state: ReferenceWritableKeyPath<Interpreter, Bool> { \.usesPager }
}
