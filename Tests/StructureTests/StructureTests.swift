import Testing

@Suite("Structure")
struct StructureTests {
  /// The order of DESIGN.md: a module imports only those in the rows above its own.
  static let order = [
    ["CReadline", "CICU", "CXXHash", "CZlib", "CMalloc", "CReserve", "CDigits", "Threads"], ["Terms"], ["Diagnostics"],
    ["Relations"], ["Graphs"],
    ["Language"],
    ["Evaluation"],
    ["Storage"], ["Interchange"], ["Exploring"], ["Sessions"],
    ["Tiltas", "REPL", "SetBenchmark", "TestSupport", "SessionSupport"],
  ]

  static let rank = Dictionary(
    uniqueKeysWithValues: order.enumerated().flatMap { index, modules in modules.map { ($0, index) } })

  @Test("each file imports only modules above its own", arguments: SourceTree.files)
  func direction(_ file: SourceTree.File) throws {
    let own = try #require(Self.rank[file.module], "\(file.module) has no place in the order")
    for module in file.imports {
      guard let rank = Self.rank[module] else { continue }
      #expect(rank < own, "\(file.path) imports \(module)")
    }
  }

  @Test("each target depends only on modules above it")
  func dependencies() throws {
    for target in PackageDescriptionReader.targets where !target.isTest {
      let own = try #require(Self.rank[target.name], "\(target.name) has no place in the order")
      for dependency in target.dependencies {
        let rank = try #require(Self.rank[dependency], "\(dependency) has no place in the order")
        #expect(rank < own, "\(target.name) depends on \(dependency)")
      }
    }
  }

  @Test("a file imports only what its target depends on, directly or through others", arguments: SourceTree.files)
  func declared(_ file: SourceTree.File) {
    let reachable = PackageDescriptionReader.dependencies(of: file.module)
    for module in file.imports where Self.rank[module] != nil {
      #expect(reachable.contains(module), "\(file.path) imports \(module)")
    }
  }

  @Test("the package has every module of the order")
  func modules() {
    let names = Set(PackageDescriptionReader.targets.filter { !$0.isTest }.map(\.name))
    #expect(names == Set(Self.order.joined()))
  }

  @Test("neither the library nor the program imports Foundation", arguments: SourceTree.files)
  func foundation(_ file: SourceTree.File) {
    #expect(!file.imports.contains { $0.hasPrefix("Foundation") })
  }

  @Test("no file is longer than 600 lines", arguments: SourceTree.files)
  func length(_ file: SourceTree.File) {
    #expect(file.lines.count <= 601)
  }

  @Test("each command of the program stands in the list of all")
  func commands() {
    let files = SourceTree.files.filter { $0.path.hasPrefix("REPL/Commands/") }
    let types = files.flatMap(\.lines).compactMap { line -> String? in
      let words = line.split { $0 == " " || $0 == ":" }.map(String.init)
      return words.count > 2 && words[0] == "enum" && words[1].hasSuffix("Command") ? words[1] : nil
    }
    let list = SourceTree.lines(of: "REPL/Commands/Commands.swift").joined()
    #expect(types.count > 30)
    #expect(types.filter { !list.contains("\($0).self") } == [])
  }

  @Test("only REPL prints", arguments: SourceTree.files)
  func printing(_ file: SourceTree.File) {
    guard file.module != "REPL" else { return }
    let printing = file.lines.filter { $0.trimmingPrefix { $0 == " " }.hasPrefix("print(") }
    #expect(printing == [])
  }
}
