import Diagnostics
import Sessions

/// The saved queries beside the graph.
extension Interpreter {
  /// The names of the saved queries, without their ending.
  var savedQueryNames: [String] {
    guard let folder = location.queriesFolder else { return [] }
    return Files.entries(of: folder).filter { FileName.ending(of: $0) == "dl" }.map(FileName.stem)
  }

  /// The path of a saved query; `nil` where there is none of this name.
  func savedQuery(_ name: String) -> String? {
    guard let folder = location.queriesFolder, !name.contains("/") else { return nil }
    let isWhole = FileName.ending(of: name) == "dl"
    let path = folder + "/" + name + (isWhole ? "" : ".dl")
    if isWhole || Files.exists(path) { return Files.exists(path) ? path : nil }
    // Its ending may be in capitals.
    let file = Files.entries(of: folder).first { FileName.ending(of: $0) == "dl" && FileName.stem(of: $0) == name }
    return file.map { folder + "/" + $0 }
  }

  /// The saved queries, each with the question that it answers.
  var savedQueries: [(name: String, question: String)] {
    guard let folder = location.queriesFolder else { return [] }
    return savedQueryNames.map { ($0, Self.question(of: savedQuery($0) ?? folder + "/\($0).dl")) }
  }

  /// The parameters that a saved query declares.
  func parameters(ofSavedQuery name: String) -> [(name: String, value: Value, description: String?)] {
    guard let path = savedQuery(name), let source = try? Session.source(path) else { return [] }
    var parser = Parser(source)
    var parameters: [(name: String, value: Value, description: String?)] = []
    while let statement = parser.next() {
      if case .parameter(let name, let value, let description) = statement {
        parameters.append((name.name, value, description))
      }
    }
    return parameters
  }

  /// The name of a saved query that a number means, as `:queries` lists them; any other word stays.
  func savedQuery(ofRow word: String) throws(Diagnostic) -> String {
    guard let number = Int(word), !Files.exists(word), savedQuery(word) == nil else { return word }
    let names = savedQueryNames
    guard names.indices.contains(number - 1) else {
      throw Diagnostic(
        .noSuchSavedQuery, "there is no saved query \(number): there are \(names.count)",
        help: "`:queries` lists them with their numbers")
    }
    return names[number - 1]
  }

  /// The first comment line of a file, without its sign.
  private static func question(of path: String) -> String {
    let lines = (Files.beginning(of: path) ?? "").split(whereSeparator: \.isNewline)
    guard let comment = lines.first(where: { $0.hasPrefix("%") }) else { return "" }
    return comment.drop { $0 == "%" }.trimmed
  }
}
