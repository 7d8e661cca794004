import Diagnostics
import Sessions

/// Where the graph is that the program opens.
struct GraphLocation {
  /// Folders and files, and `-` for standard input; empty for a graph that starts from nothing.
  var paths: [String]

  /// Finds the graph as the options, the variable `TILTAS_GRAPH` and the folders say.
  /// - Parameter beside: a file, from which it is looked for too where the working folder leads to none.
  init(_ invocation: Invocation, beside file: String? = nil) throws {
    let named = invocation.all(.graph)
    if invocation.has(.noGraph) {
      if let path = named.first {
        throw UsageError(.contradictingOptions, "`--no-graph` contradicts `--graph \(path)`")
      }
      paths = []
    } else if !named.isEmpty {
      paths = named
    } else if let path = Environment.value("TILTAS_GRAPH") {
      paths = [path]
    } else if let path = Self.folder(from: ".") ?? file.flatMap({ Self.folder(from: Files.parent(of: $0)) }) {
      paths = [path]
    } else {
      throw Diagnostic(
        .noGraph, "found no graph: there is no folder `Graph` here or above",
        help: "name one with `--graph PATH` or the variable TILTAS_GRAPH, or start from nothing with `--no-graph`")
    }
  }

  /// The folder of saved queries: `Queries` beside the graph. To those for whom the gate is closed there is none.
  var queriesFolder: String? {
    guard !Gate.isClosed, let path = paths.first, path != "-", let graph = Files.resolved(path) else { return nil }
    let folder = Self.join(Files.parent(of: graph), "Queries")
    return Files.isFolder(folder) ? folder : nil
  }

  /// The saved queries that can be read.
  var savedQueries: [SourceFile] {
    guard let folder = queriesFolder else { return [] }
    return Files.entries(of: folder).filter { FileName.ending(of: $0) == "dl" }.compactMap {
      try? Session.source("\(folder)/\($0)")
    }
  }

  /// The folder `Graph` in `start` or the nearest folder above it, named as messages should show it: relative to `start`
  /// where that is the working folder, so that places read `Graph/people.dl` and not more.
  private static func folder(from start: String) -> String? {
    guard var absolute = Files.resolved(start, isOnlyCounted: start == ".") else { return nil }
    var shown = start == "." ? "" : absolute
    while true {
      let path = shown.isEmpty ? "Graph" : join(shown, "Graph")
      if Files.isFolder(path) { return path }
      if absolute == "/" { return nil }
      absolute = Files.parent(of: absolute)
      shown = start == "." ? (shown.isEmpty ? ".." : "../" + shown) : absolute
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
