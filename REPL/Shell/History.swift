import CReadline
import Glibc

/// What was typed before, kept between sessions; of equal entries only the latest. With the gate closed it is that of this
/// session, and nothing is kept.
struct History {
  private static let limit = 10_000
  private let path: String?

  init() {
    let state = Environment.value("XDG_STATE_HOME") ?? Environment.value("HOME").map { $0 + "/.local/state" }
    path = Gate.isClosed ? nil : state.map { $0 + "/tiltas/history" }
  }

  /// Reads what is kept and tidies the file, to which every shell only appends.
  func load() {
    tiltas_history_set_up(Int32(Self.limit))
    guard let path else { return }
    Files.makeFolder(Files.parent(of: path))
    guard read_history(path) == 0 else { return }
    if removeDuplicates() { write_history(path) }
    chmod(path, 0o600)
  }

  func add(_ entry: String) {
    remove(entry)
    add_history(entry)
    guard let path else { return }
    if !Files.exists(path) { close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)) }
    append_history(1, path)
  }

  /// The latest last.
  var entries: [String] { (0..<tiltas_history_count()).compactMap { Self.text($0) } }

  private func remove(_ entry: String) {
    for index in stride(from: tiltas_history_count() - 1, through: 0, by: -1) where Self.text(index) == entry {
      tiltas_history_remove(index)
    }
  }

  /// Whether there were any.
  private func removeDuplicates() -> Bool {
    var seen: Set<String> = []
    var removed = false
    for index in stride(from: tiltas_history_count() - 1, through: 0, by: -1) {
      guard let text = Self.text(index), !seen.insert(text).inserted else { continue }
      tiltas_history_remove(index)
      removed = true
    }
    return removed
  }

  private static func text(_ index: Int32) -> String? {
    tiltas_history_entry(index).map { String(cString: $0) }
  }
}
