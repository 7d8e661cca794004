import TestSupport

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
