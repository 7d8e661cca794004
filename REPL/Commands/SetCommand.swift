import Diagnostics
import Sessions

/// `:set NAME VALUE` sets a parameter or a limit.
enum SetCommand: ShellCommand {
  static let name = "set"
  static let command = ShellCommandDescription(
    operands: "[NAME VALUE]", argument: .parameter,
    summary: "set a parameter of the queries, or list them; `:set memory MIB` and `:set timeout SECONDS` set limits")

  static func perform(_ rest: String, in shell: Interpreter) throws {
    try rest.isEmpty ? shell.showParameters() : shell.setParameter(rest)
  }
}

extension Interpreter {
  fileprivate func showParameters() throws {
    var listing = Listing(["Parameter", "Value", "Meaning"])
    for parameter in session.parameters {
      listing.append([.text(parameter.name), .text(parameter.value.description), .text(parameter.description)])
    }
    try printer.print(rows: listing)
  }

  fileprivate func setParameter(_ rest: String) throws {
    let name = rest.prefix { !$0.isWhitespace && $0 != "=" }
    var value = rest.dropFirst(name.count).trimmed
    if value.hasPrefix("=") { value = value.dropFirst().trimmed }
    if try setLimit(String(name), value) { return }
    guard !name.isEmpty, !value.isEmpty else { throw SetCommand.missing }
    try session.withParameters([(String(name), value)], declaredIn: location.savedQueries) {}
    try session.setParameter(String(name), to: value)
  }

  /// `:set memory 2000` and `:set timeout 60`, where no parameter is called so; whether it was one of them. Without a value it
  /// is shown.
  private func setLimit(_ name: String, _ value: String) throws -> Bool {
    guard name == "memory" || name == "timeout", !session.parameters.contains(where: { $0.name == name }) else {
      return false
    }
    let isMemory = name == "memory"
    if value.isEmpty {
      let shown =
        isMemory
        ? session.limits.memory.map { "\($0 >> 20) MiB" } : session.limits.seconds.map { "\(Decimals.short($0)) s" }
      try write(shown ?? "none")
      return true
    }
    guard let number = Double(value), number.isFinite, number > 0 else {
      throw Diagnostic(
        .wrongCommandOperand, "`\(name)` takes a number above 0, not `\(value)`",
        help: isMemory ? "write how many MiB, as in `:set memory 2000`" : "write seconds, as in `:set timeout 60`")
    }
    let current = isMemory ? session.limits.memory.map { Double($0 >> 20) } : session.limits.seconds
    if Gate.isClosed, let current, number > current {
      throw Diagnostic(.outOfReach, "with --safe a limit can only be lowered", help: "begin with `--\(name) \(value)`")
    }
    if isMemory {
      session.limits.memory = Int(min(number, 1e9) * 1_048_576)
    } else {
      session.limits.seconds = number
    }
    Watchdog.set(session.limits)
    return true
  }
}
