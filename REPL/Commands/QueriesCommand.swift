import Diagnostics

/// `:queries` lists the saved queries.
enum QueriesCommand: ShellCommand {
  static let name = "queries"
  static let command = ShellCommandDescription(
    summary: "the saved queries, with the question that each answers", reach: .files)

  static func perform(_ rest: String, in shell: Interpreter) throws {
    guard shell.location.queriesFolder != nil else {
      throw Diagnostic(.noSuchSavedQuery, "there are no saved queries: no folder `Queries` stands beside the graph")
    }
    let rows = shell.savedQueries.map { [$0.name, $0.question] }
    var listing = Listing(["Query", "Question"], rows)
    listing.uncut = [0]
    try shell.printer.print(rows: listing)
  }
}
