import Sessions
import Testing

/// What holds for the graph as a whole.
@Suite("The graph")
struct GraphContentTests {
  @Test("it checks clean")
  func check() throws {
    let problems = try ProjectFolder.session().check()
    #expect(problems.diagnostics.map(\.message) == [])
    #expect(problems.brokenConstraints.map(\.message) == [])
  }

  @Test("each type has as many members as were counted in the record")
  func counts() throws {
    let session = try ProjectFolder.session()
    var counted: [String] = []
    for line in try ProjectFolder.lines("\(ProjectFolder.tests)/counts.tsv").dropFirst() {
      let type = line.prefix { $0 != "\t" }
      counted.append(String(type))
      let count = try session.query("\(type)(X)").rowCount
      #expect("\(type)\t\(count)" == line)
    }
    #expect(Set(counted) == Set(session.graph.typeNames))
  }

  @Test("each relation has as many facts as are stated, and as many rows with what rules infer, as were counted")
  func rows() throws {
    let session = try ProjectFolder.session()
    var counted: Set<String> = []
    for line in try ProjectFolder.lines("\(ProjectFolder.tests)/relations.tsv").dropFirst() {
      let relation = String(line.prefix { $0 != "\t" })
      counted.insert(relation)
      let arity = try #require(session.graph.relation(named: relation)).arity
      let atom = "\(relation)(\(["A", "B", "C"].prefix(arity).joined(separator: ", ")))"
      let stated = try session.query("\(atom) @ {}").rowCount
      #expect("\(relation)\t\(stated)\t\(try session.query(atom).rowCount)" == line)
    }
    #expect(counted == Set(session.graph.relationNames).subtracting(session.graph.typeNames))
  }

  @Test("there are 33 persons and 6 projects")
  func personsAndProjects() throws {
    let session = try ProjectFolder.session()
    #expect(try session.query("person(P)").rowCount == 33)
    #expect(try session.query("project(P)").rowCount == 6)
  }

  @Test("every fact has a statement, and every statement its source and its line")
  func lines() throws {
    let graph = try ProjectFolder.session().graph
    let source = graph.terms.find(.name("source"))
    let line = graph.terms.find(.name("line"))
    for name in graph.relationNames {
      let relation = try #require(graph.relation(named: name))
      let stated = try facts(of: name, relation.arity, in: graph)
      #expect(stated == relation.factCount, "\(name) has facts without a statement")
      for set in relation.statements.annotations {
        let entries = graph.annotationSets.entries(set)
        let number = entries.first { $0.key == line }.flatMap { graph.terms.integer($0.value) }
        #expect((1...95).contains(try #require(number, "\(name) has a statement without a line")))
        #expect(entries.contains { $0.key == source })
      }
    }
  }

  /// The number of distinct facts that statements are about.
  private func facts(of name: String, _ arity: Int, in graph: Graph) throws -> Int {
    let statements = try #require(graph.relation(named: name)).statements
    return Set((0..<statements.count).map { Array(statements.tuple($0)) }).count
  }

  @Test("every entity has a type and a label, and no two have the same name")
  func names() throws {
    let graph = try ProjectFolder.session().graph
    var owners: [String: String] = [:]
    for name in graph.entityNames(prefix: "") {
      let entity = try #require(graph.terms.find(.name(name)))
      #expect(!graph.types(of: entity).isEmpty, "\(name) has no type")
      #expect(graph.label(of: entity) != nil, "\(name) has no label")
      for other in graph.names(of: entity) {
        #expect(owners[other] == nil || owners[other] == name, "\(name) and \(owners[other] ?? "") are both \(other)")
        owners[other] = name
      }
    }
    #expect(owners.count > 200)
  }
}
