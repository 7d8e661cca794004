import Glibc
import Sessions

/// `tiltas run --watch FILE…`: runs files again whenever one of them, or the graph, changes.
enum Watching {
  /// Runs until Ctrl-C. A mistake is told, and the next change awaited.
  static func run(_ invocation: Invocation, _ reporter: Reporter, _ work: () throws -> Void) throws -> ExitStatus {
    if invocation.operands.contains("-") || invocation.all(.graph).contains("-") {
      throw UsageError(
        .contradictingOptions, "what comes on standard input cannot be watched", help: "name files", verb: .run)
    }
    while true {
      let before = state(invocation)
      do {
        try work()
      } catch QueryFailure.interrupted {
        throw QueryFailure.interrupted
      } catch {
        _ = reporter.report(error)
      }
      reporter.note("waiting for a change; Ctrl-C ends it")
      while state(invocation) == before {
        usleep(200_000)
        if Signals.wasInterrupted { throw QueryFailure.interrupted }
      }
    }
  }

  /// When the files last changed, and how long they are.
  private static func state(_ invocation: Invocation) -> [String] {
    let graph = (try? GraphLocation(invocation, beside: invocation.operands.first))?.paths ?? []
    let roots = invocation.operands + graph + invocation.all(.rules) + invocation.all(.facts)
    return roots.flatMap { files(of: $0, depth: 0) }.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return path }
      return "\(path) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(status.st_size)"
    }
  }

  private static func files(of path: String, depth: Int) -> [String] {
    guard Files.isFolder(path), depth < deepest else { return [path] }
    return Files.entries(of: path).flatMap { files(of: path + "/" + $0, depth: depth + 1) }
  }

  /// Links may make folders endless.
  private static let deepest = 16
}
