import Foundation

/// A folder that goes when the test does.
final class TemporaryFolder {
  let path: String

  /// - Parameter files: the files to write into it, by their paths within it.
  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "tiltas-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    let file = path(name)
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  func path(_ name: String) -> String { path + "/" + name }

  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  func entries(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }
}

extension TemporaryFolder {
  /// A folder with a small graph in `Graph`.
  static func withGraph(_ more: [String: String] = [:]) throws -> TemporaryFolder {
    try TemporaryFolder(["Graph/graph.dl": smallGraph].merging(more) { $1 })
  }

  static let smallGraph = """
    type organisation.
    type person.
    type project.
    relation partner(organisation, project).
    relation budget(project, any).
    organisation(gintaras).
    organisation(klaipeda).
    person(aleksandr_jarosuk).
    project(school).
    project(water).
    label(gintaras, "VšĮ „Gintaras“").
    label(klaipeda, "Klaipėda").
    label(aleksandr_jarosuk, "Aleksandr Jarošuk").
    partner(gintaras, school) @ {source: record, line: 7}.
    partner(klaipeda, school) @ {source: record, line: 8}.
    partner(klaipeda, water).
    budget(school, 1200).
    budget(water, 7.5).

    """
}
