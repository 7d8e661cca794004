import Sessions

/// `:reload` reads what others have changed.
enum ReloadCommand: ShellCommand {
  static let name = "reload"
  static let command = ShellCommandDescription(
    summary: "read what others have changed in the snapshot; your own changes stay", reach: .files)

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let path = shell.location.paths.first ?? ""
    let wasOurs = shell.session.keepsJournal
    let merge = try shell.session.reload()
    if wasOurs { return shell.reporter.note("nothing is new: \(path) is yours, and no other changes it") }
    var parts: [String] = []
    if merge.theirs > 0 { parts.append(Decimals.count(merge.theirs, "change was read", "changes were read")) }
    if !merge.givenUp.isEmpty { parts.append("given up: " + Self.list(merge.givenUp)) }
    if merge.own > 0 { parts.append("your " + Decimals.count(merge.own, "change stays", "changes stay")) }
    if merge.isOurs { parts.append("\(path) is yours now") }
    shell.reporter.note(parts.isEmpty ? "nothing is new" : parts.joined(separator: "; "))
  }

  private static func list(_ items: [String]) -> String {
    items.prefix(10).joined(separator: ", ") + (items.count > 10 ? " and \(items.count - 10) more" : "")
  }
}
