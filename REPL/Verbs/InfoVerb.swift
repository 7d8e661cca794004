import Tiltas

/// `tiltas info FILE`.
enum InfoVerb {
  static func run(_ invocation: Invocation) throws -> ExitStatus {
    try Opening.guarding(invocation)
    let info = try Watchdog.watching(.reading) { try Session.info(of: invocation.operands[0]) }
    var lines = [
      "format      tiltas snapshot, version \(info.version)",
      "bytes       \(info.bytes)",
      "terms       \(info.terms)",
      "types       \(info.types)",
      "statements  \(info.statements)",
      "relations   \(info.relations.count)",
    ]
    let width = info.relations.map { Text.displayWidth($0.name) }.max() ?? 0
    for relation in info.relations {
      let name = Text.escapedForTerminal(relation.name)
      let padding = String(repeating: " ", count: max(0, width - Text.displayWidth(name)))
      lines.append("  \(name)/\(relation.arity)\(padding)  \(Decimals.count(relation.facts, "fact", "facts"))")
    }
    return try Program.show(lines.joined(separator: "\n") + "\n")
  }
}
